"""Does a file of today rewrite the past? Plans are known once seen; a voided document counted before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.ledger.facts import held

from cartera.ledger.models import Client, Invoice

if TYPE_CHECKING:
    from tests.workspace.importing.bringing import Desk

HEAD = "Invoice No,Customer,Date,Amount,Status\n"
LATER = date(2026, 4, 30)


def document(desk: Desk) -> Invoice:
    (row,) = held(desk.book, Invoice)
    return row


def test_a_plan_is_known_from_the_day_it_was_first_seen(desk: Desk) -> None:
    desk.imports(HEAD + "1,Acme,2026-05-31,100.00,Draft\n")
    assert (document(desk).state, document(desk).known_on) == ("planned", date(2026, 3, 31))
    later = replace(desk, day=LATER)
    later.imports(HEAD + "1,Acme,2026-05-31,120.00,Draft\n", with_changes=True)
    assert (document(desk).amount, document(desk).known_on) == (Decimal(120), date(2026, 3, 31))


def test_an_invoice_dated_ahead_is_known_from_the_day_it_was_seen(desk: Desk) -> None:
    desk.imports(HEAD + "1,Acme,2026-05-31,100.00,Sent\n")
    assert document(desk).known_on == date(2026, 3, 31)


def test_an_invoice_of_the_past_is_known_from_its_own_day(desk: Desk) -> None:
    desk.imports(HEAD + "1,Acme,2026-01-31,100.00,Sent\n")
    assert document(desk).known_on is None


def test_a_document_voided_later_counts_until_then_with_its_amount(desk: Desk) -> None:
    desk.imports(HEAD + "1,Acme,2026-01-31,100.00,Sent\n")
    replace(desk, day=LATER).imports(HEAD + "1,Acme,2026-01-31,0.00,Voided\n")
    row = document(desk)
    assert (row.state, row.void_on, row.amount) == ("void", LATER, Decimal(100))
    replace(desk, day=date(2026, 6, 30)).imports(HEAD + "1,Acme,2026-01-31,0.00,VOIDED\n")
    assert document(desk).void_on == LATER


def test_a_document_void_at_first_sight_never_was(desk: Desk) -> None:
    desk.imports(HEAD + "1,Acme,2026-01-31,100.00,Voided\n2,Acme,2026-01-31,1.00,Sent\n")
    assert held(desk.book, Invoice).get(number="1").void_on is None


def test_a_document_issued_again_is_void_no_more(desk: Desk) -> None:
    for day, state in ((desk.day, "Sent"), (LATER, "Voided"), (date(2026, 5, 31), "sent")):
        replace(desk, day=day).imports(HEAD + f"1,Acme,2026-01-31,100.00,{state}\n")
    assert (document(desk).state, document(desk).void_on) == ("issued", None)


def test_a_client_without_a_document_that_counts_exists_from_today(desk: Desk) -> None:
    desk.imports(HEAD + "1,Acme,2026-01-31,100.00,Sent\n2,Beta,2026-01-31,0.00,Sent\n")
    created = {row.client_id: row.created_on for row in held(desk.book, Client)}
    assert created == {"Acme": None, "Beta": desk.day}


def test_an_older_file_does_not_take_a_client_back(desk: Desk) -> None:
    desk.imports("Invoice No,Customer,Date,Amount,City\n2,Acme,2026-03-31,100.00,Porto\n")
    desk.imports("Invoice No,Customer,Date,Amount,City\n1,Acme,2025-03-31,100.00,Braga\n")
    (client,) = held(desk.book, Client)
    assert client.city == "Porto"
