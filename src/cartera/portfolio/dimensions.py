"""By what can a portfolio be cut? Any column of the clients, or of the invoices: then the latest counted invoice says.

A client's rep is its own when the clients table names one, else that of its latest counted invoice, which changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import narwhals as nw

from cartera.calendar import FIRST_DAY, LAST_DAY
from cartera.errors import InputError, UnknownNameError
from cartera.facts.schema import schema
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.counting import attributed, is_issued, is_sale, sales_and_plans
from cartera.portfolio.spans import counted_spans, free_of_credit
from cartera.tongue import say

NO_DIMENSION = {
    "client_id", "invoice_id", "kind", "state", "issued_on", "known_on", "void_on", "due_on", "paid_on", "amount",
    "base_amount", "open_amount", "credits", "number", "created_on",
}  # fmt: skip


def dimension_names(facts: Facts) -> list[str]:
    """The columns that a portfolio of these facts can be cut by."""
    both = [*facts.clients.collect_schema().names(), *facts.invoices.collect_schema().names()]
    return [name for name in dict.fromkeys(both) if name not in NO_DIMENSION]


def dimensions(facts: Facts, names: Sequence[str], *, day: date) -> Frame:
    """client_id and one text column per name, as on `day`; null where nobody said. Clients in no table are absent."""
    check_names(facts, names)
    rows = _everyone(facts)
    for name in names:
        rows = rows.join(_values(facts, name, day), on="client_id", how="left")
    return rows


def dimension_spans(facts: Facts, name: str) -> Frame:
    """client_id, value, from_on, until_on: which value holds on which days, for ever where the client's own is given.

    Days on which nothing is known are in no span.
    """
    check_names(facts, [name])
    first, last = nw.lit(FIRST_DAY), nw.lit(LAST_DAY)
    fixed = _fixed(facts, name)
    if not _is_invoiced(facts, name):
        return fixed.select("client_id", "value", from_on=first, until_on=last)
    steps = _steps(facts, name).join(fixed, on="client_id", how="anti")
    return nw.concat([fixed.select("client_id", "value", from_on=first, until_on=last), steps])


def filtered(facts: Facts, where: Sequence[tuple[str, str]], *, day: date) -> Facts:
    """The facts of the clients whose dimensions have these values on `day`; values of one name are either-or."""
    if not where:
        return facts
    ids = facts.room.keep(clients_where(facts, where, day=day))
    return replace(
        facts,
        clients=facts.clients.join(ids, on="client_id", how="semi"),
        invoices=facts.invoices.join(ids, on="client_id", how="semi"),
        marks=facts.marks.join(ids, on="client_id", how="semi"),
    )


def clients_where(facts: Facts, where: Sequence[tuple[str, str]], *, day: date) -> Frame:
    """client_id of the clients whose dimensions have these values on `day`; values of one name are either-or,
    and an empty one is of the clients of whom nobody says.
    """
    names = list(dict.fromkeys(name for name, _ in where))
    chosen = dimensions(facts, [n for n in names if n != "client_id"], day=day)
    for name in names:
        values = [value for n, value in where if n == name]
        unknown = nw.col(name).is_null() if "" in values else nw.lit(value=False)
        chosen = chosen.filter(nw.col(name).is_in(values) | unknown)
    return chosen.select("client_id")


def check_names(facts: Facts, names: Sequence[str]) -> None:
    """Refuse a name that is no dimension of these facts, with the nearest that is."""
    valid = [*dimension_names(facts), "client_id", "name"]
    for name in names:
        if name not in valid:
            raise UnknownNameError("column", name, valid[:-2])


def refuse_names(names: Sequence[str], taken: Sequence[str]) -> None:
    """Refuse to cut by a column of the user's that is called like a column of the answer."""
    for name in names:
        if name in taken and name == "client_id":
            raise InputError(
                say("cannot split by 'client_id': every client would stand alone."),
                fix=say("Split by name, or ask for some clients alone."),
            )
        if name in taken:
            raise InputError(
                say("cannot split by {name}: the answer has a column of that name itself.", name=repr(name)),
                fix=say("Rename the column in the source, for example to client_{name}.", name=name),
            )


