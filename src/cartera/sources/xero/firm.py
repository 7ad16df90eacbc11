"""Which clients has the pretended firm, and what do they buy? Invented, the same ones each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

NAME, CURRENCY, COUNTRY, ZONE = "Larchmere Advisory Ltd", "GBP", "GB", "GMTSTANDARDTIME"
START = date(2024, 7, 1)
REPS = ("Priya Nair", "Owen Blake", "Sofia Marsh", "Daniel Reyes")
REGIONS = ("North", "South", "Abroad")
ITEMS = (
    ("ADV", "Advice by the day", 820),
    ("PAY", "Payroll run", 145),
    ("BOOK", "Bookkeeping", 260),
    ("TAX", "Tax return", 640),
    ("AUD", "Review of accounts", 1900),
    ("WORK", "Workshop", 1250),
)
FIRST = (
    *("Alder", "Birch", "Cedar", "Dunmore", "Elmfield", "Fenwick", "Garnet", "Hollis", "Ivory", "Juniper", "Kelso"),
    *("Lydgate", "Maple", "Norwood", "Orchard", "Penrose", "Quarry", "Rosemont", "Sterling", "Thornbury"),
)
SECOND = ("Dental", "Foods", "Joinery", "Logistics", "Media", "Outdoor")
PEOPLE = ("Ada Brook", "Ben Carr", "Clara Voss", "Dev Shah", "Emil Roth", "Fay Lund", "Gus Hale", "Hana Ito")
TOWNS = (("Leeds", "LS1 4AP"), ("Bristol", "BS1 5TR"), ("Norwich", "NR2 1RL"), ("Perth", "PH1 5JN"))
CLIENTS, RATE = 64, Decimal("1.17")  # euros for a pound, as the firm's books have them
YEARLY, QUARTERLY, MONTHLY = 12, 3, 1


@dataclass(frozen=True)
class House:
    """A client. gap: months between two invoices. begins, ends: months after the start; ends None: it stays.

    is_repeating: its invoices come from a template. lag: days until it pays; None: it never pays.
    """

    number: int
    name: str
    person: str
    town: tuple[str, str]
    rep: str
    region: str
    gap: int
    day: int
    begins: int
    ends: int | None
    is_repeating: bool
    is_foreign: bool
    is_inclusive: bool
    lag: int
    items: tuple[tuple[str, str, int], ...]


def houses() -> list[House]:
    """The clients, in the order of their numbers."""
    return [_house(number) for number in range(CLIENTS)]


def _house(number: int) -> House:
    rng = Random(f"larchmere {number}")  # noqa: S311 - an invented firm keeps no secret
    is_repeating, is_foreign = number % 8 == 3, number % 20 == 5
    begins, ends = _span(number, rng)
    return House(
        number=number, name=f"{FIRST[number % len(FIRST)]} {SECOND[number // len(FIRST)]}",
        person=PEOPLE[(number * 5 + number // 8) % len(PEOPLE)], town=TOWNS[number % len(TOWNS)],
        rep=REPS[min(int(rng.random() * 5), 3)], region="Abroad" if is_foreign else REGIONS[number % 2],
        gap=MONTHLY if is_repeating else rng.choice((2, 2, QUARTERLY, QUARTERLY, 4, 6, YEARLY)),
        day=1 + number % 28, begins=begins, ends=ends, is_repeating=is_repeating, is_foreign=is_foreign,
        is_inclusive=number % 9 == 4, lag=rng.choice((7, 14, 21, 30, 30, 45, 75)),
        items=tuple(rng.sample(ITEMS, rng.randint(1, 2))),
    )  # fmt: skip


def _span(number: int, rng: Random) -> tuple[int, int | None]:
    """Half of them stay; of the others one goes and one comes every other month, for years."""
    if number % 2 == 0:
        return 0, None
    place = number // 2
    return (rng.randint(0, 6), 10 + place) if place % 2 == 0 else (5 + place, None)
