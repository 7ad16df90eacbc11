"""What do recorded customers and documents of QuickBooks become?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.connectors.quickbooks.payloads import HOME, exchange, from_xml, world

from cartera.sources.kit.contract import Problem
from cartera.sources.kit.parsing import parsed
from cartera.sources.quickbooks.fields import total


def listed(name, entity):
    return parsed(exchange(name)[2])["QueryResponse"][entity]


def money(text):
    return Decimal(text)


def worths(document):
    return [one.amount for one in document.lines]


def test_41_clients_4_of_them_under_a_parent():
    """Q1: 41 of 41 clients, as the count says; 4 have a parent, so that 37 stand in a portfolio that rolls up."""
    found = world("clients", *listed("all_customers_1", "Customer"))
    clients = {key: found.mapped("clients", key).clients[0] for key in found.records["clients"]}
    assert len(clients) == json.loads(exchange("all_customers_0")[2])["QueryResponse"]["totalCount"] == 41
    assert {key: one.parent for key, one in clients.items() if one.parent} == {
        "64": "62", "8": "7", "9": "7", "23": "22",
    }  # fmt: skip
    assert sum(one.parent is None for one in clients.values()) == 37


def test_a_client_has_its_person_its_place_and_the_day_it_was_made():
    found = world("clients", *listed("all_customers_1", "Customer"), zone="America/Los_Angeles").mapped("clients", "1")
    made, person = found.clients[0], found.contacts[0]
    assert (made.name, made.created_on, made.currency) == ("Amy's Bird Sanctuary", date(2015, 10, 1), "USD")
    assert (made.street, made.city, made.region, made.postcode) == ("4581 Finch St.", "Bayshore", "CA", "94326")
    assert (person.name, person.email, person.phone, person.client) == (
        "Amy Lauterbach", "Birds@Intuit.com", "(650) 555-3311", "1",
    )  # fmt: skip
    assert person.is_primary


def test_sales_receipts_are_issued_and_paid():
    """Q2: 4 invoices of 893.75 together, one of them without a client; no line is a sub-total."""
    found = world("receipts", *listed("all_sales_receipts_0", "SalesReceipt"))
    made = found.documents("receipts")
    assert {key: (one.amount, one.client, one.issued_on) for key, one in made.items()} == {
        "17": (money("337.5"), None, date(2020, 9, 29)),
        "11": (money("337.5"), "6", date(2015, 10, 4)),
        "47": (money("140"), "4", date(2015, 10, 5)),
        "38": (money("78.75"), "15", date(2015, 10, 7)),
    }
    assert sum(one.amount for one in made.values()) == money("893.75")
    assert worths(made["38"]) == [money("87.5"), money("-8.75")]
    assert [one.category for one in made["38"].lines] == [None, "discount"]
    assert all((one.state, one.paid_on, one.open_amount) == ("issued", one.issued_on, 0) for one in made.values())
    assert [code for key in made for code in found.codes("receipts", key)] == ["NO_CLIENT"]


def test_a_void_keeps_the_amount_that_it_had():
    """Q3: invoice 264 was issued with 100.00; void since the day of that change, the amount stays readable."""
    before, after = (parsed(exchange(f"void_invoice_{one}")[2])["Invoice"] for one in (0, 1))
    issued = world("invoices", before).documents("invoices")["264"]
    assert (issued.state, issued.issued_on, issued.amount, issued.open_amount) == (
        "issued", date(2020, 9, 29), 100, 100,
    )  # fmt: skip
    found = world("invoices", after, was={("invoices", "264"): [after, before]})
    void = found.documents("invoices")["264"]
    assert (void.state, void.void_on, void.amount, void.open_amount) == ("void", date(2022, 9, 2), 100, 0)
    assert worths(void) == [100]
    assert found.codes("invoices", "264") == []


def test_a_void_that_is_edited_stays_void_from_its_first_day():
    before, after = (parsed(exchange(f"void_invoice_{one}")[2])["Invoice"] for one in (0, 1))
    edited = after | {"MetaData": {"LastUpdatedTime": "2023-05-05T09:00:00-07:00"}, "PrivateNote": "Voided by Ana"}
    found = world("invoices", edited, was={("invoices", "264"): [edited, after, before]})
    assert found.documents("invoices")["264"].void_on == date(2022, 9, 2)


def test_an_accepted_estimate_is_a_plan():
    """Q5: four estimates numbered 1001 have four keys; three are closed, the accepted one is a plan of 325.75."""
    answer = parsed(exchange("cdc_basic_0")[2])
    estimates = answer["CDCResponse"][0]["QueryResponse"][0]["Estimate"]
    found = world("estimates", *estimates, day=date(2015, 9, 1))
    assert len(found.records["estimates"]) == 4
    assert {one["DocNumber"] for one in estimates} == {"1001"}
    made = found.documents("estimates")
    assert {key: (one.state, one.amount, one.client) for key, one in made.items()} == {
        "100": ("planned", money("325.75"), "24")
    }
    assert made["100"].known_on == date(2015, 10, 8)
    assert worths(made["100"]) == [275, money("12.75"), 38]
    found.settings = {"estimates": "none"}
    assert found.documents("estimates") == {}


@pytest.mark.parametrize(
    ("name", "entity", "stream", "amount", "lines"),
    [
        ("invoice_with_discount_line_item_response", "Invoice", "invoices", "45", "50 -5"),
        ("invoice_with_bundle_line_item", "Invoice", "invoices", "8.49", "7.96 2.65 -2.12"),
        ("invoice_line_item_description_only", "Invoice", "invoices", "0", ""),
        ("fetch_credit_memo", "CreditMemo", "credit_notes", "-10", "-10"),
    ],
)
def test_lines_come_to_the_net_amount(name, entity, stream, amount, lines):
    """Q8: discount, bundle, description only, credit memo."""
    payload = from_xml(name)[entity]
    found = world(stream, payload, company=replace(HOME, currency=payload.get("CurrencyRef", {}).get("value", "USD")))
    made = found.documents(stream)[payload["Id"]]
    assert (made.amount, worths(made)) == (money(amount), [money(one) for one in lines.split()])
    assert found.codes(stream, payload["Id"]) == []


def test_a_refund_takes_back_what_was_sold_and_its_shipping():
    """Q8: -315.50 = -(345.00 - 34.50 + 5.00); the total is 337.93 with 22.43 tax."""
    payload = from_xml("refund_receipts")["QueryResponse"][0]["RefundReceipt"][0]
    found = world("refunds", payload)
    made = found.documents("refunds")["927"]
    assert (made.kind, made.amount, made.client, made.rep) == ("credit_note", money("-315.5"), "64", "2435245")
    assert worths(made) == [-345, money("34.5"), -5]
    assert [one.category for one in made.lines] == [None, "discount", "shipping"]
    assert total(payload) == money("337.93")
    assert made.more == {"class": "Landscaping", "location": "Garden Services"}
    assert found.codes("refunds", "927") == []


def test_the_credit_memo_is_in_reais():
    """Q8: -10.00 BRL."""
    payload = from_xml("fetch_credit_memo")["CreditMemo"]
    found = world("credit_notes", payload)
    made = found.documents("credit_notes")["52"]
    assert (made.amount, made.currency, made.base_amount, made.credits) == (-10, "BRL", None, None)
    assert found.codes("credit_notes", "52") == ["RATE_MISSING"]


def test_a_rate_leads_to_the_books_currency():
    """Q9: net 47.15, 70.725 in the books' currency at 1.5; its line of 198.99 is told."""
    payload = from_xml("invoice")["Invoice"]
    found = world("invoices", payload, company=replace(HOME, currency="CAD"))
    made = found.documents("invoices")["1"]
    assert (made.amount, made.base_amount, made.currency) == (money("47.15"), money("70.725"), "USD")
    assert found.codes("invoices", "1") == ["LINE_SUM"]


