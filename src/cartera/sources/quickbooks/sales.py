"""What does one sale of the pretended company look like? An invoice as it is on a day, and what pays or corrects it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from cartera.calendar import add_days
from cartera.sources.quickbooks.books import ZONE

ITEMS = (
    ("Garden care", "Service", "Care"), ("Irrigation", "Service", "Care"), ("Planting", "Service", "Projects"),
    ("Stonework", "Service", "Projects"), ("Plants", "Inventory", ""), ("Rocks", "Inventory", ""),
)  # fmt: skip
CENT, TAX = Decimal("0.01"), Decimal("0.08")
CAD = Decimal("0.735")  # home currency for one foreign unit
VOIDED_AFTER, CREDITED_AFTER = 3, 12  # days
Settling = tuple[str, dict[str, Any], date]
Row = dict[str, Any]


@dataclass(frozen=True)
class Sale:
    """The count-th sale to the client at a place. pays: days until it is paid."""

    place: int
    count: int
    on: date
    net: int
    rep: str
    currency: str = "USD"
    pays: int = 25

    @property
    def key(self) -> str:
        """Of the invoice; the keys after it are those of what belongs to it."""
        return str((self.place + 1) * 100_000 + self.count * 10)

    @property
    def void_on(self) -> date | None:
        """One in 17 is entered by mistake."""
        return add_days(self.on, VOIDED_AFTER) if self.count % 17 == 16 else None

    @property
    def credit_on(self) -> date | None:
        """One in nine is complained about."""
        return add_days(self.on, CREDITED_AFTER) if self.count % 9 == 4 and self.void_on is None else None

    @property
    def paid_on(self) -> date | None:
        """One in 14 is never paid."""
        is_paid = self.count % 14 != 13 and self.void_on is None
        return add_days(self.on, max(self.pays, CREDITED_AFTER + 1)) if is_paid else None


def at(on: date) -> datetime:
    """The moment at which things of a day are entered."""
    return datetime.combine(on, time(6), ZONE)


def ref(kind: str, key: str) -> dict[str, str]:
    """A link to a transaction."""
    return {"TxnId": key, "TxnType": kind}


def sold(sale: Sale, day: date) -> tuple[Row, date]:
    """The invoice as it is on a day, and the day of its last change."""
    lines, net, tax = _lines(sale)
    total = net + tax
    paid = _credit(sale)[1] if _has_come(sale.credit_on, day) else Decimal(0)
    paid = total if _has_come(sale.paid_on, day) else paid
    row = _row(sale, lines, net, tax) | {"DueDate": str(add_days(sale.on, 30)), "Balance": total - paid}
    if _has_come(sale.void_on, day):
        empty = [{**line, "Amount": 0} for line in lines if "GroupLineDetail" not in line]
        row |= {
            "PrivateNote": "Voided",
            "TotalAmt": 0,
            "HomeTotalAmt": 0,
            "Balance": 0,
            "Line": empty,
            "TxnTaxDetail": {"TotalTax": 0},
        }
    changes = (sale.void_on, sale.credit_on, sale.paid_on)
    return row, max(one for one in (sale.on, *changes) if one is not None and one <= day)


def settled(sale: Sale, day: date) -> Iterator[Settling]:
    """The payment, and the credit memo with the payment of 0 that applies it, as far as they have come on a day."""
    total, key = _row(sale, *_lines(sale))["TotalAmt"], int(sale.key)
    memo, credit = _credit(sale)
    if _has_come(sale.credit_on, day):
        yield (
            "CreditMemo",
            memo | {"Id": str(key + 2), "TxnDate": str(sale.credit_on), "Balance": 0},
            _day(sale.credit_on),
        )
        applied = (("Invoice", sale.key, credit), ("CreditMemo", str(key + 2), credit))
        yield "Payment", _payment(sale, key + 3, sale.credit_on, 0, applied), _day(sale.credit_on)
    if _has_come(sale.paid_on, day):
        left = total - credit if sale.credit_on else total
        yield "Payment", _payment(sale, key + 1, sale.paid_on, left, (("Invoice", sale.key, left),)), _day(sale.paid_on)


def template(sale: Sale, key: str, start_on: date) -> Row:
    """The template of a sale that comes every month, with its next day."""
    body = _row(sale, *_lines(sale)) | {"Id": key}
    del body["TxnDate"], body["DocNumber"]
    told = {"IntervalType": "Monthly", "NumInterval": 1, "DayOfMonth": start_on.day, "StartDate": str(start_on),
            "NextDate": str(sale.on)}  # fmt: skip
    return body | {
        "RecurringInfo": {"Name": f"Monthly {key}", "Active": True, "RecurType": "Automated", "ScheduleInfo": told}
    }


def _has_come(on: date | None, day: date) -> bool:
    return on is not None and on <= day


def _day(on: date | None) -> date:
    assert on is not None
    return on


def _credit(sale: Sale) -> tuple[Row, Decimal]:
    """A credit memo over a fifth of the sale, and its total."""
    net = (Decimal(sale.net) / 5).quantize(CENT)
    lines = [_item(1, sale.count, net), _sub_total(net)]
    row = _row(sale, lines, net, (net * TAX).quantize(CENT)) | {"DocNumber": f"C{sale.key}"}
    return row, row["TotalAmt"]


def _payment(sale: Sale, key: int, on: date | None, total: Decimal | int, parts: Any) -> Row:
    lines = [{"Amount": amount, "LinkedTxn": [ref(kind, one)]} for kind, one, amount in parts]
    return {"Id": str(key), "TxnDate": str(on), "TotalAmt": total, "Line": lines, **_whose(sale)}


def _whose(sale: Sale) -> Row:
    return {"CustomerRef": {"value": str(sale.place + 1)}, "CurrencyRef": {"value": sale.currency}}


def _row(sale: Sale, lines: list[Row], net: Decimal, tax: Decimal) -> Row:
    """What every sales document holds."""
    found = {
        "Id": sale.key, "DocNumber": str(1000 + sale.count), "TxnDate": str(sale.on), "Line": lines,
        "TxnTaxDetail": {"TotalTax": tax}, "TotalAmt": net + tax, **_whose(sale),
        "CustomField": [{"DefinitionId": "1", "Name": "Sales Rep", "Type": "StringType", "StringValue": sale.rep}],
    }  # fmt: skip
    if sale.currency != "USD":
        found |= {"ExchangeRate": CAD, "HomeTotalAmt": ((net + tax) * CAD).quantize(CENT)}
    return found


def _lines(sale: Sale) -> tuple[list[Row], Decimal, Decimal]:
    """Lines, net and tax: care and material, every fifth time as a bundle, every fourth with 10 % off."""
    worth = Decimal(sale.net + 7 * (sale.count % 6))
    first = (worth * 7 / 10).quantize(CENT)
    items = [_item(1, sale.place, first), _item(2, sale.count + 3, worth - first)]
    if sale.count % 5 == 3:
        about = {"GroupItemRef": {"value": "24", "name": "Season package"}, "Quantity": 1, "Line": items}
        items = [{"Id": "9", "Amount": 0, "DetailType": "GroupLineDetail", "GroupLineDetail": about}]
    off = (worth / 10).quantize(CENT) if sale.count % 4 == 2 else Decimal(0)
    discount = [{"Amount": off, "DetailType": "DiscountLineDetail", "DiscountLineDetail": {"PercentBased": True}}]
    net = worth - off
    return [*items, _sub_total(worth), *(discount if off else [])], net, (net * TAX).quantize(CENT)


def _item(place: int, key: int, amount: Decimal) -> Row:
    item = key % len(ITEMS)
    about = {"ItemRef": {"value": str(item + 1), "name": ITEMS[item][0]}, "Qty": 1, "UnitPrice": amount}
    return {"Id": str(place), "LineNum": place, "Amount": amount, "DetailType": "SalesItemLineDetail",
            "SalesItemLineDetail": about}  # fmt: skip


def _sub_total(amount: Decimal) -> Row:
    return {"Amount": amount, "DetailType": "SubTotalLineDetail", "SubTotalLineDetail": {}}
