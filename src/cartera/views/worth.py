"""View `worth`: which clients are best, loyal or small."""

from __future__ import annotations

from collections import Counter
from typing import Any

from cartera import tongue
from cartera.calendar import add_days
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.compared import period, short_history
from cartera.portfolio.worth import BEST, LOYAL, SMALL, UNRATED, WorthLimits, definitions, worth
from cartera.tongue import say_many
from cartera.views import left_out, phrasing
from cartera.views.class_bars import class_bars, defined
from cartera.views.view import Column, Picture, Query, View

LIMITS = WorthLimits()
CLASSES = (BEST, LOYAL, SMALL, UNRATED)
COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("worth", "Worth", is_worded=True),
    Column("abc", "Class"),
    Column("amount", "Last 365 days", "money", total=True),
    Column("amount_before", "365 days before", "money", total=True),
    Column("growth_share", "Growth", "share", unknown=tongue.UNKNOWN),
    Column("opened_on", "First invoice", "date", minor=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.worth`."""
    return worth(facts, day=query.day, policy=query.policy, limits=LIMITS, whole=query.whole)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many clients are in each class, and what the best ones bring."""
    if not rows:
        return phrasing.no_client()
    counts = Counter(row["worth"] for row in rows)
    classes = phrasing.tally((counts[name], name) for name in CLASSES if counts[name])
    total = sum(max(row["amount"], 0) for row in rows)
    best = sum(row["amount"] for row in rows if row["worth"] == BEST)
    if not total:
        return say_many(
            "{count} client, none with net sales in the last {days} days.",
            "{count} clients, none with net sales in the last {days} days.",
            count=len(rows), days=YEAR_DAYS,
        )  # fmt: skip
    told = say_many("{count} client: {classes}.", "{count} clients: {classes}.", count=len(rows), classes=classes)
    if not best:
        return told
    return told + " " + say_many(
        "The best one brings {share} of net sales.", "The best bring {share} of net sales.",
        count=counts[BEST], share=tongue.share(float(best / total)),
    )  # fmt: skip


def bars(rows: list[dict[str, Any]], _: Query) -> list[dict[str, Any]]:
    """One bar per class."""
    return class_bars(rows, "worth", CLASSES)


def notes(facts: Facts, query: Query) -> list[str]:
    """What the words mean, whether there is a year to compare with, and what the amounts leave out."""
    after = add_days(query.day, -2 * YEAR_DAYS)
    apart = left_out.notes(facts, after=after, day=query.day)
    return [defined(definitions(LIMITS)), *phrasing.among_all(query), *short_history(facts, period(query.day)), *apart]


VIEW = View(
    "worth",
    "Which clients are best, loyal or small?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("-amount", "-amount_before", "client_id"),
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show worth demo",
    is_among_all=True,
)
