"""Did we sell more, dearer, or other products? The change of clients who bought in both periods, product by product.

Per product with units q and sales s, before (0) and now (1), and P the average price of all units before:
quantity = (q1 - q0) x P, price = s1 - s0 x q1 / q0, and mix is what is left of s1 - s0, roundings included.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw

from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.money import from_fraction
from cartera.portfolio.amounts import TOTAL, in_currency, is_sales, reporting_currency
from cartera.portfolio.compared import KEPT, Period, compared
from cartera.tongue import say, text

LINE_DIMENSIONS = ("product", "category")  # the columns of the lines that sales can be split by
NOT_KEPT = ("lost", "new", "returned", "corrected", "unattributed")
EFFECTS = ("quantity", "price", "mix", "other")
MONEY = ("amount_before", "lost", "new", "returned", *EFFECTS, "corrected", "unattributed", "amount", "change")
DEFINITIONS = {
    "quantity": text("more or fewer units, each at the average price of all units a year before"),
    "price": text("the same product at another price: this year's units times the change of its price"),
    "mix": text(
        "units gained or lost that were dearer or cheaper than the average, products without a price in one of the"
        " periods included, and what rounding to four decimals leaves"
    ),
    "other": text("of clients who bought in both what lines do not tell: no product, no quantity, or money on no line"),
}
ZERO = Decimal(0)
Key = tuple[str | None, ...]


def prices(facts: Facts, chosen: Period, *, by: Sequence[str] = ("product",)) -> Frame:
    """One row per value of the lines' columns `by`: amount_before; the change due to lost, new and returned clients; of
    the clients in both periods quantity, price, mix and other; corrected, unattributed; amount, change.

    Every row closes. Money on no line, or on lines in a currency to be converted, stands where `by` is null.
    InputError: there are no lines.
    """
    if not facts.gives("lines"):
        fix = "Add a table lines(invoice_id, product, quantity, amount) beside the invoices, or read a file of lines."
        raise InputError(say("there are no lines, so sales cannot be split by product."), fix=fix)
    clients = facts.room.keep(compared(facts, chosen))
    sold = [_Sold.of(row, by) for row in facts.room.rows(_lines(facts, chosen, clients, by))]
    totals = {row["part"]: row for row in facts.room.rows(_totals(clients))}
    table = {(None,) * len(by): dict.fromkeys(MONEY, ZERO)} | {one.key: dict.fromkeys(MONEY, ZERO) for one in sold}
    _add_effects(table, [one for one in sold if one.part == "kept"])
    _add_rest(table, [one for one in sold if one.part != "kept"], totals, sold)
    rows = [(key, row) for key, row in table.items() if any(row.values()) or not by]
    columns: dict[str, list[Any]] = {name: [key[at] for key, _ in rows] for at, name in enumerate(by)}
    columns |= {name: [row[name] for _, row in rows] for name in MONEY}
    return facts.room.table(columns, dict.fromkeys(by, nw.String) | dict.fromkeys(MONEY, TOTAL))


@dataclass
class _Sold:
    """What one part of the clients bought of one product. units: None where a line tells no quantity."""

    key: Key
    part: str
    product: str | None
    money: tuple[Decimal, Decimal]
    units: tuple[Fraction, Fraction] | None
    lines: tuple[int, int] = field(default=(0, 0))

    @classmethod
    def of(cls, row: dict[str, Any], by: Sequence[str]) -> _Sold:
        units = (Fraction(row["quantity_before"] or 0), Fraction(row["quantity_now"] or 0))
        known = row["product"] is not None and not row["unmeasured"]
        money = (row["amount_before"] or ZERO, row["amount"] or ZERO)
        counts = (row["lines_before"], row["lines_now"])
        key = tuple(row[name] for name in by)
        return cls(key, row["part"], row["product"], money, units if known else None, counts)

    @property
    def is_measured(self) -> bool:
        """Whether each period either has units of it or does not have it at all."""
        units = self.units
        return units is not None and all(u > 0 or not n for u, n in zip(units, self.lines, strict=True))


def _lines(facts: Facts, chosen: Period, clients: Frame, by: Sequence[str]) -> Frame:
    """Money and units per part, product and value of `by`, before and now."""
    names = list(dict.fromkeys(("product", *by)))
    lines = facts.lines.select("invoice_id", *names, "quantity", line_amount="amount")
    rows = lines.join(_documents(facts, chosen, clients), on="invoice_id")
    quantity, value, one = nw.col("quantity"), nw.col("line_amount"), nw.lit(1)
    before, now = nw.col("is_before"), nw.col("is_now")
    rows = rows.with_columns(
        amount_before=nw.when(before).then(value), amount=nw.when(now).then(value),
        quantity_before=nw.when(before).then(quantity), quantity_now=nw.when(now).then(quantity),
        lines_before=nw.when(before).then(one).otherwise(nw.lit(0)),
        lines_now=nw.when(now).then(one).otherwise(nw.lit(0)),
        unmeasured=nw.when(quantity.is_null()).then(one).otherwise(nw.lit(0)),
    )  # fmt: skip
    sums = ("amount_before", "amount", "quantity_before", "quantity_now")
    counts = ("lines_before", "lines_now", "unmeasured")
    return rows.group_by("part", *names).agg(
        *(nw.col(name).sum().cast(TOTAL) for name in sums), *(nw.col(name).sum() for name in counts)
    )


def _documents(facts: Facts, chosen: Period, clients: Frame) -> Frame:
    """invoice_id, part, is_before, is_now of the documents whose lines are money as it stands.

    An id that two documents share says of neither which lines are its own.
    """
    ids = facts.invoices.group_by("invoice_id").agg(count=nw.len()).filter(nw.col("count") == 1).select("invoice_id")
    value = in_currency(reporting_currency(facts))
    rows = facts.invoices.filter(is_sales(chosen.until) & (chosen.is_now() | chosen.is_before()))
    rows = rows.filter(value == nw.col("amount")).join(ids, on="invoice_id", how="semi")
    parts = clients.filter(~nw.col("client_id").is_null()).select("client_id", "part")
    rows = rows.join(parts, on="client_id", how="left")
    # A client whose money cancels out in both periods is in no part; its lines cancel out too or stay beside them.
    none = nw.when(nw.col("client_id").is_null()).then(nw.lit("unattributed")).otherwise(nw.lit("corrected"))
    part = nw.when(nw.col("part").is_in(KEPT)).then(nw.lit("kept")).otherwise(nw.coalesce("part", none))
    return rows.select("invoice_id", part=part, is_before=chosen.is_before(), is_now=chosen.is_now())


def _totals(clients: Frame) -> Frame:
    """part, amount_before, amount, the parts of clients in both periods together."""
    part = nw.when(nw.col("part").is_in(KEPT)).then(nw.lit("kept")).otherwise(nw.col("part"))
    sums = (nw.col(name).sum().cast(TOTAL) for name in ("amount_before", "amount"))
    return clients.with_columns(part=part).group_by("part").agg(*sums)


def _add_effects(table: dict[Key, dict[str, Decimal]], kept: list[_Sold]) -> None:
    """Quantity, price and mix of each product, and other where the lines do not tell."""
    measured = [one for one in kept if one.is_measured]
    average = _average_price(measured)
    for one in kept:
        row = table[one.key]
        row["amount_before"] += one.money[0]
        row["amount"] += one.money[1]
        change = one.money[1] - one.money[0]
        if not one.is_measured or one.units is None:
            row["other"] += change
            continue
        quantity, price = from_fraction((one.units[1] - one.units[0]) * average), _price(one)
        row["quantity"] += quantity
        row["price"] += price
        row["mix"] += change - quantity - price


def _average_price(measured: Iterable[_Sold]) -> Fraction:
    """Of all units before; 0 where nothing was sold before."""
    units = sum((one.units[0] for one in measured if one.units), Fraction(0))
    money = sum((Fraction(one.money[0]) for one in measured), Fraction(0))
    return money / units if units else Fraction(0)


def _price(one: _Sold) -> Decimal:
    assert one.units is not None, "only measured products have a price"
    before, now = one.units
    if not (before and now):
        return ZERO
    return from_fraction(Fraction(one.money[1]) - Fraction(one.money[0]) * now / before)


def _add_rest(
    table: dict[Key, dict[str, Decimal]], others: list[_Sold], totals: dict[str, dict[str, Any]], sold: list[_Sold]
) -> None:
    """The other parts, each by its lines, and what is on no line in the row of the unknown value."""
    for one in others:
        _put(table[one.key], one.part, one.money)
    unknown = next(iter(table.values()))
    for part in ("kept", *NOT_KEPT):
        whole = totals.get(part, {"amount_before": ZERO, "amount": ZERO})
        told = [one.money for one in sold if one.part == part]
        left = [whole[name] - sum((m[at] for m in told), ZERO) for at, name in enumerate(("amount_before", "amount"))]
        _put(unknown, "other" if part == "kept" else part, (left[0], left[1]))
    for row in table.values():
        row["change"] = row["amount"] - row["amount_before"]


def _put(row: dict[str, Decimal], part: str, money: tuple[Decimal, Decimal]) -> None:
    row["amount_before"] += money[0]
    row["amount"] += money[1]
    row[part] += money[1] - money[0]
