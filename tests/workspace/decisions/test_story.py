"""A plan typed for a leaving client moves it at once, dropping it moves it back, an issued invoice closes it; all of it
stands in the audit and can be taken back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from tests.workspace.decisions.deciding import TODAY, Desk, ago

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.deciding import matching, planning
from cartera.app.workspace.deciding.whom import client_called
from cartera.errors import CarteraError
from cartera.ledger.audit import verify
from cartera.ledger.book import Book
from cartera.ledger.models import AuditValue


@pytest.fixture
def desk(book: Book) -> Desk:
    """Acme leaves, Bolt bought lately, Zero never did."""
    made = Desk(book)
    made.brought(("i1", "acme", ago(380), "1000"), ("i2", "bolt", ago(20), "500"), clients=("acme", "bolt", "zero"))
    return made


def test_a_plan_moves_a_leaving_client_and_dropping_it_moves_it_back(desk: Desk):
    assert desk.segment("acme") == "leaving"

    planned = desk.plan("acme", date(2026, 5, 1))
    assert planned.effect == "It moves from leaving to hibernating."
    assert desk.segment("acme") == "hibernating"

    dropped = desk.drop("plan-2")
    assert dropped.effect == "It moves from hibernating to leaving."

    desk.undo(dropped.number)
    assert desk.segment("acme") == "hibernating"
    desk.undo(planned.number)
    assert desk.segment("acme") == "leaving"


def test_an_issued_invoice_closes_the_plan_and_undoing_its_import_opens_it(desk: Desk):
    desk.plan("acme", date(2026, 5, 1))
    desk.day = date(2026, 5, 10)
    number = desk.brought(("i3", "acme", date(2026, 5, 4), "1250"))

    closed = desk.row("plan-2")
    assert (closed.fulfilled_by, closed.void_on) == ("i3", date(2026, 5, 4))
    assert desk.segment("acme") == "active"

    desk.undo(number)
    assert (desk.row("plan-2").fulfilled_by, desk.row("plan-2").void_on) == (None, None)
    desk.undo(number + 1)
    assert desk.row("plan-2").fulfilled_by == "i3"


def test_a_match_by_hand_opens_again_when_its_invoice_is_taken_back_and_closes_when_it_returns(desk: Desk):
    desk.plan("acme", date(2026, 5, 1))
    desk.day = date(2026, 6, 20)
    brought = desk.brought(("i3", "acme", date(2026, 6, 15), "700"))
    matched = matching.match(EVERYTHING, desk.book, "plan-2", "i3", desk.act)
    assert matched.text == "Matched plan-2 of Acme (1,200.00 EUR) with invoice i3"

    back = desk.undo(brought)
    assert desk.row("plan-2").fulfilled_by is None
    desk.undo(back.number)
    assert desk.row("plan-2").fulfilled_by == "i3"


def test_a_plan_takes_no_id_that_a_document_has_already(desk: Desk):
    desk.brought(("plan-3", "acme", ago(300), "10"), ("plan-4.2", "acme", ago(301), "10"))
    assert desk.plan("acme", date(2026, 5, 1)).plans == ("plan-3-2",)
    whom = client_called(EVERYTHING, desk.book, "acme")
    both = planning.alike(desk.book, whom, [date(2026, 6, 1), date(2026, 7, 1)], Decimal(5))
    assert planning.plan(EVERYTHING, desk.book, whom, both, desk.act).plans == ("plan-4-2.1", "plan-4-2.2")
    assert desk.drop("plan-3-2").plans == ("plan-3-2",)


def test_every_step_is_in_the_audit_with_before_and_after(desk: Desk):
    desk.plan("acme", date(2026, 5, 1))
    desk.move("plan-2", date(2026, 6, 1))
    desk.drop("2")

    told = [json.loads(one.value) for one in AuditValue.objects.using(desk.book.alias).order_by("entry__number")]
    days = [(one["before"].get("plan-2", {}).get("on"), one["after"].get("plan-2", {}).get("on")) for one in told[1:]]
    assert days == [(None, "2026-05-01"), ("2026-05-01", "2026-06-01"), ("2026-06-01", "2026-06-01")]
    assert told[-1]["after"]["plan-2"]["closed_on"] == TODAY.isoformat()
    assert verify(desk.book) == (4, [])


def test_moving_keeps_since_when_a_plan_is_known_so_a_newer_mark_holds(desk: Desk):
    desk.plan("acme", date(2026, 5, 1))
    desk.day = date(2026, 4, 2)
    assert desk.mark("acme", "lost").effect == "It moves from hibernating to lost."
    desk.day = date(2026, 4, 3)
    assert desk.move("plan-2", date(2026, 6, 1)).effect == "It stays lost."
    assert desk.row("plan-2").known_on == TODAY
    assert desk.plan("acme", date(2026, 7, 1)).effect == "It moves from lost to hibernating.", "a newer plan lifts it"


def test_reactivating_lifts_a_mark(desk: Desk):
    desk.mark("bolt", "lost", review=date(2026, 9, 1))
    assert desk.mark("bolt", "reactivated").effect == "It moves from lost to active."


def test_cancelled_is_for_clients_that_never_bought(desk: Desk):
    assert desk.mark("zero", "cancelled").effect == "It moves from lost to cancelled."
    with pytest.raises(CarteraError, match="Acme was invoiced: mark it lost instead"):
        desk.mark("acme", "cancelled")


@pytest.mark.thorough
def test_a_plan_taken_back_after_it_was_moved_stays_and_says_why(desk: Desk):
    planned = desk.plan("acme", date(2026, 5, 1))
    moved = desk.move("plan-2", date(2026, 6, 1))
    assert desk.undo(planned.number).effect == (
        f"No fact changes: what it said was said anew by change {moved.number}, which stands."
    )
    desk.undo(moved.number)
    assert desk.row("plan-2") is None
