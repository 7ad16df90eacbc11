"""Which rows count on a day? An invoice that counts, one that is coming, a credit note that takes one back, and `born`."""

from __future__ import annotations

from datetime import date

import narwhals as nw

from cartera.facts.tables import Facts, Frame

CREDIT_KEY = ["invoice_id", "client_id", "currency"]


def is_sale() -> nw.Expr:
    """An invoice of a positive amount; credit notes, zero and unknown amounts are none."""
    return (nw.col("amount") > 0) & (nw.col("kind") == "invoice")


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
    """The invoice rows that belong to a client."""
    return facts.invoices.filter(~nw.col("client_id").is_null())


def with_counted(facts: Facts, day: date) -> Frame:
    """The attributed rows with `counts` (a counted invoice on `day`, whatever its date) and `is_plan`."""
    rows = attributed(facts)
    sale = is_sale() & is_issued() & stands(day)
    credited = _credited(facts, rows, day)
    if credited is not None:
        rows = rows.join(credited, on=CREDIT_KEY, how="left")
        sale = sale & (nw.col("credited").is_null() | (nw.col("credited") < nw.col("amount")))
    return rows.with_columns(
        counts=sale, is_plan=is_planned() & (nw.col("amount") > 0) & (nw.col("kind") == "invoice") & stands(day)
    )


def is_coming(day: date, horizon_end: date) -> nw.Expr:
    """Dated after `day`, within the horizon, and known on `day`. Wants the columns of `with_counted`."""
    ahead = (nw.col("issued_on") > day) & (nw.col("issued_on") <= horizon_end)
    known = nw.col("known_on") <= day
    # A plan without known_on is known on every day; an issued invoice without it, from its issue date.
    return ahead & ((nw.col("counts") & known) | (nw.col("is_plan") & (known | nw.col("known_on").is_null())))


def born_part() -> nw.Expr:
    """The earliest day on which one row shows that its client exists, or null."""
    issued = is_sale() & is_issued()
    on_issue = nw.when(issued).then(nw.col("issued_on"))
    known = nw.when((issued | is_planned()) & is_sale()).then(nw.col("known_on"))
    return nw.min_horizontal(on_issue, known)


def _credited(facts: Facts, rows: Frame, day: date) -> Frame | None:
    """What linked credit notes take back by `day`, per invoice; None when there is none: most portfolios skip a join."""
    notes = rows.filter(is_linked_credit() & stands(day) & (nw.col("issued_on") <= day)).select(
        nw.col("credits").alias("invoice_id"), "client_id", "currency", (nw.lit(0) - nw.col("amount")).alias("credited")
    )
    kept = facts.room.keep(notes)
    if not facts.room.rows(kept.head(1)):
        return None
    return kept.group_by(CREDIT_KEY).agg(nw.col("credited").sum())
