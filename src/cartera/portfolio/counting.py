"""Which rows count on a day? Invoices that count, those that are coming, credit notes that take one back, `born`."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.calendar import FIRST_DAY
from cartera.facts.tables import Facts, Frame

CREDIT_KEY = ["invoice_id", "client_id", "currency"]


def is_sale() -> nw.Expr:
    """An invoice of a positive amount; credit notes, zero and unknown amounts are none."""
    return (nw.col("amount") > 0) & (nw.col("kind") == "invoice")


def sells(facts: Facts) -> nw.Expr:
    """`is_sale`; where no kind was given, by the amount alone."""
    return is_sale() if facts.gives("invoices.kind") else nw.col("amount") > 0


def is_issued() -> nw.Expr:
    """Issued once. A void row that says when it was voided was issued until then; one that does not never was."""
    return (nw.col("state") == "issued") | ((nw.col("state") == "void") & ~nw.col("void_on").is_null())


def is_planned() -> nw.Expr:
    """A planned invoice."""
    return nw.col("state") == "planned"


def stands(day: date) -> nw.Expr:
    """Not voided or dropped by `day`."""
    return nw.col("void_on").is_null() | (nw.col("void_on") > day)


def is_linked_credit() -> nw.Expr:
    """A credit note that names the invoice it corrects; one of a positive amount credits nothing."""
    return ~nw.col("credits").is_null() & (nw.col("kind") == "credit_note") & (nw.col("amount") < 0) & is_issued()


def attributed(facts: Facts) -> Frame:
    """The invoice rows that belong to a client and have a date; the empty date of some programs is none."""
    return facts.invoices.filter(~nw.col("client_id").is_null() & (nw.col("issued_on") >= FIRST_DAY))


def sales_and_plans(facts: Facts, day: date) -> Frame:
    """The attributed sales and plans with `counts` (a counted invoice on `day`, whatever its date) and `is_plan`."""
    return _judged(attributed(facts).filter(is_sale()), facts, day)


def documents(facts: Facts, day: date) -> Frame:
    """Every attributed row, credit notes too, with `counts` and `is_plan`: for a question that also sums money, in one
    pass.
    """
    own = sells(facts)
    rows = _judged(attributed(facts), facts, day)
    return rows.with_columns(counts=nw.col("counts") & own, is_plan=nw.col("is_plan") & own)


def _judged(rows: Frame, facts: Facts, day: date) -> Frame:
    # A condition on a column that was never given would be evaluated for every row: engines do not see it is constant.
    states, voids = facts.gives("invoices.state"), facts.gives("invoices.void_on")
    standing = stands(day) if voids else nw.lit(value=True)
    counts = (is_issued() & standing) if states else standing
    plan = (is_planned() & standing) if states else nw.lit(value=False)
    credited = _credited(facts, day)
    if credited is not None:
        rows = rows.join(credited, on=CREDIT_KEY, how="left")
        counts = counts & (nw.col("credited").is_null() | (nw.col("credited") < nw.col("amount")))
    return rows.with_columns(counts=counts, is_plan=plan)


def is_coming(facts: Facts, day: date, horizon_end: date) -> nw.Expr:
    """Dated after `day`, within the horizon, and known on `day`. Wants the columns of `sales_and_plans`."""
    if not facts.gives("invoices.state", "invoices.known_on"):
        return nw.lit(value=False)
    ahead = (nw.col("issued_on") > day) & (nw.col("issued_on") <= horizon_end)
    known = nw.col("known_on") <= day
    # A plan without known_on is known on every day; an issued invoice without it, from its issue date.
    return ahead & ((nw.col("counts") & known) | (nw.col("is_plan") & (known | nw.col("known_on").is_null())))


def born_part(facts: Facts) -> nw.Expr:
    """The earliest day on which a sale or plan shows that its client exists, or null."""
    if not facts.gives("invoices.state", "invoices.known_on"):
        return nw.col("issued_on")
    on_issue = nw.when(is_issued()).then(nw.col("issued_on"))
    known = nw.when(is_issued() | is_planned()).then(nw.col("known_on"))
    return nw.min_horizontal(on_issue, known)


def _credited(facts: Facts, day: date) -> Frame | None:
    """What linked credit notes take back by `day`, per invoice; None when there is none: most skip a join."""
    if not facts.gives("invoices.credits"):
        return None
    notes = (
        attributed(facts)
        .filter(is_linked_credit() & stands(day) & (nw.col("issued_on") <= day))
        .select(
            nw.col("credits").alias("invoice_id"),
            "client_id",
            "currency",
            (nw.lit(0) - nw.col("amount")).alias("credited"),
        )
    )
    kept = facts.room.keep(notes)
    if not facts.room.rows(kept.head(1)):
        return None
    return kept.group_by(CREDIT_KEY).agg(nw.col("credited").sum())
