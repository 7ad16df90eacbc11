"""View `clients`: the list with money, rep and contact, the most at stake first."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.clients import clients
from cartera.portfolio.segments import at_risk_ids
from cartera.tongue import say_many
from cartera.views import left_out, overdue, phrasing
from cartera.views.view import Column, Query, View

COLUMNS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id"),
    Column("segment", "Segment", "segment"),
    Column("reason", "Reason", minor=True, is_worded=True),
    Column("since_on", "Since", "date", minor=True),
    Column("next_segment", "Next", "segment", minor=True),
    Column("next_on", "On", "date"),
    Column("last_issued_on", "Last invoice", "date", minor=True),
    Column("amount", "Last 365 days", "money", total=True),
    Column("at_stake", "Its last year", "money", total=True),
    Column("total_amount", "All time", "money", total=True, minor=True),
    Column("planned_amount", "Planned", "money", total=True, minor=True),
    Column("next_planned_on", "Next planned", "date", minor=True),
    Column("rep", "Rep"),
    Column("email", "E-mail", minor=True),
    Column("phone", "Phone", minor=True),
    Column("city", "City", minor=True),
    Column("country", "Country", minor=True),
    Column("explanation", "Why", minor=True),
)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.clients`."""
    return clients(facts, day=query.day, policy=query.policy)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How many clients there are, and what the cooling ones were worth."""
    cooling = [row for row in rows if row["segment"] in at_risk_ids(query.policy)]
    if not rows:
        return phrasing.no_client()
    if not cooling:
        return say_many("{count} client; none is cooling.", "{count} clients; none is cooling.", count=len(rows))
    return say_many(
        "{clients}; {count} is cooling and was worth {worth} in its last year.",
        "{clients}; {count} are cooling and were worth {worth} in their last year.",
        count=len(cooling), clients=phrasing.clients(len(rows)),
        worth=tongue.money(phrasing.total(cooling, "at_stake")),
    )  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """What the amounts leave out, and the plans that are late."""
    return [*left_out.year_notes(facts, day=query.day), *overdue.notes(facts, day=query.day)]


VIEW = View(
    "clients",
    "Which clients exactly, with what money, rep and contact?",
    answer,
    lambda _: COLUMNS,
    lambda _: ("-at_stake", "client_id"),
    sentence=sentence,
    notes=notes,
    example="cartera show clients demo --where rep='Marta Ruiz' --format xlsx --output clients.xlsx",
)
