"""Do facts that a program sends arrive row by row, once, with a word about each, and go back by one undo?"""

from __future__ import annotations

import pytest
from tests.web.conftest import browser


def put(caller, table, rows, **more):
    return caller.put(f"/api/v1/acme/facts/{table}", {"rows": rows, **more}, content_type="application/json")


def verdicts(answer):
    assert answer.status_code == 200, answer.content
    return [one["verdict"] for one in answer.json()["rows"]]


def client(caller, name):
    rows = caller.get("/api/v1/acme/views/clients").json()["rows"]
    return next((row for row in rows if row["name"] == name), None)


def test_each_table_row_by_row(own_site):
    owner = browser(own_site, "owner")
    people = [{"client_id": "n1", "name": "Nordic", "rep": "Ana"}, {"client_id": "n2", "name": "Solar"}, {"name": "x"}]
    first = put(owner, "clients", people)
    assert verdicts(first) == ["new", "new", "refused"]
    assert first.json()["rows"][2]["column"] == "client_id"
    assert first.json()["counts"] == {"new": 2, "changed": 0, "unchanged": 0, "refused": 1}
    bills = [
        {"invoice_id": "i1", "client_id": "n1", "issued_on": "2026-10-01", "amount": "1200.50"},
        {"invoice_id": "i2", "client_id": "n2", "issued_on": "2026-99-01", "amount": "5"},
        {"invoice_id": "i1", "client_id": "n1", "issued_on": "2026-10-01", "amount": "7"},
    ]
    sent = put(owner, "invoices", bills)
    assert verdicts(sent) == ["new", "refused", "refused"]
    assert "BAD_DATE" in sent.json()["rows"][1]["why"]
    lines = [
        {"invoice_id": "i1", "line_no": 1, "product": "Oil", "amount": "1200.50"},
        {"invoice_id": "no", "line_no": 1},
    ]
    assert verdicts(put(owner, "lines", lines)) == ["new", "refused"]
    marks = [{"client_id": "n2", "mark": "lost", "marked_on": "2026-10-02"}, {"client_id": "?", "mark": "lost"}]
    assert verdicts(put(owner, "marks", marks)) == ["new", "refused"]
    assert client(owner, "Nordic")["total_amount"] == "1200.50"
    assert client(owner, "Solar")["segment"] == "lost"
    assert verdicts(put(owner, "marks", marks[:1])) == ["unchanged"]
    assert verdicts(put(owner, "lines", lines[:1])) == ["unchanged"]


@pytest.mark.thorough
def test_what_a_row_does_not_name_stays_and_null_empties(own_site):
    owner = browser(own_site, "owner")
    put(owner, "clients", [{"client_id": "n1", "name": "Nordic", "rep": "Ana", "city": "Oslo"}])
    put(owner, "invoices", [{"invoice_id": "i1", "client_id": "n1", "issued_on": "2026-10-01", "amount": "10"}])
    again = put(
        owner, "clients", [{"client_id": "n1", "city": None}, {"client_id": "n3", "name": "Third", "rep": "Bo"}]
    )
    assert verdicts(again) == ["changed", "new"]
    assert (client(owner, "Nordic")["rep"], client(owner, "Nordic")["city"]) == ("Ana", None)
    assert verdicts(put(owner, "invoices", [{"invoice_id": "i1", "paid_on": "2026-10-20"}])) == ["changed"]
    assert verdicts(put(owner, "invoices", [{"invoice_id": "i1", "amount": "10.00"}])) == ["unchanged"]


@pytest.mark.thorough
def test_the_same_again_changes_nothing_and_one_undo_takes_all_back(own_site):
    owner = browser(own_site, "owner")
    rows = [{"client_id": "n1", "name": "Nordic"}]
    first = put(owner, "clients", rows).json()
    again = put(owner, "clients", rows).json()
    assert (again["change"], again["undo"], again["facts_version"]) == (None, None, first["facts_version"])
    put(owner, "clients", [{"client_id": "n1", "name": "Nordic Tools"}])
    back = put(owner, "clients", rows).json()
    assert back["rows"][0]["verdict"] == "changed"
    undo = {"content_type": "application/json", "headers": {"Idempotency-Key": "u"}}
    assert owner.post("/api/v1/acme/do/undo", back["undo"], **undo).status_code == 200
    assert client(owner, "Nordic Tools")


def test_who_may_not_and_what_cannot_be_understood(enter):
    rows = [{"client_id": "n1"}]
    assert put(enter("rep"), "clients", rows).status_code == 403
    owner = enter("owner")
    assert put(owner, "colours", rows).json()["valid"] == ["clients", "invoices", "lines", "marks"]
    assert put(owner, "clients", []).status_code == 422
    assert put(owner, "invoices", [{"invoice_id": "i", "amount": 1.5}]).status_code == 422
    assert put(owner, "clients", [{"client_id": "n1", "a b": "c"}]).status_code == 400
    refused = put(owner, "clients", [{"client_id": "", "name": "x"}, {"client_id": "\ud800"}]).json()
    assert [one["verdict"] for one in refused["rows"]] == ["refused", "refused"]
