"""What has the pretended firm written by a day? Its invoices and what became of them, always the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from cartera.calendar import add_days, add_months
from cartera.sources.xero import firm
from cartera.sources.xero.books import Books, dated, made_id, net_day
from cartera.sources.xero.drawn import ADVANCE, at, contact, document
from cartera.sources.xero.firm import House
from cartera.sources.xero.sold import Sale, sell

NOON = time(12)
PREPARED, TERMS = 12, 14  # days before its date on which an invoice is drafted; until it is due
QUOTED_EVERY, VALID = 6, 2  # months
ANSWERED, INVOICED = 20, 150  # days
OUTCOMES = ("ACCEPTED", "DECLINED", "ACCEPTED", "SENT")


def generated(day: date) -> Books:
    """The firm's books as they are at noon of a day; those of a later day hold all of this, and what came since."""
    books = Books(
        datetime.combine(day, NOON, UTC), firm.NAME, firm.CURRENCY, firm.COUNTRY, firm.ZONE, made_id("tenant")
    )
    houses = firm.houses()
    everyone = [house for house in houses if _met(house) <= day]
    books.put_all("Items", map(_item, firm.ITEMS))
    books.put_all("Contacts", (contact(house, _met(house)) for house in everyone))
    for serial, (on, number) in enumerate(sorted(_sales(everyone, day)), 1):
        sell(books, Sale(houses[number], on, serial), day)
    for house in everyone:
        _repeat(books, house, day)
        _quote(books, house, day)
    _beside(books)
    return books


def _met(house: House) -> date:
    """The day on which somebody wrote the contact down: before the first invoice."""
    return add_days(add_months(firm.START, house.begins), -ADVANCE)


def _sales(everyone: list[House], day: date) -> Iterator[tuple[date, int]]:
    """The day of every invoice, and whose it is; drafts of the next days as well."""
    for house in everyone:
        until = add_days(day, 0 if house.is_repeating or house.number % 3 else PREPARED)
        yield from ((on, house.number) for on in _days(house) if on <= until)


def _days(house: House) -> Iterator[date]:
    """The days of its invoices, for ten years."""
    start = firm.START.replace(day=house.day)
    last = house.ends if house.ends is not None else 120
    return (add_months(start, month) for month in range(house.begins, last + 1, house.gap))


def _repeat(books: Books, house: House, day: date) -> None:
    """The template of a client that is invoiced by one."""
    following = next((on for on in _days(house) if on > day), None)
    if not house.is_repeating or following is None:
        return
    schedule = {
        "Period": house.gap, "Unit": "MONTHLY", "DueDate": TERMS, "DueDateType": "DAYSAFTERBILLDATE",
        "StartDate": net_day(next(_days(house))), "NextScheduledDate": net_day(following),
    }  # fmt: skip
    own = {"RepeatingInvoiceID": made_id("template", house.number), "Type": "ACCREC", "Status": "AUTHORISED"}
    books.put("RepeatingInvoices", document(house, "template") | own | {"Schedule": schedule})


def _quote(books: Books, house: House, day: date) -> None:
    """What was offered to every fourth client, twice a year, and what it said."""
    if house.number % 4 != 1:
        return
    for place in range(20):
        on = add_days(add_months(firm.START, house.begins + 2 + QUOTED_EVERY * place), house.day)
        if on > day:
            return
        status, changed = _answer(OUTCOMES[(house.number // 4 + place) % len(OUTCOMES)], on, day)
        own = dated("Date", on) | dated("ExpiryDate", add_months(on, VALID))
        own |= {
            "QuoteID": made_id("quote", house.number, place), "QuoteNumber": f"QU-{house.number:02}{place:02}",
            "Status": status, "Title": "Offer", "UpdatedDateUTC": at(changed, house.number),
        }  # fmt: skip
        made = document(house, f"quote {place}")
        books.put("Quotes", made | own | {"LineAmountTypes": made["LineAmountTypes"].upper()})


def _answer(outcome: str, on: date, day: date) -> tuple[str, date]:
    """The state of a quote by a day, and since when."""
    steps = ((INVOICED, "INVOICED"), (ANSWERED, outcome)) if outcome == "ACCEPTED" else ((ANSWERED, outcome),)
    for days, status in steps:
        if add_days(on, days) <= day:
            return status, add_days(on, days)
    return "SENT", on


def _beside(books: Books) -> None:
    """What is in any books and none of ours: a supplier with a bill and its credit note, an invoice thrown away."""
    supplier = {"ContactID": made_id("supplier"), "Name": "Brightwater Energy", "ContactStatus": "ACTIVE"}
    since = at(firm.START, 1)
    books.put("Contacts", supplier | {"IsSupplier": True, "IsCustomer": False, "UpdatedDateUTC": since})
    own: dict[str, Any] = {
        "Contact": supplier, "LineItems": [], "LineAmountTypes": "Exclusive", "SubTotal": Decimal("90.00"),
        "TotalTax": Decimal("18.00"), "Total": Decimal("108.00"), "CurrencyCode": firm.CURRENCY, "Status": "AUTHORISED",
        "UpdatedDateUTC": since, **dated("Date", firm.START),
    }  # fmt: skip
    books.put("Invoices", own | {"Type": "ACCPAY", "InvoiceID": made_id("bill"), "InvoiceNumber": "8812"})
    books.put("CreditNotes", own | {"Type": "ACCPAYCREDIT", "CreditNoteID": made_id("bill credit")})
    books.put("Invoices", own | {"Type": "ACCREC", "InvoiceID": made_id("slip"), "Status": "DELETED"})
    books.put("Overpayments", own | {"Type": "SPEND-OVERPAYMENT", "OverpaymentID": made_id("over"), "Allocations": []})


def _item(item: tuple[str, str, int]) -> dict[str, Any]:
    code, name, price = item
    return {
        "ItemID": made_id("item", code), "Code": code, "Name": name, "IsSold": True, "IsPurchased": False,
        "SalesDetails": {"UnitPrice": Decimal(price), "AccountCode": "200"}, "UpdatedDateUTC": at(firm.START, 0),
    }  # fmt: skip
