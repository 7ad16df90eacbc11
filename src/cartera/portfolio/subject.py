"""Which cities, reps or regions went quiet? The same questions with another subject than the client."""

from __future__ import annotations

from dataclasses import replace

import narwhals as nw

from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.counting import attributed
from cartera.portfolio.dimensions import dimension_names


def by_subject(facts: Facts, column: str) -> Facts:
    """The facts with the values of `column` in the place of the clients; marks, which people put on clients, left out.

    The column is the invoices' own where they have it, else the client's. A subject is born with its first invoice.
    """
    if column in ("client", "client_id"):
        return facts
    if column not in dimension_names(facts):
        raise UnknownNameError("subject", column, dimension_names(facts))
    invoices = _named(facts, column)
    subjects = invoices.filter(~nw.col("client_id").is_null()).select("client_id").unique()
    empty = facts.clients.head(0).drop("client_id")
    clients = subjects.join(empty.with_columns(key=nw.lit("")), left_on="client_id", right_on="key", how="left")
    return replace(facts, invoices=invoices, clients=clients, marks=facts.marks.head(0))


def _named(facts: Facts, column: str) -> Frame:
    """The attributed invoices with the subject as their client."""
    rows = attributed(facts)
    named = nw.col(column).cast(nw.String)
    if column in facts.clients.collect_schema().names():
        own = facts.clients.select(key="client_id", subject=nw.col(column).cast(nw.String))
        rows = rows.join(own, left_on="client_id", right_on="key", how="left")
        given = column in facts.invoices.collect_schema().names()
        subject = nw.coalesce(named, nw.col("subject")) if given else nw.col("subject")
        return rows.with_columns(client_id=subject).drop("subject")
    return rows.with_columns(client_id=named)
