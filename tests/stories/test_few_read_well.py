"""How do answers read when one client, or none, is what they are about? *Is* and *its*, *are* and *their*."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

import cartera
from cartera.app.opened import Opened
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.engine import open_facts
from cartera.portfolio.receivables import foreign

DAY = date(2026, 3, 31)


def sentence(view: str, *sold: tuple[str, int, str]) -> str:
    """The answer about clients with invoices so many days ago, for so much."""
    clients, ages, amounts = zip(*sold, strict=True)
    days = [DAY - timedelta(age) for age in ages]
    table = pa.table({"client_id": clients, "issued_on": days, "amount": [Decimal(one) for one in amounts]})
    facts = open_facts(cartera.Facts(invoices=table))
    return show(EVERYTHING, Opened("few", facts), view_called(view), Ask(day=DAY)).sentence


def regular(name: str, silence: int) -> list[tuple[str, int, str]]:
    return [(name, silence + 10 * n, "10") for n in range(5)]


@pytest.mark.parametrize(
    ("sold", "told"),
    [
        (regular("a", 5), "0 of 1 client with a rhythm is silent for longer than its own 9-in-10 limit"),
        (regular("a", 50), "1 of 1 client with a rhythm is silent for longer than its own 9-in-10 limit"),
        (regular("a", 5) + regular("b", 5), "0 of 2 clients with a rhythm are silent for longer than their own"),
    ],
)
def test_one_rhythm_is_and_two_are(sold: list[tuple[str, int, str]], told: str) -> None:
    assert sentence("rhythm", *sold).startswith(told)


def test_one_best_client_brings_and_two_bring() -> None:
    assert sentence("worth", ("a", 5, "10")) == "1 client: 1 best. The best one brings 100.0 % of net sales."
    assert sentence("worth", ("a", 5, "10"), ("b", 5, "10")).endswith("The best bring 100.0 % of net sales.")


def test_no_champion_has_no_share() -> None:
    assert sentence("rfm", ("a", 5, "10")).startswith("1 client bought in the last 365 days. One client alone")
    told = sentence("rfm", ("a", 5, "10"), ("b", 5, "10"))
    assert told.startswith("2 clients bought in the last 365 days; none of them is called 'champions'. Of 5 scores")
    many = [(name, n, "10") for n, name in enumerate("edcba") for _ in range(5 - n)]
    assert "; 1 of them is called 'champions', with 33.3 % of the money." in sentence("rfm", *many)


def test_one_document_in_another_currency_is_told_apart() -> None:
    columns = {"client_id": ["a", "a"], "issued_on": [DAY] * 2, "amount": [10, 20], "open_amount": [10, 20]}
    facts = open_facts(cartera.Facts(invoices=pa.table(columns | {"currency": ["EUR", "USD"]}), currency="EUR"))
    assert foreign(facts, DAY) == ["1 document with 20.00 USD open is told apart."]
