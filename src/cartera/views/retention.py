"""View `retention`: of the clients at the start of a period, who is still here at its end."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.calendar import add_days, add_months, period_start
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.retention import DEFINITIONS, retention
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

MONTHS_BACK = 12
FATES = {
    "kept_count": ("Still here", "active"),
    "lost_count": ("Lost", "lost"),
    "cancelled_count": ("Cancelled", "cancelled"),
    "unused_count": ("Unused", "no-activity"),
}


def since(query: Query) -> date:
    """The day before the first period: a year back, so that whole periods follow, unless the query says otherwise."""
    if query.since:
        return query.since
    back = add_months(query.day, -MONTHS_BACK)
    return add_days(period_start(add_days(back, 1), query.every), -1) if query.every else back


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.retention`."""
    asked = {"since": since(query), "day": query.day, "policy": query.policy}
    return retention(facts, **asked, every=query.every, by=query.by)


def columns(query: Query) -> tuple[Column, ...]:
    """The dimensions, the period, the clients at its start and what became of them; counts of one period add up."""
    may_sum = query.every is None
    return (
        *(Column(name, name.replace("_", " ").capitalize()) for name in query.by),
        Column("after_on", "After", "date"),
        Column("until_on", "Until", "date"),
        Column("is_unfinished", "Unfinished", "flag", minor=True),
        Column("client_count", "Clients at start", "count", total=may_sum),
        *(Column(name, label, "count", total=may_sum) for name, (label, _) in FATES.items()),
        Column("retention_share", "Retention", "share"),
        Column("churn_share", "Churn", "share"),
    )


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """Of how many how many are still here, over the whole time or in the average period; counts stand beside rates."""
    start = phrasing.total(rows, "client_count")
    if not start:
        return "Nobody was in the portfolio at the start."
    kept = phrasing.total(rows, "kept_count")
    gone = phrasing.total(rows, "lost_count") + phrasing.total(rows, "cancelled_count")
    ends = {row["until_on"] for row in rows}
    shares = f"{tongue.share(kept / start)} kept, {tongue.share(gone / start)} churn"
    if len(ends) > 1:
        return f"In the average of {len(ends):,} periods {shares}; {gone:,} times a client was lost or cancelled."
    first = rows[0]
    stayed = f"{kept:,} {phrasing.are(kept)} in on {first['until_on']}"
    return f"Of {phrasing.clients(start)} on {first['after_on']}, {stayed}: {shares}."


def bars(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """What became of the clients of one period; of several periods or values the churn of each."""
    if len(rows) == 1:
        return _fates(rows[0])
    some = [row for row in rows if row["client_count"]]
    return [
        {
            "name": " · ".join([*(str(row[n] or "unknown") for n in query.by), *_period(row, query)]),
            "clients": row["churn_share"], "colour": "lost", "clients_text": tongue.share(row["churn_share"]),
            "label": f"{row['after_on']} to {row['until_on']}: {tongue.share(row['churn_share'])} churn,"
            f" {row['lost_count'] + row['cancelled_count']:,} of {phrasing.clients(row['client_count'])}",
        }
        for row in some
    ]  # fmt: skip


def _fates(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": label, "clients": row[name], "clients_text": f"{row[name]:,}", "colour": colour,
            "label": f"{label}: {row[name]:,} of {phrasing.clients(row['client_count'])}",
        }
        for name, (label, colour) in FATES.items()
    ]  # fmt: skip


def _period(row: dict[str, Any], query: Query) -> list[str]:
    """The period's name where there are several; one that goes on says so."""
    if query.every is None:
        return []
    return [f"until {row['until_on']}" + (" (not finished)" if row["is_unfinished"] else "")]


def notes(facts: Facts, query: Query) -> list[str]:
    """What retention and churn are, when a value of a dimension is looked at, and what a short history hides."""
    dimension = ["A client counts under the value that it had at the start of the period."] if query.by else []
    return [*(text for _, text in DEFINITIONS), *dimension, *_short_history(facts, query)]


def _short_history(facts: Facts, query: Query) -> list[str]:
    """From which day on the windows can lose anybody, where the facts begin too late for the first period."""
    oldest = facts.room.rows(facts.invoices.select(nw.col("issued_on").min()))[0]["issued_on"]
    start = since(query)
    if oldest is None or query.policy.lost_from(oldest) <= add_days(start, 1):
        return []
    lost = query.policy.lost_from(oldest)
    return [f"The facts begin on {oldest}: nobody turns lost by time before {lost}, so until then churn says little."]


VIEW = View(
    "retention",
    "How many clients stayed, and how many did I lose?",
    answer,
    columns,
    lambda query: (*query.by, "after_on"),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show retention demo --every quarter",
    takes=frozenset({"since", "by", "every"}),
)
