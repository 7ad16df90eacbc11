"""Law 3: what is dated or becomes known after a day does not change that day's answer, in any column."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.asked import Row, asked, law, opened, per_client, policies

from cartera.portfolio.activity import activity
from cartera.portfolio.policy import AnyPolicy

pytestmark = pytest.mark.thorough

if TYPE_CHECKING:
    from tests.portfolios import Facts as Portfolio


@law
@given(asked, policies)
def test_taking_away_what_came_later_changes_nothing(question: tuple[Portfolio, date], policy: AnyPolicy) -> None:
    portfolio, day = question
    assert answer(as_seen_on(portfolio, day), day, policy) == answer(portfolio, day, policy)


@law
@given(asked, policies, st.integers(0, 999))
def test_adding_what_comes_later_changes_nothing(
    question: tuple[Portfolio, date], policy: AnyPolicy, seed: int
) -> None:
    portfolio, day = question
    assert answer(and_later(portfolio, day, Random(seed)), day, policy) == answer(portfolio, day, policy)


def answer(portfolio: Portfolio, day: date, policy: AnyPolicy) -> dict[str, Row]:
    return per_client(activity(opened(portfolio), day=day, policy=policy))


def as_seen_on(portfolio: Portfolio, day: date) -> Portfolio:
    """The portfolio without the rows dated or known later, and without what was voided later having been voided."""
    return {
        "clients": portfolio["clients"],
        "invoices": [not_yet_void(row, day) for row in portfolio["invoices"] if is_seen(row, day)],
        "marks": [mark for mark in portfolio["marks"] if mark["marked_on"] <= day],
    }


def is_seen(row: Row, day: date) -> bool:
    """Issued rows act from their date, whenever they were entered; plans and what is dated ahead, from `known_on`."""
    known = row["known_on"]
    if row["client_id"] is None:
        return True
    if row["state"] == "planned":
        return known is None or known <= day
    is_note = row["kind"] == "credit_note" or (row["amount"] or 0) < 0
    return row["issued_on"] <= day or (not is_note and known is not None and known <= day)


def not_yet_void(row: Row, day: date) -> Row:
    if row["void_on"] is None or row["void_on"] <= day:
        return row
    return row | {"void_on": None, "state": "planned" if row["state"] == "planned" else "issued"}


def and_later(portfolio: Portfolio, day: date, rng: Random) -> Portfolio:
    """The portfolio with an invoice, a plan, a mark and a full credit of everything, dated or known later."""
    later = [row | {"kind": "invoice", "state": rng.choice(("issued", "planned"))} for row in portfolio["invoices"]]
    for number, row in enumerate(later):
        after = day + timedelta(rng.choice((1, 1, 30, 400)))
        ahead = after + timedelta(rng.choice((0, 1, 200)))
        row |= {"invoice_id": f"later-{number}", "issued_on": ahead, "known_on": after, "amount": Decimal(500)}
        row |= {"void_on": None, "credits": None}
    tomorrow = {"issued_on": day + timedelta(1), "known_on": None, "void_on": None}
    credit = {"kind": "credit_note", "state": "issued", "amount": Decimal(-99999)} | tomorrow
    notes = [row | credit | {"credits": row["invoice_id"]} for row in portfolio["invoices"]]
    # A credit note acts from its date, however early it is known.
    notes = [
        note | {"invoice_id": f"back-{number}", "known_on": rng.choice((None, day))}
        for number, note in enumerate(notes)
    ]
    clients = {row["client_id"] for row in portfolio["invoices"]} - {None}
    mark = {"marked_on": day + timedelta(1), "recorded_at": None}
    marks = [mark | {"client_id": client, "mark": rng.choice(("lost", "cancelled"))} for client in sorted(clients)]
    return {
        "clients": portfolio["clients"],
        "invoices": portfolio["invoices"] + later + notes,
        "marks": portfolio["marks"] + marks,
    }