def test_a_rate_that_does_not_lead_to_the_total_is_told():
    payload = from_xml("invoice")["Invoice"] | {"HomeTotalAmt": "80.00"}
    found = world("invoices", payload, company=replace(HOME, currency="CAD"))
    assert found.documents("invoices")["1"].base_amount is None
    assert found.codes("invoices", "1") == ["RATE_MISSING", "LINE_SUM"]


def test_a_note_alone_voids_nothing():
    """Q10: Voided stands on an invoice of 50.00: it stays issued, and somebody is told."""
    found = world("invoices", from_xml("invoice_void_success_response")["Invoice"])
    made = found.documents("invoices")["1"]
    assert (made.state, made.amount) == ("issued", 50)
    assert found.codes("invoices", "1") == ["VOID_UNCERTAIN"]


def test_an_inactive_client_keeps_its_own_name():
    """Q12: Thrifty Meats, inactive."""
    made = world("clients", from_xml("deleted_customer")["Customer"]).mapped("clients", "1").clients[0]
    assert (made.name, made.more) == ("Thrifty Meats", {"active": "no"})


def test_a_problem_says_what_and_what_to_do():
    found = world("invoices", from_xml("invoice_void_success_response")["Invoice"])
    problem = found.mapped("invoices", "1").problems[0]
    assert isinstance(problem, Problem)
    assert problem.what == "its note says Voided and it still has an amount."
    assert problem.fix == "It counts. Void it in QuickBooks, or take the note away."
