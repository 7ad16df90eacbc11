"""Which money do the amounts leave out? Sales without a client, of a client never invoiced, and without a rate."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.calendar import add_days
from cartera.facts.checks import never_born
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, YEAR_DAYS, in_currency, is_sales, reporting_currency
from cartera.portfolio.counting import attributed, born_part, is_sale
from cartera.tongue import number, say, say_many


def year_notes(facts: Facts, *, day: date) -> list[str]:
    """`notes` on the last 365 days."""
    return notes(facts, after=add_days(day, -YEAR_DAYS), day=day)


def notes(facts: Facts, *, after: date | None, day: date) -> list[str]:
    """One sentence each on the sales with after < date <= day, of all time without `after`; none where all is told."""
    # What was told of the source is about all its years: a notice says which of them it means.
    window = say("In all") if after is None else say("In the last {days} days", days=(day - after).days)
    value = in_currency(reporting_currency(facts))
    rows = facts.invoices.filter(is_sales(day))
    if after is not None:
        rows = rows.filter(nw.col("issued_on") > after)
    total = {"amount": nw.col("amount").sum().cast(TOTAL), "count": nw.len()}
    loose = rows.filter(nw.col("client_id").is_null()).select(amount=value).select(**total)
    apart = rows.filter(value.is_null() & ~nw.col("amount").is_null()).group_by("currency").agg(**total)
    told = [
        say_many(
            "{window}, {count} document is without a client: {amount} net, in no segment.",
            "{window}, {count} documents are without a client: {amount} net, in no segment.",
            count=row["count"], window=window, amount=number(row["amount"] or 0, 2),
        )
        for row in facts.room.rows(loose)
        if row["count"]
    ]  # fmt: skip
    told += [
        say_many(
            "{window}, {count} document is of clients with no invoice above 0 yet: {amount} net, in no segment.",
            "{window}, {count} documents are of clients with no invoice above 0 yet: {amount} net, in no segment.",
            count=row["count"], window=window, amount=number(row["amount"] or 0, 2),
        )
        for row in _of_nobody_yet(rows, facts, day)
    ]  # fmt: skip
    return told + sorted(
        say_many(
            "{window}, {count} document has no rate: {amount} net, in no amount.",
            "{window}, {count} documents have no rate: {amount} net, in no amount.",
            count=row["count"], window=window, amount=tongue.money(row["amount"], row["currency"], places=2),
        )
        for row in facts.room.rows(apart)
    )  # fmt: skip


def _of_nobody_yet(rows: Frame, facts: Facts, day: date) -> list[dict[str, Any]]:
    """amount and count of the sales of clients not born by `day`: credit notes, or they would be; one row or none."""
    notes = rows.filter((nw.col("amount") < 0) & ~nw.col("client_id").is_null())
    if not facts.room.rows(notes.head(1)):  # most facts have none, and are spared the search for such clients
        return []
    value = in_currency(reporting_currency(facts))
    sold = attributed(facts).filter(is_sale() & (born_part(facts) <= day)).select("client_id")
    born = nw.concat([sold, facts.clients.filter(nw.col("created_on") <= day).select("client_id")]).unique()
    loose = notes.join(born, on="client_id", how="anti")
    found = facts.room.rows(
        loose.select(amount=value).select(amount=nw.col("amount").sum().cast(TOTAL), count=nw.len())
    )
    return [row for row in found if row["count"]]


def nobody_yet(facts: Facts) -> list[str]:
    """The clients that are in no segment on any day, counted; none when there are none."""
    count = facts.room.rows(never_born(facts).select(count=nw.len()))[0]["count"]
    if not count:
        return []
    return [
        say_many(
            "{count} client has no invoice above 0 and no created_on: in no segment.",
            "{count} clients have no invoice above 0 and no created_on: in no segment.",
            count=count,
        )
    ]
