"""Who is next in a clean-up? The clients of a filter, segment by segment, one by one; the address keeps the place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from cartera.portfolio.segments import at_risk_ids
from cartera.web import acts, frame
from cartera.web.asking import ask
from cartera.web.query import SEGMENT
from cartera.web.searching import found
from cartera.web.shown import table
from cartera.words import segment_said

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.views.view import Answer
    from cartera.web.door import Visit

AFTER, DONE = "after", "seen"  # words of the address: behind whom the pass goes on, and how many it has seen
VERBS = 4
SHOWN = ("segment", "last_issued_on", "next_on", "amount", "at_stake", "planned_amount", "rep")
Place = tuple[int, Decimal, str]


def page(visit: Visit) -> HttpResponse:
    """The next client with its verbs, and how far the pass is; at its end, that it is over."""
    answer = ask(visit, "clients")
    order = segments(visit, answer)
    rows = sorted(_rows(visit, answer, order), key=lambda row: place(row, order))
    after = read(visit.asked.more.get(AFTER, ""), order)
    left = [row for row in rows if after is None or place(row, order) > after]
    seen = count(visit.asked.more.get(DONE, ""))
    context: dict[str, Any] = {
        "answer": answer, "seen": seen, "all": seen + len(left), "left": len(left),
        "list": frame.address(visit, "clients"), "again": address(visit, "", 0),
    }  # fmt: skip
    if left:
        context |= about(visit, answer, left[0], order, seen)
        here = [row for row in left if row["segment"] == left[0]["segment"]]
        context |= {"here": len(here), "segment": segment_said(left[0]["segment"])}
    return frame.page(visit, "clients/cleanup.html", context)


def segments(visit: Visit, answer: Answer) -> dict[str, int]:
    """Segment -> its turn: of those that are cooling the coldest first, then the rest; what is marked only if asked."""
    policy = answer.query.policy
    asked = {value for name, value in visit.asked.where if name == SEGMENT}
    ids = [one.id for one in policy.segments if one.id in asked or one.id not in acts.MARKED]
    cooling = [one for one in reversed(ids) if one in at_risk_ids(policy)]
    return {one: turn for turn, one in enumerate([*cooling, *(one for one in ids if one not in cooling)])}


def _rows(visit: Visit, answer: Answer, order: Mapping[str, int]) -> list[dict[str, Any]]:
    """Who has a plan is silent: what was planned in the pass does not come again under its new segment."""
    rows: list[dict[str, Any]] = found(visit, answer).to_pylist()
    return [row for row in rows if row["segment"] in order and row["next_planned_on"] is None]


def place(row: Mapping[str, Any], order: Mapping[str, int]) -> Place:
    """Where a client stands in the pass: by segment, then the most at stake first."""
    return order[row["segment"]], -(row["at_stake"] or Decimal(0)), row["client_id"]


def about(visit: Visit, answer: Answer, row: dict[str, Any], order: Mapping[str, int], seen: int) -> dict[str, Any]:
    """The client, why it stands there, its verbs, each of which leads on to the next, and the way on without any."""
    client = row["client_id"]
    on = address(visit, written(row, order), seen + 1)
    more = {**visit.asked.more, AFTER: written(row, order), DONE: str(seen + 1)}
    behind = visit_at(visit, more)
    columns = [one for name in SHOWN for one in answer.columns if one.name == name]
    return {
        "client": client, "name": row["name"], "why": row["explanation"], "next": on,
        "table": table(answer, [row], columns=columns, totals={}), "href": frame.address(visit, f"clients/{client}"),
        "offers": acts.offers(behind, (client,), row["segment"])[:VERBS], "why_not": acts.why_not(visit),
    }  # fmt: skip


def visit_at(visit: Visit, more: Mapping[str, str]) -> Visit:
    """The visit of this page at another place of the pass."""
    from dataclasses import replace

    return replace(visit, asked=visit.asked.but(more=dict(more)))


def address(visit: Visit, after: str, seen: int) -> str:
    """The address of the pass behind a client; of its beginning for none."""
    more = {name: value for name, value in visit.asked.more.items() if name not in (AFTER, DONE)}
    if after:
        more |= {AFTER: after, DONE: str(seen)}
    return frame.address(visit, "clients/cleanup", asked=visit.asked.but(page=1, peek="", more=more))


def written(row: Mapping[str, Any], order: Mapping[str, int]) -> str:
    """A place as it stands in an address: segment, amount, client."""
    _, amount, client = place(row, order)
    return f"{row['segment']},{-amount:f},{client}"


def read(text: str, order: Mapping[str, int]) -> Place | None:
    """The place that an address names; None for the beginning, and for what is no place."""
    segment, _, rest = text.partition(",")
    amount, _, client = rest.partition(",")
    try:
        value = Decimal(amount)
    except InvalidOperation:
        return None
    return (order[segment], -value, client) if segment in order and value.is_finite() else None


def count(text: str) -> int:
    """How many clients the pass has seen."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 7 else 0
