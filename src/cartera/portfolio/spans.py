"""From when until when does an invoice count, and from when until when is it coming? Half-open spans of days.

The general case: rows may be voided, planned, known early, and taken back by credit notes that may be voided too.
"""

from __future__ import annotations

import narwhals as nw

from cartera.calendar import FIRST_DAY, LAST_DAY
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.calendars import Days, seen_dates
from cartera.portfolio.counting import CREDIT_KEY, is_issued, is_linked_credit, is_planned, is_sale
from cartera.portfolio.policy import AnyPolicy

ROW = [*CREDIT_KEY, "amount"]


def counted_spans(rows: Frame, *carried: str) -> Frame:
    """client_id, issued_on, key_on (= issued_on), from_on, until_on: the days on which an invoice counts.

    rows: invoice rows with `free_from`, `free_until` (see `free_of_credit`). carried: further columns to keep.
    """
    sales = rows.filter(is_sale() & is_issued())
    start, end = nw.max_horizontal("free_from", "issued_on"), nw.min_horizontal("free_until", _void())
    return _spans(sales, nw.col("issued_on"), start, end, carried)


def coming_spans(rows: Frame, facts: Facts, policy: AnyPolicy, days: Days) -> Frame:
    """client_id, issued_on, key_on (= known_on, may be null), from_on, until_on: the days on which it is coming."""
    known_early = is_issued() & (nw.col("known_on") < nw.col("issued_on"))
    ahead = rows.filter(is_sale() & (is_planned() | known_early))
    ahead = ahead.join(seen_dates(facts, policy, days), left_on="issued_on", right_on="base_on")
    start = nw.max_horizontal("free_from", nw.col("known_on").fill_null(FIRST_DAY), "seen_from")
    end = nw.min_horizontal("free_until", "issued_on", _void())
    return _spans(ahead, nw.col("known_on"), start, end)


def free_of_credit(rows: Frame, facts: Facts) -> Frame:
    """The invoice rows with `free_from`, `free_until`: spans in which the linked credit notes do not reach the amount.

    A row without credit notes comes once, free for ever; a credited one comes once per span.
    """
    notes = rows.filter(is_linked_credit()).select(
        nw.col("credits").alias("invoice_id"), "client_id", "currency", "issued_on", "void_on",
        value=nw.lit(0) - nw.col("amount"),
    )  # fmt: skip
    notes = facts.room.keep(notes)
    end = nw.lit(FIRST_DAY).alias("free_from"), nw.lit(LAST_DAY).alias("free_until")
    if not facts.room.rows(notes.head(1)):
        return rows.with_columns(*end)
    sales = rows.filter(is_sale() & is_issued()).select(*ROW).unique(ROW)
    free = _free_spans(notes, sales, facts)
    rows = rows.join(free, on=ROW, how="left")
    return rows.with_columns(
        free_from=nw.col("free_from").fill_null(FIRST_DAY), free_until=nw.col("free_until").fill_null(LAST_DAY)
    )


def _free_spans(notes: Frame, sales: Frame, facts: Facts) -> Frame:
    """Per credited invoice: the spans in which the running sum of what stands against it stays below its amount."""
    stands = nw.col("void_on").is_null() | (nw.col("void_on") > nw.col("issued_on"))
    linked = facts.room.keep(sales.join(notes.filter(stands), on=CREDIT_KEY))
    nothing = nw.lit(0).cast(nw.Decimal(18, 4))
    steps = nw.concat([
        linked.select(*ROW, nw.col("issued_on").alias("on"), nw.col("value").cast(nw.Decimal(18, 4)).alias("value")),
        linked.filter(~nw.col("void_on").is_null()).select(
            *ROW, nw.col("void_on").alias("on"), (nw.lit(0) - nw.col("value")).cast(nw.Decimal(18, 4)).alias("value")
        ),
        linked.select(*ROW, nw.lit(FIRST_DAY).alias("on"), nothing.alias("value")),
    ])  # fmt: skip
    steps = steps.group_by(*ROW, "on").agg(nw.col("value").sum())
    steps = steps.with_columns(
        against=nw.col("value").cum_sum().over(*ROW, order_by="on"),
        free_until=nw.col("on").shift(-1).over(*ROW, order_by="on"),
    )
    return steps.filter(nw.col("against") < nw.col("amount")).select(
        *ROW, nw.col("on").alias("free_from"), nw.col("free_until").fill_null(LAST_DAY)
    )


def _void() -> nw.Expr:
    return nw.col("void_on").fill_null(LAST_DAY)


def _spans(rows: Frame, key: nw.Expr, start: nw.Expr, end: nw.Expr, carried: tuple[str, ...] = ()) -> Frame:
    spans = rows.select("client_id", "issued_on", *carried, key_on=key, from_on=start, until_on=end)
    return spans.filter(nw.col("from_on") < nw.col("until_on")).unique()
