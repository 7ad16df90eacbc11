"""What do documents of QuickBooks become beside each other: paid, credited, invoiced from estimates and templates?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.connectors.quickbooks.payloads import from_xml, world

TODAY = date(2026, 3, 31)


def sold(key, amount, *, client="7", on="2026-03-01", tax="0", **more):
    worth = str(Decimal(amount) - Decimal(tax))
    line = {"Amount": worth, "DetailType": "SalesItemLineDetail", "SalesItemLineDetail": {"ItemRef": {"value": "1"}}}
    made = {"CreateTime": "2026-02-01T09:00:00-08:00", "LastUpdatedTime": "2026-02-01T09:00:00-08:00"}
    return {
        "Id": key, "TxnDate": on, "TotalAmt": amount, "Balance": "0", "CustomerRef": {"value": client}, "Line": [line],
        "TxnTaxDetail": {"TotalTax": tax}, "MetaData": made, **more,
    }  # fmt: skip


def settles(key, on, *lines):
    rows = [{"Amount": amount, "LinkedTxn": [{"TxnId": one, "TxnType": kind}]} for kind, one, amount in lines]
    return {"Id": key, "TxnDate": on, "TotalAmt": "0", "Line": rows}


def test_a_payment_settles_its_invoice():
    """Q11: invoice 103 is paid by payment 147."""
    parts = from_xml("change_data_capture_response")["CDCResponse"][0]["QueryResponse"]
    invoice = next(part["Invoice"][0] for part in parts if "Invoice" in part)
    payment = next(part["Payment"][0] for part in parts if "Payment" in part)
    found = world("invoices", invoice).put("payments", payment, key="Id").documents("invoices")["103"]
    assert (found.paid_on, found.amount, found.open_amount) == (date(2016, 4, 13), Decimal("582.50"), 0)
    assert world("invoices", invoice).documents("invoices")["103"].paid_on is None


def test_what_is_still_owed_is_not_paid():
    made = world("invoices", sold("1", "100", Balance="40"))
    made.put("payments", settles("5", "2026-03-09", ("Invoice", "1", "60")), key="Id")
    found = made.documents("invoices")["1"]
    assert (found.open_amount, found.paid_on) == (40, None)


def test_a_credit_memo_goes_to_several_invoices_and_the_rest_to_none():
    made = world("credit_notes", sold("9", "115.00", tax="15.00"))
    made.put(
        "payments", settles("5", "2026-03-09", ("Invoice", "a", "46"), ("CreditMemo", "9", "46")),
        settles("6", "2026-03-10", ("Invoice", "b", "123"), ("CreditMemo", "9", "23")), key="Id",
    )  # fmt: skip
    found = made.documents("credit_notes")
    assert {key: (one.amount, one.credits) for key, one in found.items()} == {
        "9#1": (-40, "a"), "9#2": (-20, "b"), "9#3": (-40, None),
    }  # fmt: skip
    assert {one.issued_on for one in found.values()} == {date(2026, 3, 1)}
    assert made.codes("credit_notes", "9") == []


def test_a_credit_memo_that_is_used_up_is_one_row():
    made = world("credit_notes", sold("9", "115.00", tax="15.00"))
    made.put("payments", settles("5", "2026-03-09", ("Invoice", "a", "115"), ("CreditMemo", "9", "115")), key="Id")
    found = made.documents("credit_notes")
    assert [(key, one.amount, one.credits) for key, one in found.items()] == [("9", -100, "a")]


def test_rounding_stays_on_the_last_part():
    made = world("credit_notes", sold("9", "100.00"))
    parts = [settles(one, "2026-03-09", ("Invoice", one, "33.33"), ("CreditMemo", "9", "33.33")) for one in "abc"]
    found = made.put("payments", *parts, key="Id").documents("credit_notes")
    assert [one.amount for one in found.values()] == [Decimal(one) for one in ("-33.33", "-33.33", "-33.33", "-0.01")]


def test_two_memos_of_one_payment_share_its_invoices_in_order():
    made = world("credit_notes", sold("8", "30"), sold("9", "50"))
    made.put(
        "payments",
        settles("5", "2026-03-09", ("Invoice", "a", "60"), ("Invoice", "b", "40"), ("CreditMemo", "8", "30"),
                ("CreditMemo", "9", "50")), key="Id",
    )  # fmt: skip
    found = made.documents("credit_notes")
    assert {key: (one.amount, one.credits) for key, one in found.items()} == {
        "8": (-30, "a"), "9#1": (-30, "a"), "9#2": (-20, "b"),
    }  # fmt: skip


def test_an_estimate_is_planned_as_far_as_it_is_not_invoiced():
    made = world("estimates", sold("1", "1000", TxnStatus="Accepted", ExpirationDate="2026-06-30"))
    assert made.documents("estimates")["1"].issued_on == date(2026, 6, 30)
    link = {"LinkedTxn": [{"TxnId": "1", "TxnType": "Estimate"}]}
    made.put("invoices", sold("5", "400", **link), key="Id")
    found = made.documents("estimates")["1"]
    assert (found.amount, [one.amount for one in found.lines]) == (600, [600])
    made.put("invoices", sold("6", "600", **link), key="Id")
    assert made.documents("estimates") == {}


@pytest.mark.parametrize("status", ["Pending", "Rejected", "Closed", "Converted", None])
def test_other_estimates_are_no_plans(status):
    assert world("estimates", sold("1", "1000", TxnStatus=status)).documents("estimates") == {}


def test_an_unknown_status_is_kept_and_counts_for_nothing():
    """G4 for QuickBooks."""
    made = world("estimates", sold("1", "1000", TxnStatus="Countersigned"))
    found = made.documents("estimates")["1"]
    assert (found.state, found.void_on) == ("void", None)
    assert made.codes("estimates", "1") == ["STATUS_UNKNOWN"]
    assert "'Countersigned'" in made.mapped("estimates", "1").problems[0].what


def every(unit, next_on, *, kind="Invoice", key="3", recur="Automated", active=True, amount="500", **more):
    info = {"Active": active, "RecurType": recur, "Name": "Care", "ScheduleInfo": {
        "IntervalType": unit, "NumInterval": 1, "NextDate": next_on, **more,
    }}  # fmt: skip
    body = sold(key, amount, RecurringInfo=info)
    del body["TxnDate"]
    return {kind: body}


def planned(template, *made, day=TODAY, stream="invoices"):
    found = world(stream, *made, day=day)
    body = next(iter(template.values()))
    found.records["templates"] = {body["Id"]: template}
    return found


def days(found):
    return [one.issued_on.isoformat() for one in found.documents("templates").values()]


def test_a_template_plans_24_months_with_its_own_day_of_the_month():
    found = planned(every("Monthly", "2026-05-31", DayOfMonth=31, StartDate="2026-01-31"))
    assert days(found)[:4] == ["2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31"]
    assert days(found)[-1] == "2028-03-31"
    one = found.documents("templates")["3#2026-06-30"]
    assert (one.state, one.kind, one.amount, one.client, one.known_on) == ("planned", "invoice", 500, "7", None)
    assert found.codes("templates", "3") == []


def test_the_31st_comes_back_after_february():
    found = planned(every("Monthly", "2026-02-28", StartDate="2025-10-31"), day=date(2026, 2, 1))
    assert days(found)[:3] == ["2026-02-28", "2026-03-31", "2026-04-30"]


@pytest.mark.parametrize(
    ("unit", "more", "first"),
    [
        ("Daily", {"NumInterval": 10}, ["2026-04-02", "2026-04-12"]),
        ("Weekly", {"NumInterval": 2, "DayOfWeek": "Thursday"}, ["2026-04-02", "2026-04-16"]),
        ("Monthly", {"NumInterval": 3}, ["2026-04-02", "2026-07-02"]),
        ("Monthly", {"WeekOfMonth": 1, "DayOfWeek": "Thursday"}, ["2026-04-02", "2026-05-07"]),
        ("Monthly", {"WeekOfMonth": 5, "DayOfWeek": "Thursday"}, ["2026-04-30", "2026-05-28"]),
        ("Yearly", {}, ["2026-04-02", "2027-04-02"]),
        ("Monthly", {"EndDate": "2026-05-01"}, ["2026-04-02"]),
        ("Monthly", {"StartDate": "2026-02-02", "MaxOccurrences": 4}, ["2026-04-02", "2026-05-02"]),
        ("Weekly", {"StartDate": "2026-03-26", "MaxOccurrences": "3"}, ["2026-04-02", "2026-04-09"]),
    ],
)
def test_schedules(unit, more, first):
    found = days(planned(every(unit, "2026-04-02", **more)))
    assert found[:2] == first
    assert len(found) == len(first) or not more.keys() & {"EndDate", "MaxOccurrences"}


def test_a_next_day_that_has_passed_is_rolled_forward_and_told():
    found = planned(every("Monthly", "2026-01-15"))
    assert days(found)[0] == "2026-04-15"
    assert found.codes("templates", "3") == ["SCHEDULE_STALE"]


def test_an_invoice_takes_the_place_of_its_plan():
    by_name = sold("1", "900", on="2026-04-15", RecurDataRef={"value": "3"})
    alike = sold("2", "500", on="2026-05-17")
    other = sold("4", "500", on="2026-06-15", RecurDataRef={"value": "77"})
    found = planned(every("Monthly", "2026-04-15"), by_name, alike, other)
    assert days(found)[:2] == ["2026-06-15", "2026-07-15"]


@pytest.mark.parametrize(
    ("template", "left_out"),
    [
        (every("Monthly", "2026-05-01", active=False), ""),
        (every("Monthly", "2026-05-01", recur="UnScheduled"), ""),
        (every("Monthly", None), ""),
        (every("Monthly", "2026-05-01", kind="Bill"), "templates of other documents"),
    ],
)
def test_no_plans(template, left_out):
    found = planned(template)
    assert days(found) == []
    assert found.mapped("templates", "3").left_out == left_out


@pytest.mark.parametrize(
    "template", [every("Hourly", "2026-05-01"), every("Monthly", "2026-05-01", recur="Telepathic")]
)
def test_a_schedule_that_nobody_knows_is_told(template):
    found = planned(template)
    assert days(found) == []
    assert found.codes("templates", "3") == ["STATUS_UNKNOWN"]


def test_recurring_sales_receipts_are_plans_too():
    found = planned(
        every("Monthly", "2026-04-15", kind="SalesReceipt"), sold("2", "500", on="2026-04-15"), stream="receipts"
    )
    assert days(found)[0] == "2026-05-15"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("", "Ada"), ("crew #", "North"), ("class", "Gardens"), ("location", "Main St"), ("sales-rep", "Bo"),
        ("unheard", None),
    ],
)  # fmt: skip
def test_who_sold_it_is_what_the_setting_says(chosen, expected):
    one = sold(
        "1", "100", DepartmentRef={"value": "1", "name": "Main St"}, SalesRepRef={"value": "5", "name": "Bo"},
        CustomField=[{"Name": "Crew #", "StringValue": "North"}, {"Name": "Sales Rep", "StringValue": "Ada"}],
    )  # fmt: skip
    one["Line"][0]["SalesItemLineDetail"]["ClassRef"] = {"value": "2", "name": "Gardens"}
    found = world("invoices", one, settings={"rep": chosen}).documents("invoices")["1"]
    assert found.rep == expected


def test_a_product_lies_under_its_item_or_has_its_type():
    made = world("invoices", sold("1", "100"))
    made.put("products", {"Id": "1", "Name": "Rocks", "Type": "Inventory"}, key="Id")
    assert made.documents("invoices")["1"].lines[0].category == "Inventory"
    made.put("products", {"Id": "1", "Type": "Service", "ParentRef": {"value": "9", "name": "Landscaping"}}, key="Id")
    assert made.documents("invoices")["1"].lines[0].category == "Landscaping"


def test_an_invoice_below_zero_is_a_credit_note():
    found = world("invoices", sold("1", "-20"))
    assert found.documents("invoices")["1"].kind == "credit_note"
    assert found.codes("invoices", "1") == []


def test_an_amount_without_lines_is_one_line():
    one = sold("1", "80") | {"Line": [{"Description": "As agreed", "DetailType": "DescriptionOnly"}]}
    found = world("invoices", one).documents("invoices")["1"]
    assert [(line.product, line.amount) for line in found.lines] == [("As agreed", 80)]
