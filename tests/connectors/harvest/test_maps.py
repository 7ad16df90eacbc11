"""What do Harvest's records become? Its documented examples, with the numbers that must come out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.connectors.maps import World
from tests.shared import shared

from cartera.sources.harvest.connector import HARVEST
from cartera.sources.kit.contract import Document
from cartera.sources.kit.parsing import parsed

FOLDER = ("payloads", "harvest")
FIRST, SECOND = "13150378", "13150403"  # invoices 1000 and 1001
ACCEPTED, SENT = "1439814", "1439818"  # estimates 1000 and 1001
INDUSTRIES = "5735776"


def told(name: str) -> str:
    return shared(*FOLDER, f"{name}.json").read_text()


def world(*names: str, **settings: str) -> World:
    made = World(HARVEST, settings=settings)
    for name in names:
        made.read(name, told(name), name)
    return made


def amounts(document: Document) -> list[Decimal | None]:
    return [line.amount for line in document.lines]


def test_the_invoices_of_the_documentation():
    """H1"""
    made = world("invoices").documents("invoices")
    second, first = made[SECOND], made[FIRST]
    assert (second.number, second.currency, second.issued_on) == ("1001", "EUR", date(2017, 4, 1))
    assert (second.amount, second.open_amount) == (Decimal("270.00"), Decimal("288.90"))
    assert amounts(second) == [Decimal("200.00"), Decimal("100.00"), Decimal("-30.00")]
    assert [line.category for line in second.lines] == ["Service", "Service", "discount"]
    assert (first.number, first.currency, first.issued_on) == ("1000", "USD", date(2017, 2, 1))
    assert (first.amount, first.open_amount) == (Decimal("10000.00"), 0)
    assert (first.paid_on, second.paid_on) == (date(2017, 2, 21), None)
    assert {one.client for one in made.values()} == {INDUSTRIES}
    assert {one.base_amount for one in made.values()} == {None}
    assert {one.rep for one in made.values()} == {"Bob Powell"}
    assert first.lines[0].more == {"project": "Online Store - Phase 1"}
    assert first.lines[0].quantity == "100.0"


def test_the_examples_give_no_problem():
    """H1"""
    made = world("clients", "contacts", "invoices", "estimates")
    assert [made.codes(name, key) for name in made.records for key in made.records[name]] == [[]] * 8


def test_an_accepted_estimate_is_a_plan_of_what_is_not_invoiced_yet():
    """H3"""
    made = world("invoices", "estimates")
    plans = made.documents("estimates")
    assert list(plans) == [ACCEPTED]
    assert (plans[ACCEPTED].amount, plans[ACCEPTED].currency) == (Decimal("10000.00"), "USD")
    assert (plans[ACCEPTED].state, plans[ACCEPTED].issued_on) == ("planned", date(2017, 6, 27))
    assert sum(amounts(plans[ACCEPTED])) == Decimal("10000.00")
    assert world("estimates").documents("estimates")[ACCEPTED].amount == Decimal("20000.00")


def test_an_estimate_that_is_wholly_invoiced_is_none():
    """H3"""
    made = world("invoices", "estimates")
    more = made.records["invoices"][FIRST] | {"id": 7, "state": "draft"}
    assert made.put("invoices", more).documents("estimates") == {}


def test_estimates_can_be_left_out():
    """H3"""
    assert world("estimates", estimates="none").documents("estimates") == {}


def test_the_day_of_a_payment_is_asked_for_where_the_invoice_does_not_tell_it():
    made = world("invoices")
    made.records["invoices"][FIRST] |= {"paid_date": None}
    assert made.documents("invoices")[FIRST].paid_on is None
    answer = parsed(told("invoice_payments"))
    made.records["payments"] = {FIRST: answer}
    assert made.documents("invoices")[FIRST].paid_on == date(2017, 2, 21)
    assert list(HARVEST.touches("payments", answer)) == [("invoices", FIRST)]


@pytest.mark.parametrize(
    ("state", "ours"), [("draft", "planned"), ("open", "issued"), ("paid", "issued"), ("closed", "issued")]
)
def test_states(state, ours):
    made = world("invoices")
    made.records["invoices"][SECOND] |= {"state": state}
    assert made.documents("invoices")[SECOND].state == ours
    assert made.codes("invoices", SECOND) == []


def test_an_unknown_state_is_kept_and_counts_for_nothing():
    """G4"""
    made = world("invoices", "estimates")
    made.records["invoices"][SECOND] |= {"state": "frozen"}
    made.records["estimates"][SENT] |= {"state": "frozen"}
    found = made.documents("invoices")[SECOND]
    assert (found.state, found.void_on, found.amount) == ("void", None, Decimal("270.00"))
    assert made.codes("invoices", SECOND) == ["STATUS_UNKNOWN"]
    assert made.codes("estimates", SENT) == ["STATUS_UNKNOWN"]


def test_a_written_off_invoice_counts_unless_it_is_to_be_taken_off():
    closed = {"state": "closed", "closed_at": "2017-09-01T10:00:00Z"}
    for settings, days in (
        ({}, [date(2017, 4, 1)]),
        ({"written_off": "taken_off"}, [date(2017, 4, 1), date(2017, 9, 1)]),
    ):
        made = world("invoices", **settings)
        made.records["invoices"][SECOND] |= closed
        found = made.mapped("invoices", SECOND).documents
        assert [one.issued_on for one in found] == days
        assert found[0].more == {"written_off": "yes"}
        assert made.codes("invoices", SECOND) == []
    assert sum(one.amount for one in found) == 0
    assert (found[1].kind, found[1].credits, found[1].part) == ("credit_note", None, "written-off")


def test_a_retainer_is_revenue_unless_it_is_to_be_left_out():
    for settings, count in (({}, 1), ({"retainers": "ignore"}, 0)):
        made = world("invoices", **settings)
        made.records["invoices"][SECOND] |= {"retainer": {"id": 5}}
        assert len(made.mapped("invoices", SECOND).documents) == count


def test_an_invoice_without_lines_has_one():
    made = world("invoices")
    made.records["invoices"][SECOND] |= {"line_items": []}
    found = made.documents("invoices")[SECOND]
    assert [(line.product, line.amount) for line in found.lines] == [("Online Store - Phase 1", Decimal("270.00"))]


def test_an_invoice_below_nothing_is_a_credit_note():
    made = world("invoices")
    made.records["invoices"][SECOND] |= parsed(
        '{"amount": -50.0, "tax_amount": 0.0, "tax2_amount": 0.0, "line_items": []}'
    )
    assert made.documents("invoices")[SECOND].kind == "credit_note"
    assert made.codes("invoices", SECOND) == []


def test_clients_with_their_address_and_contacts():
    made = world("clients", "contacts").mapped("clients", INDUSTRIES)
    (client,) = made.clients
    assert (client.name, client.created_on, client.currency) == ("123 Industries", date(2017, 6, 26), "EUR")
    assert (client.street, client.city, client.region, client.postcode) == ("123 Main St.", "Anytown", "LA", "71223")
    assert [(one.name, one.email, one.phone, one.is_primary) for one in made.contacts] == [
        ("Richard Roe", "richardroe@example.com", "(318) 515-5905", True)
    ]


def test_an_address_of_another_shape_is_kept_whole():
    made = world("clients")
    made.records["clients"][INDUSTRIES] |= {"address": "Rua das Flores 3\n4050-262 Porto"}
    (client,) = made.mapped("clients", INDUSTRIES).clients
    assert (client.street, client.city) == ("Rua das Flores 3\n4050-262 Porto", None)


def test_the_first_contact_is_the_primary_one():
    made = world("clients", "contacts")
    later = next(iter(made.records["contacts"].values())) | {"id": 10_000_000, "client": {"id": int(INDUSTRIES)}}
    found = made.put("contacts", later).mapped("clients", INDUSTRIES).contacts
    assert [(one.part, one.is_primary) for one in found] == [("4706453", True), ("10000000", False)]


def series(days: list[date], *, today: date, **settings: str) -> World:
    """Invoices of one series on these days."""
    made = world("invoices", **settings)
    made.day = today
    one = made.records["invoices"].pop(SECOND)
    made.records["invoices"].clear()
    rows = [
        one | {"id": place, "issue_date": on.isoformat(), "recurring_invoice_id": 9, "state": "paid"}
        for place, on in enumerate(days)
    ]
    made.put("invoices", *rows)
    made.records["templates"] = {"9": {}}
    return made


MONTHLY = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


def test_a_series_is_proposed_and_planned_only_where_somebody_said_so():
    made = series(MONTHLY, today=date(2026, 4, 2))
    assert made.mapped("templates", "9").documents == ()
    (proposed,) = made.mapped("templates", "9").problems
    assert (proposed.code, proposed.is_error) == ("PLAN_PROPOSED", False)
    assert "2026-04-30" in proposed.what and "270.0" in proposed.what
    made.settings = {"inferred": "planned"}
    found = made.mapped("templates", "9").documents
    assert [one.part for one in found[:3]] == ["2026-04-30", "2026-05-31", "2026-06-30"]
    assert {(one.state, one.amount, one.known_on) for one in found} == {
        ("planned", Decimal("270.0"), date(2017, 6, 27))
    }
    assert found[-1].issued_on <= date(2027, 4, 2)


def test_a_draft_of_a_series_takes_the_place_of_its_plan():
    made = series(MONTHLY, today=date(2026, 4, 2), inferred="planned")
    draft = next(iter(made.records["invoices"].values())) | {"id": 50, "state": "draft", "issue_date": "2026-04-29"}
    found = made.put("invoices", draft).mapped("templates", "9").documents
    assert found[0].part == "2026-05-31"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (
            [date(2026, 1, 5), date(2026, 1, 20), date(2026, 2, 2), date(2026, 2, 16)],
            "2026-03-02",
        ),  # two weeks, one late
        ([date(2026, 1, 5), date(2026, 2, 2), date(2026, 3, 2)], "2026-03-30"),  # four weeks, no month
        ([date(2025, 3, 10), date(2025, 6, 9), date(2025, 9, 11)], "2025-12-10"),  # a quarter
        ([date(2026, 1, 5), date(2026, 2, 5)], None),  # two make no rhythm
        ([date(2026, 1, 5), date(2026, 2, 5), date(2026, 2, 17)], None),  # no rhythm
    ],
)
def test_rhythms(days, expected):
    made = series(days, today=days[-1], inferred="planned")
    found = [one.part for one in made.mapped("templates", "9").documents]
    assert (found[0] if found else None) == expected


def test_a_series_that_has_ended_is_not_planned():
    made = series(MONTHLY, today=MONTHLY[-1] + timedelta(days=62), inferred="planned")
    assert made.mapped("templates", "9").documents == ()


def test_the_same_record_becomes_the_same():
    made, again = (world("clients", "contacts", "invoices", "estimates") for _ in range(2))
    before = repr(made.records)
    assert made.documents("invoices") == again.documents("invoices")
    assert made.documents("estimates") == again.documents("estimates")
    assert repr(made.records) == before
