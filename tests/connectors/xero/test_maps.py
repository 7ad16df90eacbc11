"""What do Xero's records become? The examples of its specification, with the numbers that must come out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.connectors.maps import World
from tests.shared import shared

from cartera.sources.kit.contract import Company
from cartera.sources.xero.connector import XERO
from cartera.sources.xero.lists import LISTS

BOOKS = Company("b2c885a9", "Dev Evangelist", "NZD", "Pacific/Auckland", "NZ")
BARNEY, LIAM = "a3675fc4-f8dd-4f03-ba5b-f1870566bcd7", "430fa14a-f945-44d3-9f97-5df5e28441b8"
VOIDED, PAID, OPEN = (
    "d4956132-ed94-4dd7-9eaa-aa22dfdf06f2",
    "046d8a6d-1ae1-4b4d-9340-5601bdf41b87",
    "7ef31b20-de17-4312-8382-412f869b1510",
)
CREDIT, BILL_CREDIT = "249f15fa-f2a7-4acc-8769-0984103f2225", "f8021bd2-9a6a-4c19-8477-163da0b9290f"
TEMPLATE, QUOTE = "428c0d75-909f-4b04-8403-a48dc27283b0", "be59294f-2a9c-4cee-8c64-0f0ddbc1883a"
TOLD = {
    "clients": "Contacts", "invoices": "Invoices", "credit_notes": "CreditNotes", "templates": "RepeatingInvoices",
    "payments": "Payments", "estimates": "Quotes", "products": "Items", "overpayments": "Overpayments",
    "prepayments": "Prepayments",
}  # fmt: skip


def world(*streams: str, day: date = date(2019, 4, 1), **settings: str) -> World:
    """The examples of these lists."""
    made = World(XERO, settings=settings, day=day, company=BOOKS, zone="Pacific/Auckland")
    for stream in streams:
        text = shared("payloads", "xero", "examples", f"{TOLD[stream]}.json").read_text()
        made.read(stream, text, TOLD[stream], key=LISTS[stream].key)
    return made


def invoice(number: str, **own: Any) -> dict[str, Any]:
    """A paid invoice of 100.00 and 15.00 tax, unless said otherwise."""
    return {
        "Type": "ACCREC", "InvoiceID": number, "InvoiceNumber": number, "Contact": {"ContactID": BARNEY},
        "DateString": "2019-01-10T00:00:00", "DueDateString": "2019-02-10T00:00:00", "Status": "AUTHORISED",
        "LineAmountTypes": "Exclusive", "LineItems": [], "SubTotal": Decimal("100.00"), "TotalTax": Decimal("15.00"),
        "Total": Decimal("115.00"), "AmountDue": Decimal("115.00"), "AmountPaid": Decimal("0.00"),
        "AmountCredited": Decimal("0.00"), "CurrencyCode": "NZD", "CurrencyRate": Decimal("1.0"),
    } | own  # fmt: skip


def credit_note(number: str, *applied: tuple[str, str], **own: Any) -> dict[str, Any]:
    """A credit note of 100.00 and 15.00 tax, applied to these invoices with so much."""
    given = [
        {"Amount": Decimal(amount), "Date": "/Date(1549756800000+0000)/", "Invoice": {"InvoiceID": to}}
        for to, amount in applied
    ]
    return {
        "Type": "ACCRECCREDIT", "CreditNoteID": number, "CreditNoteNumber": number, "Contact": {"ContactID": BARNEY},
        "DateString": "2019-02-05T00:00:00", "Status": "PAID", "LineAmountTypes": "Exclusive", "LineItems": [],
        "SubTotal": Decimal("100.00"), "TotalTax": Decimal("15.00"), "Total": Decimal("115.00"),
        "RemainingCredit": Decimal("0.00"), "CurrencyCode": "NZD", "Allocations": given,
    } | own  # fmt: skip


def line(amount: str, **own: Any) -> dict[str, Any]:
    return {"Description": "Advice", "Quantity": Decimal(1), "LineAmount": Decimal(amount)} | own


def of(rep: str, amount: str) -> dict[str, Any]:
    return line(amount, Tracking=[{"Name": "Sales rep", "Option": rep}, {"Name": "Region", "Option": "North"}])


def test_the_invoices_of_the_specification():
    """X1"""
    made = world("invoices").documents("invoices")
    void, paid, still_open = made[VOIDED], made[PAID], made[OPEN]
    assert {one.client for one in made.values()} == {BARNEY}
    assert {one.currency for one in made.values()} == {"NZD"}
    assert (void.number, void.state, void.void_on, void.amount) == ("INV-0001", "void", None, Decimal("40.0"))
    assert (paid.number, paid.state, paid.issued_on) == ("INV-0002", "issued", date(2018, 10, 20))
    assert (paid.amount, paid.open_amount, paid.paid_on) == (Decimal("40.0"), 0, date(2018, 11, 29))
    assert (still_open.number, still_open.issued_on, still_open.due_on) == (
        "INV-0003", date(2018, 11, 2), date(2018, 11, 7),
    )  # fmt: skip
    assert (still_open.amount, still_open.open_amount) == (Decimal("100.0"), Decimal("115.0"))
    assert (still_open.state, still_open.paid_on) == ("issued", None)
    assert sum(one.amount for one in made.values() if one.state == "issued") == Decimal("140.00")
    assert [world("invoices").codes("invoices", key) for key in (PAID, OPEN)] == [[], []]


def test_the_credit_notes_of_the_specification():
    """X2"""
    made = world("credit_notes")
    assert list(made.documents("credit_notes")) == [CREDIT]
    found = made.documents("credit_notes")[CREDIT]
    assert (found.number, found.kind, found.issued_on) == ("CN-0005", "credit_note", date(2019, 3, 5))
    assert (found.amount, found.credits, found.open_amount) == (Decimal("-30.0"), None, Decimal("-32.5"))
    assert (found.client, found.state) == (LIAM, "issued")
    assert made.codes("credit_notes", CREDIT) == []
    assert made.mapped("credit_notes", BILL_CREDIT).left_out == "supplier documents"


def test_the_repeating_invoice_of_the_specification():
    """X3"""
    made = world("templates")
    plans = made.documents("templates")
    assert [one.issued_on for one in plans.values()] == [date(2019, month, 15) for month in range(4, 10)]
    assert next(iter(plans)) == f"{TEMPLATE}#2019-04-15"
    assert {(one.amount, one.currency, one.client, one.state) for one in plans.values()} == {
        (Decimal("5000.0"), "NZD", LIAM, "planned")
    }
    assert sum(one.amount for one in plans.values()) == Decimal("30000.00")
    assert {one.lines[0].amount for one in plans.values()} == {Decimal("5000.0")}
    assert made.codes("templates", TEMPLATE) == []  # net and tax make 5,750.00


def test_the_voided_invoice_of_another_contact_replaces_no_occurrence_but_one_of_its_date_does():
    """X3"""
    made = world("templates", "invoices")
    assert len(made.documents("templates")) == 6
    assert ("templates", TEMPLATE) in XERO.touches("invoices", made.record("invoices", VOIDED))
    late = invoice("v", RepeatingInvoiceID=TEMPLATE, DateString="2019-06-15T00:00:00", Status="VOIDED")
    made.put("invoices", late, key="InvoiceID")
    assert date(2019, 6, 15) not in {one.issued_on for one in made.documents("templates").values()}
    assert len(made.documents("templates")) == 5


def test_a_next_date_that_is_past_goes_on_by_whole_periods():
    made = world("templates", day=date(2019, 6, 20))
    assert [one.issued_on.month for one in made.documents("templates").values()] == [7, 8, 9]
    assert made.codes("templates", TEMPLATE) == ["SCHEDULE_STALE"]


@pytest.mark.parametrize(
    ("unit", "period", "start", "following", "dates"),
    [
        ("MONTHLY", 1, "2019-01-31", "2019-02-28", [(2, 28), (3, 31), (4, 30), (5, 31)]),
        ("MONTHLY", 2, "2018-12-31", "2019-02-28", [(2, 28), (4, 30), (6, 30), (8, 31)]),
        ("WEEKLY", 2, "2019-01-07", "2019-02-04", [(2, 4), (2, 18), (3, 4), (3, 18)]),
        ("MONTHLY", 1, "2019-01-31", "2019-02-15", [(2, 15), (3, 15), (4, 15), (5, 15)]),
    ],
)
def test_a_schedule_keeps_the_day_of_the_month_of_its_start(unit, period, start, following, dates):
    made = world("templates", day=date(2019, 1, 31))
    made.records["templates"][TEMPLATE]["Schedule"] = {
        "Unit": unit, "Period": period, "StartDate": start, "NextScheduledDate": following,
    }  # fmt: skip
    found = [one.issued_on for one in made.documents("templates").values()]
    assert found[:4] == [date(2019, *one) for one in dates]
    assert found[-1] <= date(2021, 1, 31)


def test_payments_settle_invoices_and_are_none():
    """X4"""
    made = world("invoices", "payments", "credit_notes", "overpayments", "prepayments")
    for stream in ("payments", "overpayments", "prepayments"):
        assert made.documents(stream) == {}
        assert [made.codes(stream, key) for key in made.records[stream]] == [[]] * len(made.records[stream])
    paying, refund = made.records["payments"].values()
    assert list(XERO.touches("payments", paying)) == [("invoices", PAID)]
    del made.records["invoices"][PAID]["FullyPaidOnDate"], made.records["invoices"][PAID]["Payments"]
    assert made.documents("invoices")[PAID].paid_on == date(2018, 11, 29)
    assert refund["PaymentType"] == "ARCREDITPAYMENT"
    assert OPEN not in {key for one in (paying, refund) for _, key in XERO.touches("payments", one)}


def test_paid_by_a_credit_note_stops_counting_and_by_a_prepayment_counts():
    """X8"""
    own = {
        "SubTotal": Decimal("500.00"), "TotalTax": Decimal("41.25"), "Total": Decimal("541.25"), "Status": "PAID",
        "AmountDue": Decimal(0), "AmountCredited": Decimal("541.25"),
    }  # fmt: skip
    made = world().put("invoices", invoice("a", **own), invoice("b", **own), key="InvoiceID")
    made.put(
        "credit_notes",
        credit_note("c", ("a", "541.25"), **{name: own[name] for name in ("SubTotal", "TotalTax", "Total")}),
        key="CreditNoteID",
    )
    given = {"Amount": Decimal("541.25"), "Date": "/Date(1547078400000+0000)/", "Invoice": {"InvoiceID": "b"}}
    made.put("prepayments", {"PrepaymentID": "p", "Type": "RECEIVE-PREPAYMENT", "Allocations": [given]},
             key="PrepaymentID")  # fmt: skip
    found = made.documents("credit_notes")
    assert list(found) == ["c"]
    assert (found["c"].credits, found["c"].amount, found["c"].issued_on) == (
        "a", Decimal("-500.00"), date(2019, 2, 5),
    )  # fmt: skip
    sold = made.documents("invoices")
    assert [(one.amount, one.state, one.open_amount) for one in sold.values()] == [(Decimal("500.00"), "issued", 0)] * 2
    assert sold["b"].paid_on == date(2019, 1, 10)
    assert made.documents("prepayments") == {}


def test_lines_with_their_tax_are_told_without_it():
    """X9"""
    made = world().put(
        "invoices",
        invoice("a", LineAmountTypes="Inclusive", LineItems=[line("115.00", TaxAmount=Decimal("15.00"))]),
        key="InvoiceID",
    )
    assert [one.amount for one in made.documents("invoices")["a"].lines] == [Decimal("100.00")]
    assert made.codes("invoices", "a") == []


def test_the_accepted_quote_of_the_specification():
    """X10"""
    made = world("estimates", day=date(2019, 10, 1))
    found = made.documents("estimates")[QUOTE]
    assert (found.state, found.amount, found.currency) == ("planned", Decimal("17.96"), "AUD")
    assert found.issued_on == date(2019, 10, 25)
    assert [one.amount for one in found.lines] == [Decimal("17.96")]
    assert found.base_amount is None
    assert made.codes("estimates", QUOTE) == ["RATE_MISSING"]
    made.settings = {"rate": "foreign_per_base"}
    assert made.documents("estimates")[QUOTE].base_amount == Decimal("19.1665")
    assert made.codes("estimates", QUOTE) == []
    made.settings = {"estimates": "none"}
    assert made.documents("estimates") == {}


@pytest.mark.parametrize("status", ["DRAFT", "SENT", "DECLINED", "INVOICED"])
def test_other_quotes_are_no_plans(status):
    made = world("estimates")
    made.records["estimates"][QUOTE]["Status"] = status
    assert made.documents("estimates") == {}
    assert made.mapped("estimates", QUOTE).left_out


def test_a_credit_note_of_several_invoices_is_one_row_each_and_the_rest():
    """X11"""
    made = world().put("credit_notes", credit_note("c", ("A", "46.00"), ("B", "23.00")), key="CreditNoteID")
    found = made.documents("credit_notes")
    assert [(key, one.amount, one.credits) for key, one in found.items()] == [
        ("c#1", Decimal("-40.00"), "A"), ("c#2", Decimal("-20.00"), "B"), ("c#3", Decimal("-40.00"), None),
    ]  # fmt: skip
    assert sum(one.amount for one in found.values()) == Decimal("-100.00")
    assert {one.issued_on for one in found.values()} == {date(2019, 2, 5)}


def test_lines_of_a_split_credit_note_come_to_its_parts_and_to_the_whole():
    """X11"""
    lines = [line("33.33", ItemCode="a"), line("66.67", ItemCode="b")]
    noted = credit_note("c", ("A", "11.11"), ("B", "22.22"), ("C", "81.67"), LineItems=lines)
    made = world().put("credit_notes", noted, key="CreditNoteID")
    found = list(made.documents("credit_notes").values())
    assert [one.credits for one in found] == ["A", "B", "C"]
    assert all(sum(line.amount for line in one.lines) == one.amount for one in found)
    assert sum(one.amount for one in found) == Decimal("-100.00")
    assert [sum(one.lines[place].amount for one in found) for place in (0, 1)] == [Decimal("-33.33"), Decimal("-66.67")]
    assert made.codes("credit_notes", "c") == []


def test_a_deleted_application_is_none_and_an_invoice_may_tell_of_one():
    noted = credit_note("c", ("A", "115.00"))
    noted["Allocations"][0]["IsDeleted"] = True
    made = world().put("credit_notes", noted, key="CreditNoteID")
    assert made.documents("credit_notes")["c"].credits is None
    told = [{"CreditNoteID": "c", "AppliedAmount": Decimal("115.00")}]
    made.put("invoices", invoice("A", CreditNotes=told), key="InvoiceID")
    assert made.documents("credit_notes")["c"].credits == "A"


@pytest.mark.parametrize(
    ("status", "ours"),
    [("DRAFT", "planned"), ("SUBMITTED", "planned"), ("AUTHORISED", "issued"), ("PAID", "issued"), ("VOIDED", "void")],
)
def test_states(status, ours):
    made = world().put("invoices", invoice("a", Status=status), key="InvoiceID")
    found = made.documents("invoices")["a"]
    assert (found.state, found.amount) == (ours, Decimal("100.00"))
    assert made.codes("invoices", "a") == []


def test_an_unknown_status_is_kept_and_counts_for_nothing():
    """G4"""
    made = world("estimates").put("invoices", invoice("a", Status="FROZEN"), key="InvoiceID")
    made.put("credit_notes", credit_note("c", Status="FROZEN"), key="CreditNoteID")
    made.records["estimates"][QUOTE]["Status"] = "FROZEN"
    for stream, key in (("invoices", "a"), ("credit_notes", "c"), ("estimates", QUOTE)):
        assert [(one.state, one.void_on) for one in made.mapped(stream, key).documents] == [("void", None)]
        assert "STATUS_UNKNOWN" in made.codes(stream, key)


@pytest.mark.parametrize("status", ["DRAFT", "SUBMITTED"])
def test_a_credit_note_counts_when_it_is_approved(status):
    made = world().put("credit_notes", credit_note("c", Status=status), key="CreditNoteID")
    assert made.documents("credit_notes") == {}


def test_bills_are_none_of_ours():
    made = world().put("invoices", invoice("a", Type="ACCPAY"), key="InvoiceID")
    assert made.mapped("invoices", "a").left_out == "supplier documents"
    assert list(XERO.touches("invoices", invoice("a", Type="ACCPAY"))) == []


def test_a_negative_invoice_is_a_credit_note():
    own = {"SubTotal": Decimal(-100), "TotalTax": Decimal(-15), "Total": Decimal(-115)}
    made = world().put("invoices", invoice("a", **own), key="InvoiceID")
    assert made.documents("invoices")["a"].kind == "credit_note"
    assert made.codes("invoices", "a") == []


def test_the_rep_is_the_option_with_the_most_money():
    made = world().put("invoices", invoice("a", LineItems=[of("Ana", "30.00"), of("Leo", "70.00")]), key="InvoiceID")
    found = made.documents("invoices")["a"]
    assert (found.rep, found.more) == ("Leo", {"Region": "North"})
    assert made.codes("invoices", "a") == ["REP_UNCLEAR"]
    made.settings = {"rep": "region"}
    assert made.documents("invoices")["a"].rep == "North"
    assert made.codes("invoices", "a") == []
    made.settings = {"rep_from": "none"}
    assert made.documents("invoices")["a"].rep is None


def test_lines_without_an_amount_are_text_and_discounts_are_not_taken_off_again():
    text = {"Description": "as agreed", "LineAmount": Decimal(0)}
    sold = line("90.00", UnitAmount=Decimal(100), DiscountRate=Decimal(10), ItemCode="ADV", AccountCode="200")
    made = world().put("products", {"Code": "ADV", "Name": "Advice by the day"}, key="Code")
    own = {"SubTotal": Decimal(90), "TotalTax": Decimal(0), "Total": Decimal(90)}
    made.put("invoices", invoice("a", LineItems=[text, sold], **own), key="InvoiceID")
    (found,) = made.documents("invoices")["a"].lines
    assert (found.amount, found.product, found.quantity, found.more) == (
        Decimal("90.00"), "Advice by the day", "1", {"account": "200"},
    )  # fmt: skip
    assert made.codes("invoices", "a") == []


def test_what_does_not_add_up_is_told():
    made = world().put("invoices", invoice("a", Total=Decimal(116), LineItems=[line("80.00")]), key="InvoiceID")
    assert made.codes("invoices", "a") == ["TAX_SUM", "LINE_SUM"]


def test_a_rate_is_used_the_way_that_somebody_confirmed():
    own = {"CurrencyCode": "AUD", "CurrencyRate": Decimal("0.5")}
    for way, base in (("foreign_per_base", Decimal(200)), ("base_per_foreign", Decimal(50)), ("unconfirmed", None)):
        made = world(rate=way).put("invoices", invoice("a", **own), key="InvoiceID")
        assert made.documents("invoices")["a"].base_amount == base
    made = world(rate="foreign_per_base").put("invoices", invoice("a", **own | {"CurrencyRate": None}), key="InvoiceID")
    assert made.codes("invoices", "a") == ["RATE_MISSING"]


def test_the_contacts_of_the_specification():
    made = world("clients")
    customer, other = made.records["clients"]
    (found,) = made.mapped("clients", customer).clients
    assert (found.name, found.email) == ("Katherine Warren", "kat.warren@clampett.com")
    assert (found.city, found.region, found.postcode, found.country) == ("Palo Alto", "CA", "94020", "United States")
    assert found.phone == "(626) 847-1294"
    assert found.more == {"company_number": "NumberBusiness1234", "created": "first seen"}
    (person,) = made.mapped("clients", customer).contacts
    assert (person.name, person.is_primary, person.client) == ("Katherine Warren", True, customer)
    assert (made.mapped("clients", other).clients, made.mapped("clients", other).left_out) == (
        (), "contacts without a sale",
    )  # fmt: skip


@pytest.mark.parametrize("stream", ["invoices", "credit_notes", "templates", "estimates"])
def test_a_contact_with_a_sale_is_a_client(stream):
    made = world("clients", stream)
    (other,) = (key for key, one in made.records["clients"].items() if not one["IsCustomer"])
    for one in made.records[stream].values():
        one["Contact"] = {"ContactID": other}
    assert [one.name for one in made.mapped("clients", other).clients] == ["Lisa Parker"]


def test_a_merged_contact_is_the_other_one_and_an_erased_one_has_no_data():
    made = world("clients")
    customer, other = made.records["clients"]
    made.records["clients"][customer] |= {"MergedToContactID": other, "ContactStatus": "ARCHIVED"}
    (found,) = made.mapped("clients", customer).clients
    assert (found.same, found.more["contact_status"]) == (other, "archived")
    made.records["clients"][customer] |= {"ContactStatus": "GDPRREQUEST"}
    erased = made.mapped("clients", customer)
    assert (erased.clients[0].email, erased.clients[0].phone, erased.contacts) == (None, None, ())


def test_a_contact_group_may_name_the_rep():
    made = world("clients", rep="Rep", rep_from="group")
    customer, _ = made.records["clients"]
    made.records["clients"][customer]["ContactGroups"] = [{"Name": "Key accounts"}, {"Name": "Rep: Ana Duarte"}]
    assert made.mapped("clients", customer).clients[0].rep == "Ana Duarte"
