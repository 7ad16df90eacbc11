"""What do Sage's records become? Built from its description's field names, as no recorded answer was found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.connectors.maps import World
from tests.shared import shared

from cartera.sources.kit.parsing import parsed
from cartera.sources.sage.books import generated
from cartera.sources.sage.connector import SAGE
from cartera.sources.sage.lists import LISTS

DEFINITIONS = {
    "clients": "Contact", "invoices": "SalesInvoice", "quick_entries": "QuickEntry", "credit_notes": "SalesCreditNote",
    "quotes": "SalesQuote", "estimates": "SalesEstimate", "corrective_invoices": "SalesCorrectiveInvoice",
    "payments": "ContactPayment", "statuses": "Base",
}  # fmt: skip
DAY = date(2026, 3, 2)


def base(**values):
    """A document of 100.00 and a tax of 20.00 for client c1."""
    told = parsed('{"net_amount": 100.0, "tax_amount": 20.0, "total_amount": 120.0, "outstanding_amount": 120.0}')
    return told | {
        "id": "d1", "date": "2026-03-02", "due_date": "2026-04-01", "created_at": "2026-03-02T10:00:00Z",
        "updated_at": "2026-03-02T10:00:00Z", "contact": {"id": "c1"}, "currency": {"id": "GBP"},
        "status": {"id": "UNPAID"}, **values,
    }  # fmt: skip


def line(text, net, **more):
    return parsed(f'{{"net_amount": {net}, "quantity": 1.0}}') | {"description": text, **more}


def world(**settings):
    return World(SAGE, settings=settings)


def only(made, stream="invoices", key="d1"):
    (found,) = made.mapped(stream, key).documents
    return found


def test_the_pretended_books_are_written_as_the_description_says():
    """Every field of what the pretended server sends stands in the description of its record."""
    told = parsed(shared("payloads", "sage", "sage-accounting-v3.1-swagger2.json").read_text())["definitions"]
    rows = generated(date(2026, 3, 31)).rows
    for stream, kind in DEFINITIONS.items():
        for row in rows[LISTS[stream].path.strip("/")].values():
            assert set(row) - set(told[kind]["properties"]) == set(), (stream, row["id"])
            for lines, of in (("invoice_lines", "SalesInvoiceLineItem"), ("payments_allocations", "PaymentAllocation")):
                assert all(set(one) <= set(told[of]["properties"]) for one in row.get(lines) or ()), (stream, row["id"])


@pytest.mark.parametrize(
    ("word", "state", "codes"),
    [
        ("DRAFT", "planned", []),
        ("UNPAID", "issued", []),
        ("PART_PAID", "issued", []),
        ("PAID", "issued", []),
        ("VOID", "void", []),
        ("FROZEN", "void", ["STATUS_UNKNOWN"]),
    ],
)
def test_states(word, state, codes):
    """S5"""
    made = (
        world().put("invoices", base(status={"id": word})).put("statuses", {"id": "FROZEN", "displayed_as": "On ice"})
    )
    assert (only(made).state, only(made).amount, made.codes("invoices", "d1")) == (state, Decimal("100.0"), codes)
    if codes:
        assert "FROZEN (On ice)" in made.mapped("invoices", "d1").problems[0].what


def test_a_void_invoice_counts_until_the_day_on_which_it_was_void():
    """S5"""
    void = base(status={"id": "VOID"}, updated_at="2026-03-20T10:00:00Z", void_reason="twice")
    made = world().put("invoices", void)
    assert only(made).void_on is None
    made.was["invoices", "d1"] = [base(status={"id": "VOID"}, updated_at="2026-03-09T10:00:00Z"), base()]
    found = only(made)
    assert (found.state, found.void_on, found.amount) == ("void", date(2026, 3, 9), Decimal("100.0"))
    assert found.more == {"void_reason": "twice"}


def test_the_base_amount_is_taken_as_it_is_delivered():
    """S6"""
    told = parsed(
        '{"net_amount": 1000.0, "total_amount": 1200.0, "tax_amount": 200.0, "base_currency_net_amount": 851.2}'
    )
    rates = parsed('{"exchange_rate": 9.0, "inverse_exchange_rate": 9.0}')  # whatever they say
    found = only(world().put("invoices", base(**told, **rates, currency={"id": "EUR"})))
    assert (found.amount, found.currency, found.base_amount) == (Decimal("1000.0"), "EUR", Decimal("851.2"))


@pytest.mark.parametrize(
    ("kind", "amount", "ours"), [("INVOICE", "250.0", "invoice"), ("CREDIT_NOTE", "-250.0", "credit_note")]
)
def test_quick_entries_have_one_line(kind, amount, ours):
    """S8"""
    told = parsed('{"net_amount": 250.0, "tax_amount": 50.0, "total_amount": 300.0}')
    made = world().put("quick_entries", base(**told, quick_entry_type={"id": kind}, details="Repairs"))
    found = only(made, "quick_entries")
    assert (found.kind, found.amount) == (ours, Decimal(amount))
    assert [(one.product, one.amount) for one in found.lines] == [("Repairs", Decimal(amount))]
    assert made.codes("quick_entries", "d1") == []


def test_a_quick_entry_of_an_unknown_type_counts_for_nothing():
    """G4"""
    made = world().put("quick_entries", base(quick_entry_type={"id": "GIFT"}))
    assert only(made, "quick_entries").state == "void"
    assert made.codes("quick_entries", "d1") == ["STATUS_UNKNOWN"]


def test_lines_with_products_services_and_texts():
    rows = [
        line("a", 60.0, product={"id": "p", "displayed_as": "Chairs"}),
        line("b", 40.0, service={"id": "s", "displayed_as": "Repairs"}),
        {"description": "only a text"},
    ]
    made = world().put("invoices", base(invoice_lines=rows))
    assert [(one.product, one.category, one.amount) for one in only(made).lines] == [
        ("Chairs", "product", Decimal("60.0")), ("Repairs", "service", Decimal("40.0")),
    ]  # fmt: skip
    assert made.codes("invoices", "d1") == []


def test_shipping_is_a_line_where_it_is_part_of_the_net_amount():
    made = world().put("invoices", base(invoice_lines=[line("a", 90.0)], shipping_net_amount=Decimal("10.0")))
    assert [one.category for one in only(made).lines] == [None, "shipping"]
    assert made.codes("invoices", "d1") == []
    made.put("invoices", base(invoice_lines=[line("a", 100.0)], shipping_net_amount=Decimal("10.0")))
    assert [one.category for one in only(made).lines] == [None]
    assert made.codes("invoices", "d1") == ["SHIPPING_APART"]


def test_lines_and_taxes_that_do_not_add_up_are_told():
    made = world().put("invoices", base(invoice_lines=[line("a", 90.0)], tax_amount=Decimal("1.0")))
    assert sorted(made.codes("invoices", "d1")) == ["LINE_SUM", "TAX_SUM"]


def test_the_rep_is_the_category_of_the_type_that_was_chosen():
    def of(name, kind="Sales rep"):
        return [{"id": name, "displayed_as": name, "analysis_type": {"id": "t", "displayed_as": kind}}]

    rows = [line("a", 30.0, analysis_type_categories=of("Ana")), line("b", 70.0, analysis_type_categories=of("Ben"))]
    rows.append(line("c", 0.0, analysis_type_categories=of("North", "Region")))
    made = world(rep="sales REP").put("invoices", base(invoice_lines=rows))
    assert only(made).rep == "Ben"
    assert made.codes("invoices", "d1") == ["REP_MIXED"]
    assert only(world().put("invoices", base(invoice_lines=rows))).rep is None


def test_the_day_of_payment():
    paid = {"status": {"id": "PAID"}, "outstanding_amount": Decimal("0.0")}
    assert only(world().put("invoices", base(**paid, last_paid="2026-03-20"))).paid_on == date(2026, 3, 20)
    told = [{"date": "2026-03-11", "amount": Decimal(20)}, {"date": "2026-03-15", "amount": Decimal(100)}]
    assert only(world().put("invoices", base(**paid, payments_allocations=told))).paid_on == date(2026, 3, 15)
    assert only(world().put("invoices", base(last_paid="2026-03-20"))).paid_on is None
    payment = {"id": "p1", "date": "2026-03-18", "allocated_artefacts": [{"artefact": {"id": "d1"}}]}
    made = world().put("invoices", base(**paid)).put("payments", payment)
    assert only(made).paid_on == date(2026, 3, 18)
    assert ("invoices", "d1") in SAGE.touches("payments", payment)


def allocated(amount, key, path="sales_invoices"):
    return {"amount": Decimal(amount), "date": "2026-03-09", "artefact": {"id": key, "$path": f"/{path}/{key}"}}


def test_a_credit_note_is_split_by_what_it_corrects():
    told = parsed('{"net_amount": 100.0, "tax_amount": 15.0, "total_amount": 115.0, "base_currency_net_amount": 100.0}')
    parts = [allocated("46.0", "a"), allocated("23.0", "b", "sales_quick_entries")]
    row = base(**told, payments_allocations=parts, credit_note_lines=[line("x", 60.0), line("y", 40.0)])
    made = world().put("credit_notes", row)
    found = made.mapped("credit_notes", "d1").documents
    assert [(one.part, one.credits_stream, one.credits, one.amount) for one in found] == [
        ("1", "invoices", "a", Decimal("-40.00")),
        ("2", "quick_entries", "b", Decimal("-20.00")),
        ("3", "invoices", None, Decimal("-40.00")),
    ]
    assert sum(one.base_amount for one in found) == -100
    assert [sum(line.amount for line in one.lines) for one in found] == [one.amount for one in found]
    assert made.codes("credit_notes", "d1") == []


def test_a_credit_note_of_one_invoice_is_one_document_and_a_draft_is_none():
    made = world().put("credit_notes", base(payments_allocations=[allocated("120.0", "a")]))
    assert [(one.part, one.credits, one.amount) for one in made.mapped("credit_notes", "d1").documents] == [
        ("", "a", Decimal("-100.0"))
    ]
    made.put("credit_notes", base(status={"id": "DRAFT"}))
    assert made.mapped("credit_notes", "d1").documents == ()


def test_a_correction_below_nothing_credits_its_invoice():
    told = parsed('{"net_amount": -30.0, "tax_amount": -6.0, "total_amount": -36.0}')
    of = {"id": "a", "$path": "/sales_invoices/a"}
    found = only(world().put("corrective_invoices", base(**told, original_invoice=of)), "corrective_invoices")
    assert (found.kind, found.amount, found.credits) == ("credit_note", Decimal("-30.0"), "a")


def test_an_accepted_quote_is_a_plan_of_what_is_left_of_it():
    row = base(id="q1", status={"id": "ACCEPTED"}, expiry_date="2026-05-01", quote_lines=[line("a", 100.0)])
    made = world().put("quotes", row)
    found = only(made, "quotes", "q1")
    assert (found.state, found.issued_on, found.amount) == ("planned", date(2026, 5, 1), Decimal("100.0"))
    part = base(id="i1", original_quote_estimate={"id": "q1"}, net_amount=Decimal("40.0"))
    made.put("invoices", part)
    assert only(made, "quotes", "q1").amount == Decimal("60.0")
    assert made.codes("quotes", "q1") == []
    made.put("estimates", row)
    assert made.mapped("estimates", "q1").documents == ()  # listed as both: planned once
    assert world(estimates="none").put("quotes", row).mapped("quotes", "q1").documents == ()
    assert world().put("quotes", row | {"invoice": {"id": "gone"}}).mapped("quotes", "q1").documents == ()


@pytest.mark.parametrize(("word", "codes"), [("PENDING", []), ("DECLINED", []), ("FROZEN", ["STATUS_UNKNOWN"])])
def test_other_quotes_are_no_plans(word, codes):
    made = world().put("quotes", base(id="q1", status={"id": word}))
    assert made.mapped("quotes", "q1").documents == ()
    assert made.codes("quotes", "q1") == codes


def contact(**values):
    return {
        "id": "c1", "name": "Acme", "created_at": "2020-05-04T10:00:00Z", "reference": "A1", "tax_number": "GB1",
        "email": "a@acme.example", "currency": {"id": "GBP"}, "is_active": True,
        "main_address": {"address_line_1": "1 High St", "city": "Bath", "postal_code": "BA1", "country": {"id": "GB"}},
        "main_contact_person": {"name": "Ann", "email": "ann@acme.example", "telephone": "1"}, **values,
    }  # fmt: skip


def test_clients():
    made = world().put("clients", contact()).mapped("clients", "c1")
    (client,), (person,) = made.clients, made.contacts
    assert (client.name, client.created_on, client.email) == ("Acme", date(2020, 5, 4), "a@acme.example")
    assert (client.street, client.city, client.postcode, client.country) == ("1 High St", "Bath", "BA1", "GB")
    assert client.more == {"code": "A1", "tax_number": "GB1"}
    assert (person.name, person.email, person.is_primary) == ("Ann", "ann@acme.example", True)


def test_system_contacts_are_left_out_and_of_an_erased_one_nothing_is_kept():
    made = world().put("clients", contact(system=True))
    assert made.mapped("clients", "c1").clients == ()
    (client,) = made.put("clients", contact(gdpr_obfuscated=True)).mapped("clients", "c1").clients
    assert (client.name, client.email, client.city) == (None, None, None)


def series(**told):
    words = {"id": "r", "frequency": 1, "recurrence_type": "MONTHLY", "recurrence_status_identifier": "ACTIVE", **told}
    made = world().put("clients", contact(has_unfinished_recurring_invoices=True))
    made.records["templates"] = {"c1": base(recurring_invoice=words)}
    made.day = date(2026, 3, 20)
    return made


def test_a_series_is_proposed_and_planned_only_where_somebody_said_so():
    made = series()
    assert made.codes("templates", "c1") == ["PLAN_PROPOSED"]
    made.settings = {"inferred": "planned"}
    found = made.mapped("templates", "c1").documents
    assert [one.part for one in found[:2]] == ["2026-04-02", "2026-05-02"]
    assert {(one.state, one.amount, one.known_on) for one in found} == {("planned", Decimal("100.0"), DAY)}
    made.put("clients", contact(has_unfinished_recurring_invoices=False))
    assert made.mapped("templates", "c1").documents == ()


def test_a_series_that_brings_nothing_or_has_ended():
    late = series()
    late.day = date(2026, 6, 20)
    assert late.codes("templates", "c1") == ["SCHEDULE_STALE"]
    assert series(recurrence_status_identifier="FINISHED").codes("templates", "c1") == []
    assert series(recurrence_type="SOMETIMES").codes("templates", "c1") == ["SCHEDULE_STALE"]
