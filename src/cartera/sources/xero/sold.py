"""What becomes of an invoice of the pretended firm? Paid, credited, prepaid, voided or none of it, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from cartera.calendar import add_days
from cartera.sources.xero.books import Books, dated, made_id, net_day
from cartera.sources.xero.drawn import CENT, NOTHING, at, document
from cartera.sources.xero.firm import House

TERMS = 14  # days
DRAFTED = 12  # days before its date
CREDITED, VOIDED = 12, 3  # days after it
# Every so many invoices: a credit note (of the whole, every other time), a void, a payment made before, none at all.
CREDITS, VOIDS, PREPAYMENTS, UNPAID = 23, 61, 37, 43


@dataclass(frozen=True)
class Sale:
    """One invoice. serial: of all invoices, by day."""

    house: House
    on: date
    serial: int

    @cached_property
    def key(self) -> str:
        """Its id."""
        return made_id("invoice", self.house.number, self.on)

    @property
    def number(self) -> str:
        """Given when it is issued."""
        return f"INV-{self.serial:04}"

    @cached_property
    def made(self) -> dict[str, Any]:
        """What stands on it."""
        return document(self.house, f"invoice {self.on}")

    @cached_property
    def fate(self) -> tuple[str, date]:
        """What becomes of it in the end, and when."""
        for every, word, days in ((VOIDS, "void", VOIDED), (PREPAYMENTS, "prepaid", 0), (UNPAID, "owed", 0)):
            if self.serial % every == 0:
                return word, add_days(self.on, days)
        return "paid", add_days(self.on, self.house.lag)

    @property
    def credit(self) -> Decimal:
        """What is credited of it, tax included."""
        if self.serial % CREDITS or self.fate[0] != "paid":
            return NOTHING
        total: Decimal = self.made["Total"]
        return total if self.serial % (2 * CREDITS) == 0 else (total / 4).quantize(CENT)


def sell(books: Books, sale: Sale, day: date) -> None:
    """The invoice as it is on a day, with the records that settle it."""
    own: dict[str, Any] = {name: [] for name in ("Payments", "CreditNotes", "Prepayments", "Overpayments")}
    (word, ends), total, changed = sale.fate, sale.made["Total"], sale.on
    credited = paid = NOTHING
    if sale.credit and (credited_on := add_days(sale.on, CREDITED)) <= day:
        credited, changed, own["CreditNotes"] = sale.credit, credited_on, [_credit(books, sale, credited_on)]
    if word == "prepaid" and sale.on <= day:
        credited, own["Prepayments"] = total, [_prepay(books, sale)]
    if word == "paid" and ends <= day and sale.credit < total:
        paid, changed, own["Payments"] = total - sale.credit, max(changed, ends), [_pay(books, sale, ends)]
    is_void = word == "void" and ends <= day
    due = NOTHING if is_void else total - credited - paid
    if sale.on > day:
        status, changed = "DRAFT", add_days(sale.on, -DRAFTED)
    else:
        status = "VOIDED" if is_void else "AUTHORISED" if due else "PAID"
    own |= {"FullyPaidOnDate": net_day(changed)} if status == "PAID" else {}
    own |= {"RepeatingInvoiceID": made_id("template", sale.house.number)} if sale.house.is_repeating else {}
    books.put("Invoices", sale.made | own | dated("Date", sale.on) | dated("DueDate", add_days(sale.on, TERMS)) | {
        "Type": "ACCREC", "InvoiceID": sale.key, "InvoiceNumber": sale.number if sale.on <= day else "",
        "Reference": "", "Status": status, "AmountDue": due, "AmountPaid": paid, "AmountCredited": credited,
        "UpdatedDateUTC": at(max(changed, ends) if is_void else changed, sale.serial),
    })  # fmt: skip


def _pay(books: Books, sale: Sale, on: date) -> dict[str, Any]:
    """The payment, and what the invoice says of it."""
    told = {"PaymentID": made_id("payment", sale.key), "Date": net_day(on), "Amount": sale.made["Total"] - sale.credit}
    books.put("Payments", told | {
        "PaymentType": "ACCRECPAYMENT", "Status": "AUTHORISED", "HasAccount": True, "IsReconciled": True,
        "Invoice": {"Type": "ACCREC", "InvoiceID": sale.key, "InvoiceNumber": sale.number},
        "UpdatedDateUTC": at(on, sale.serial),
    })  # fmt: skip
    return told


def _applied(sale: Sale, amount: Decimal, on: date) -> list[dict[str, Any]]:
    return [{"Amount": amount, "Date": net_day(on), "Invoice": {"InvoiceID": sale.key}, "IsDeleted": False}]


def _credit(books: Books, sale: Sale, on: date) -> dict[str, Any]:
    """The credit note, applied to its invoice, and what the invoice says of it."""
    key, total = made_id("credit note", sale.key), sale.credit
    told = {"CreditNoteID": key, "CreditNoteNumber": f"CN-{sale.serial:04}"}
    tax = (sale.made["TotalTax"] * total / sale.made["Total"]).quantize(CENT)
    gross = total if sale.house.is_inclusive else total - tax
    line = sale.made["LineItems"][0] | {"TaxAmount": tax, "LineAmount": gross, "UnitAmount": gross}
    books.put("CreditNotes", sale.made | dated("Date", on) | told | {
        "Type": "ACCRECCREDIT", "Status": "PAID", "LineItems": [line], "SubTotal": total - tax, "TotalTax": tax,
        "Total": total, "RemainingCredit": NOTHING, "Allocations": _applied(sale, total, on),
        "FullyPaidOnDate": net_day(on), "UpdatedDateUTC": at(on, sale.serial),
    })  # fmt: skip
    return told | {"AppliedAmount": total}


def _prepay(books: Books, sale: Sale) -> dict[str, Any]:
    """Money that came before the invoice, applied to it on its day."""
    key, total = made_id("prepayment", sale.key), sale.made["Total"]
    books.put("Prepayments", sale.made | dated("Date", add_days(sale.on, -5)) | {
        "PrepaymentID": key, "Type": "RECEIVE-PREPAYMENT", "Status": "PAID", "RemainingCredit": NOTHING,
        "Allocations": _applied(sale, total, sale.on), "UpdatedDateUTC": at(sale.on, sale.serial),
    })  # fmt: skip
    return {"PrepaymentID": key, "AppliedAmount": total, "Date": net_day(sale.on)}
