"""At which marked clients is it time to look again?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cartera.app.show import Ask, show
from cartera.portfolio.reviews import reviews as due
from cartera.tongue import say, say_many
from cartera.views.view import Answer, Column, Query, View
from cartera.words import MARKS

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.opened import Opened
    from cartera.app.scope import Scope
    from cartera.facts.tables import Facts, Frame

COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("review_on", "Look again on", "date"),
    Column("mark", "Mark", values=MARKS),
    Column("marked_on", "Since", "date"),
    Column("reason", "Reason"),
    Column("by", "By", minor=True),
    Column("note", "Note"),
)


def reviews(scope: Scope, source: Opened, ask: Ask, *, until: date) -> Answer:
    """The marks that hold on the day asked and are to be looked at again by `until`, the earliest first."""

    def answer(facts: Facts, query: Query) -> Frame:
        """The rows of `portfolio.reviews`."""
        return due(facts, day=query.day, until=until, policy=query.policy)

    def sentence(rows: list[dict[str, Any]], _: Query) -> str:
        """How many there are."""
        if not rows:
            return say("Nobody to look at again by {day}.", day=until)
        return say_many(
            "{count} client to look at again by {day}.", "{count} clients to look at again by {day}.",
            count=len(rows), day=until,
        )  # fmt: skip

    view = View(
        "reviews",
        "At which marked clients is it time to look again?",
        answer,
        lambda _: COLUMNS,
        lambda _: ("review_on", "client_id"),
        sentence=sentence,
    )
    return show(scope, source, view, replace(ask, options={}))
