"""Do the questions see what people decided? Owners, clients that are one, parents, rates, and what was known then."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import cartera
from cartera.app.workspace.place import open_workspace
from cartera.engine import arrow
from cartera.ledger.entry import entry
from cartera.ledger.models import Assignment, Client, Invoice, Link, Mark, Rate, Workspace

if TYPE_CHECKING:
    from cartera.facts.tables import Facts
    from cartera.ledger.models import Version

DAY = date(2026, 3, 31)
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def say(
    text: str, *facts: tuple[type[Version], str, dict[str, Any]], at: datetime = AT, source: str = "manual"
) -> None:
    book = open_workspace(text)
    with entry(book, "say", at=at, by="Ana") as made:
        for model, key, values in facts:
            made.put(model, key, source=source, **values)


def invoice(key: str, client: str | None, **values: Any) -> tuple[type[Version], str, dict[str, Any]]:
    told = {"invoice_id": key, "client_id": client, "kind": "invoice", "state": "issued", "issued_on": date(2026, 3, 1)}
    return Invoice, key, told | {"amount": Decimal(100), "currency": "EUR"} | values


def client(key: str, **values: Any) -> tuple[type[Version], str, dict[str, Any]]:
    return Client, key, {"client_id": key} | values


def rows(facts: Facts, table: str, *columns: str) -> list[tuple[Any, ...]]:
    found = arrow(getattr(facts, table)).select(columns).to_pylist()
    return sorted((tuple(row.values()) for row in found), key=str)


def test_an_owner_that_a_person_named_goes_before_the_sources(workspace: str) -> None:
    say(workspace, client("A", rep="Bo"), client("B", rep="Bo"), invoice("1", "C", rep="Bo"), source="file")
    assigned = [(Assignment, one, {"client_id": one, "rep": "Di", "since_on": DAY}) for one in ("A", "C", "nobody")]
    say(workspace, *assigned)
    assert rows(cartera.open(workspace), "clients", "client_id", "rep") == [("A", "Di"), ("B", "Bo"), ("C", "Di")]


def test_an_owner_may_be_named_where_no_source_describes_a_single_client(workspace: str) -> None:
    say(workspace, invoice("1", "C", rep="Bo"), source="file")
    say(workspace, (Assignment, "C", {"client_id": "C", "rep": "Di", "since_on": DAY}))
    assert rows(cartera.open(workspace), "clients", "client_id", "rep") == [("C", "Di")]


def test_a_client_that_is_nobodys_has_no_rep_of_its_invoices_either(workspace: str) -> None:
    say(workspace, client("A", rep="Bo"), invoice("1", "A", rep="Bo"), invoice("2", "B", rep="Bo"), source="file")
    say(workspace, (Assignment, "A", {"client_id": "A", "rep": "", "since_on": DAY}))
    answer = cartera.composition(cartera.open(workspace), day=DAY, by="rep").to_pylist()
    assert {row["rep"]: row["client_count"] for row in answer if row["client_count"]} == {None: 1, "Bo": 1}


def test_clients_that_are_one_stand_under_the_leading_one(workspace: str) -> None:
    say(
        workspace,
        client("A", name="Acme", city=None),
        client("B", name="ACME Ltd", city="Ghent", more=json.dumps({"tier": "b"})),
        client("C", name="Acme old", city="Paris"),
        invoice("1", "A"),
        invoice("2", "B"),
        invoice("3", "C"),
        source="file",
    )
    say(workspace, (Mark, "1", {"client_id": "C", "mark": "lost", "marked_on": DAY, "recorded_at": AT}))
    say(workspace, *((Link, one, {"client_id": one, "to_id": to, "relation": "same"}) for one, to in ("BA", "CB")))
    facts = cartera.open(workspace)
    assert rows(facts, "invoices", "invoice_id", "client_id") == [("1", "A"), ("2", "A"), ("3", "A")]
    assert rows(facts, "marks", "client_id", "mark") == [("A", "lost")]
    assert rows(facts, "clients", "client_id", "name", "city", "tier") == [("A", "Acme", "Ghent", "b")]


def test_children_count_as_their_parent_and_stay_visible(workspace: str) -> None:
    say(
        workspace,
        client("P", name="Group", city=None),
        client("K", name="Child", city="Ghent"),
        invoice("1", "P"),
        invoice("2", "K"),
        source="file",
    )
    say(workspace, (Link, "K", {"client_id": "K", "to_id": "P", "relation": "parent"}))
    facts = cartera.open(workspace)
    assert rows(facts, "clients", "client_id", "name", "city") == [("P", "Group", None)]
    assert rows(facts, "invoices", "client_id", "member_id") == [("P", "K"), ("P", "P")]


def test_children_stand_alone_when_the_workspace_says_so(workspace: str) -> None:
    say(workspace, client("P"), client("K"), invoice("1", "K"), source="file")
    say(workspace, (Link, "K", {"client_id": "K", "to_id": "P", "relation": "parent"}))
    Workspace.objects.using(open_workspace(workspace).alias).update(settings={"roll_up": False})
    facts = cartera.open(workspace)
    assert rows(facts, "invoices", "client_id") == [("K",)]
    assert rows(facts, "clients", "client_id") == [("K",), ("P",)]


def test_an_amount_in_another_currency_counts_at_the_newest_rate_by_then(workspace: str) -> None:
    march = date(2026, 3, 1)
    say(
        workspace,
        invoice("euro", "A"),
        invoice("own", "A", currency="USD", base_amount=Decimal("77.77")),
        invoice("later", "A", currency="USD", issued_on=march + timedelta(days=9), amount=Decimal("-10.5")),
        invoice("day", "A", currency="USD", issued_on=march),
        invoice("before", "A", currency="USD", issued_on=march - timedelta(days=1)),
        invoice("none", "A", currency="GBP"),
        source="file",
    )
    told = [(march, "0.9"), (march + timedelta(days=5), "0.81234567")]
    say(workspace, *((Rate, str(day), {"day": day, "currency": "USD", "rate": rate}) for day, rate in told))
    assert rows(cartera.open(workspace), "invoices", "invoice_id", "base_amount") == [
        ("before", None), ("day", Decimal("90.0000")), ("euro", None), ("later", Decimal("-8.5296")), ("none", None),
        ("own", Decimal("77.7700")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "rate", "expected"),
    [("0.0001", "0.5", "0.0000"), ("0.0003", "0.5", "0.0002"), ("-0.0003", "0.5", "-0.0002"), ("-0.0001", "0.5", "0"),
     ("99999999999999.9999", "1", "99999999999999.9999"), ("0.0001", "1.500000000001", "0.0002")],
)  # fmt: skip
def test_halves_go_to_the_even_digit(workspace: str, amount: str, rate: str, expected: str) -> None:
    say(workspace, invoice("1", "A", currency="USD", amount=Decimal(amount)), source="file")
    say(workspace, (Rate, "1", {"day": date(2026, 1, 1), "currency": "USD", "rate": rate}))
    assert rows(cartera.open(workspace), "invoices", "base_amount") == [(Decimal(expected),)]


def test_what_was_known_then(workspace: str) -> None:
    say(workspace, invoice("1", "A"), at=AT, source="file")
    say(workspace, invoice("2", "B"), at=AT + timedelta(days=2), source="file")
    days = {AT.date() + timedelta(days=n): count for n, count in ((-1, 0), (0, 1), (1, 1), (2, 2), (30, 2))}
    for day, count in days.items():
        assert len(rows(cartera.open(workspace, known=day), "invoices", "invoice_id")) == count
    assert len(rows(cartera.open(workspace, known=AT - timedelta(microseconds=1)), "invoices", "invoice_id")) == 0
    assert len(rows(cartera.open(workspace, known=AT), "invoices", "invoice_id")) == 1


def test_a_day_ends_in_the_workspaces_time_zone(workspace: str) -> None:
    midnight = datetime(2026, 3, 1, 11, 0, tzinfo=UTC)  # the first of March ends in Auckland
    Workspace.objects.using(open_workspace(workspace).alias).update(time_zone="Pacific/Auckland")
    say(workspace, invoice("1", "A"), at=midnight - timedelta(microseconds=1), source="file")
    say(workspace, invoice("2", "A"), at=midnight, source="file")
    assert rows(cartera.open(workspace, known=date(2026, 3, 1)), "invoices", "invoice_id") == [("1",)]


def test_a_correction_by_a_person_goes_before_the_source(workspace: str) -> None:
    say(workspace, client("A", name="Acmee", city="Ghent"), source="file")
    say(workspace, client("A", name="Acme"))
    assert rows(cartera.open(workspace), "clients", "client_id", "name", "city") == [("A", "Acme", "Ghent")]
