"""View `retention`: of the clients at the start of a period, who is still here at its end."""

from __future__ import annotations

from datetime import date
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.calendar import add_days, add_months, period_start
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.retention import DEFINITIONS, retention
from cartera.tongue import number, say, say_many, spoken, text
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

MONTHS_BACK = 12
FATES = {
    "kept_count": (text("Still here", "column"), "active"),
    "lost_count": (text("Lost", "column"), "lost"),
    "cancelled_count": (text("Cancelled", "column"), "cancelled"),
    "unused_count": (text("Unused", "column"), "no-activity"),
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
        *(Column(name, phrasing.value_name(name)) for name in query.by),
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
        return say("Nobody was in the portfolio at the start.")
    kept = phrasing.total(rows, "kept_count")
    gone = phrasing.total(rows, "lost_count") + phrasing.total(rows, "cancelled_count")
    ends = {row["until_on"] for row in rows}
    shares = {"kept": tongue.share(kept / start), "churn": tongue.share(gone / start)}
    if len(ends) > 1:
        return say(
            "In the average of {periods} periods {kept} kept, {churn} churn;"
            " {gone} times a client was lost or cancelled.",
            periods=len(ends), gone=gone, **shares,
        )  # fmt: skip
    return say_many(
        "Of {clients} on {first}, {count} is in on {last}: {kept} kept, {churn} churn.",
        "Of {clients} on {first}, {count} are in on {last}: {kept} kept, {churn} churn.",
        count=kept, clients=phrasing.clients(start), first=rows[0]["after_on"], last=rows[0]["until_on"], **shares,
    )  # fmt: skip


def bars(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """What became of the clients of one period; of several periods or values the churn of each."""
    if len(rows) == 1:
        return _fates(rows[0])
    some = [row for row in rows if row["client_count"]]
    return [
        {
            "name": " · ".join([*(str(row[n] or phrasing.word("unknown")) for n in query.by), *_period(row, query)]),
            "clients": row["churn_share"], "colour": "lost", "clients_text": tongue.share(row["churn_share"]),
            "label": say(
                "{first} to {last}: {churn} churn, {gone} of {clients}",
                first=row["after_on"], last=row["until_on"], churn=tongue.share(row["churn_share"]),
                gone=row["lost_count"] + row["cancelled_count"], clients=phrasing.clients(row["client_count"]),
            ),
        }
        for row in some
    ]  # fmt: skip


def _fates(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": spoken(label, "column"), "clients": row[name], "clients_text": number(row[name]),
            "colour": colour,
            "label": say(
                "{name}: {count} of {clients}",
                name=spoken(label, "column"), count=row[name], clients=phrasing.clients(row["client_count"]),
            ),
        }
        for name, (label, colour) in FATES.items()
    ]  # fmt: skip


def _period(row: dict[str, Any], query: Query) -> list[str]:
    """The period's name where there are several; one that goes on says so."""
    if query.every is None:
        return []
    if row["is_unfinished"]:
        return [say("until {day} (not finished)", day=row["until_on"])]
    return [say("until {day}", day=row["until_on"])]


def notes(facts: Facts, query: Query) -> list[str]:
    """What retention and churn are, when a value of a dimension is looked at, and what a short history hides."""
    dimension = [say("A client counts under the value that it had at the start of the period.")] if query.by else []
    return [*(spoken(meaning) for _, meaning in DEFINITIONS), *dimension, *_short_history(facts, query)]


def _short_history(facts: Facts, query: Query) -> list[str]:
    """From which day on the windows can lose anybody, where the facts begin too late for the first period."""
    oldest = facts.room.rows(facts.invoices.select(nw.col("issued_on").min()))[0]["issued_on"]
    start = since(query)
    if oldest is None or query.policy.lost_from(oldest) <= add_days(start, 1):
        return []
    lost = query.policy.lost_from(oldest)
    return [
        say(
            "The facts begin on {oldest}: nobody turns lost by time before {lost}, so until then churn says little.",
            oldest=oldest, lost=lost,
        )
    ]  # fmt: skip


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
