"""What sets one demo company apart from the other: catalogue, size of an invoice, season, rhythm, countries?"""

from __future__ import annotations

from dataclasses import dataclass

from cartera.sources.demo.catalogue import SERVICES, SUPPLIES, Product

RHYTHMS = {  # days from one invoice to the next
    "weekly": 7,
    "fortnightly": 14,
    "monthly": 30,
    "quarterly": 91,
    "twice a year": 182,
    "yearly": 364,
    "irregular": 55,
}


@dataclass(frozen=True)
class Trade:
    """The figures of a company. smallest, usual, largest: an invoice in euros; spread: of the clients' sizes.

    season: factor per month, January first. rhythms, countries: weights. basket: lines on an invoice at most.
    """

    products: tuple[Product, ...]
    smallest: int
    usual: int
    largest: int
    spread: float
    season: tuple[float, ...]
    rhythms: dict[str, int]
    countries: dict[str, int]
    basket: int
    rebate_share: float


TRADES = {
    "services": Trade(
        products=SERVICES,
        smallest=500,
        usual=3_400,
        largest=25_000,
        spread=0.6,
        season=(0.9, 1.0, 1.1, 1.0, 1.0, 1.05, 0.8, 0.55, 1.1, 1.1, 1.05, 1.25),
        rhythms={"fortnightly": 4, "monthly": 44, "quarterly": 26, "twice a year": 6, "yearly": 6, "irregular": 14},
        countries={"Ireland": 48, "France": 22, "Germany": 16, "Spain": 7, "Portugal": 7},
        basket=3,
        rebate_share=0.04,
    ),
    "distributor": Trade(
        products=SUPPLIES,
        smallest=80,
        usual=520,
        largest=6_000,
        spread=0.75,
        season=(0.85, 0.9, 1.0, 1.0, 1.05, 1.05, 0.8, 0.6, 1.05, 1.1, 1.2, 1.4),
        rhythms={"weekly": 12, "fortnightly": 17, "monthly": 36, "quarterly": 18, "yearly": 3, "irregular": 14},
        countries={"France": 38, "Germany": 24, "Spain": 16, "Portugal": 12, "Ireland": 10},
        basket=5,
        rebate_share=0.12,
    ),
}