def _everyone(facts: Facts) -> Frame:
    return nw.concat([facts.clients.select("client_id"), attributed(facts).select("client_id")]).unique()


def _values(facts: Facts, name: str, day: date) -> Frame:
    fixed = _fixed(facts, name)
    if not _is_invoiced(facts, name):
        return fixed.select("client_id", nw.col("value").alias(name))
    rows = sales_and_plans(facts, day).filter(nw.col("counts") & (nw.col("issued_on") <= day) & ~nw.col(name).is_null())
    latest = _latest(rows.select("client_id", key=_key(), value=nw.col(name).cast(nw.String)))
    both = fixed.join(latest, on="client_id", how="full")
    return both.select(
        nw.coalesce("client_id", "client_id_right").alias("client_id"), nw.coalesce("value", "value_right").alias(name)
    )


def _latest(rows: Frame) -> Frame:
    """client_id, value of the row with the greatest key."""
    best = rows.group_by("client_id").agg(key=nw.col("key").max())
    return rows.join(best, on=["client_id", "key"]).group_by("client_id").agg(value=nw.col("value").max())


def _key() -> nw.Expr:
    """What orders invoices in time: the date, then the id for those of one day."""
    return nw.concat_str([nw.col("issued_on").cast(nw.String), nw.col("invoice_id")], separator="|")


def _fixed(facts: Facts, name: str) -> Frame:
    if name not in facts.clients.collect_schema().names():
        return facts.clients.head(0).select("client_id", value=nw.lit(None, nw.String))
    return facts.clients.select("client_id", value=nw.col(name).cast(nw.String)).filter(~nw.col("value").is_null())


def _is_invoiced(facts: Facts, name: str) -> bool:
    """Whether invoices say it where the clients table does not: of a rep row by row, of others as a whole."""
    if name not in facts.invoices.collect_schema().names():
        return False
    if name in schema("clients"):
        return name == "rep" or not facts.gives(f"clients.{name}")
    return name not in facts.clients.collect_schema().names()


def _steps(facts: Facts, name: str) -> Frame:
    """client_id, value, from_on, until_on by the latest counted invoice that names one, credits and voids included."""
    keep = facts.room.keep
    sales = attributed(facts).filter(is_sale() & is_issued() | ~nw.col("credits").is_null())
    free = free_of_credit(sales, facts)
    named = free.filter(~nw.col(name).is_null())
    named = named.with_columns(key=_key(), value=nw.col(name).cast(nw.String))
    spans = keep(counted_spans(named, "key", "value"))
    lasting = (nw.col("until_on") == nw.lit(LAST_DAY)) & (nw.col("from_on") == nw.col("issued_on"))
    passing = spans.filter(~lasting)
    steady = spans.filter(lasting).select("client_id", on=nw.col("from_on"), key="key")
    none = nw.lit(None, nw.String)
    cuts = nw.concat([
        steady.select("client_id", "on", "key"),
        passing.select("client_id", nw.col("from_on").alias("on"), none.alias("key")),
        passing.select("client_id", nw.col("until_on").alias("on"), none.alias("key")),
    ]).filter(nw.col("on") < nw.lit(LAST_DAY)).group_by("client_id", "on").agg(nw.col("key").max())  # fmt: skip
    cuts = cuts.with_columns(nw.col("key").fill_null(strategy="forward").over("client_id", order_by="on"))
    held = passing.select("client_id", "from_on", "until_on", hit="key")
    rows = cuts.join(held, on="client_id", how="left")
    holds = (nw.col("from_on") <= nw.col("on")) & (nw.col("on") < nw.col("until_on"))
    rows = rows.with_columns(key=nw.max_horizontal("key", nw.when(holds).then(nw.col("hit"))))
    rows = rows.group_by("client_id", "on").agg(nw.col("key").max())
    until = nw.col("on").shift(-1).over("client_id", order_by="on").fill_null(LAST_DAY)
    rows = rows.with_columns(until=until)
    values = spans.select("client_id", "key", "value").unique(["client_id", "key"])
    return rows.join(values, on=["client_id", "key"]).select("client_id", "value", from_on="on", until_on="until")
