"""What in the facts should be mended? Rows with where, what and how; clients without a sales rep or a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.check import COLUMNS
from cartera.tongue import say, say_many
from cartera.web import frame
from cartera.web.pages.data import counts

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

SHOWN = 200


def page(visit: Visit) -> HttpResponse:
    """The problems, some at a time, then the clients about whom something is missing."""
    rows = counts.problems(visit)
    code = visit.asked.more.get("code", "")
    kept = [row for row in rows if code in ("", row["code"])]
    reps, places = counts.without(visit)
    every = bool(visit.asked.every)
    context: dict[str, Any] = {
        "codes": codes(visit, rows), "code": code, "rows": kept if every else kept[:SHOWN], "columns": COLUMNS,
        "left": 0 if every else max(0, len(kept) - SHOWN),
        "everything": frame.address(visit, asked=visit.asked.but(every="all")),
        "sentence": sentence(len(rows)), "reps": named(visit, reps), "places": named(visit, places),
        "rep_count": len(reps), "place_count": len(places), "data": frame.address(visit, "data"),
    }  # fmt: skip
    return frame.page(visit, "data/problems.html", context)


def sentence(count: int) -> str:
    """How many there are."""
    if not count:
        return say("No problem found.")
    return say_many("{count} problem found.", "{count} problems found.", count=count)


def codes(visit: Visit, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every kind of problem with its count and the address of its rows."""
    found: dict[str, int] = {}
    for row in rows:
        found[row["code"]] = found.get(row["code"], 0) + 1
    asked = visit.asked
    return [
        {"code": code, "count": count, "href": frame.address(visit, asked=asked.but(more={"code": code}, every=""))}
        for code, count in sorted(found.items(), key=lambda one: (-one[1], one[0]))
    ]


def named(visit: Visit, rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Some of the clients, with the address of each."""
    return [
        {"name": row["name"] or row["client_id"], "href": frame.address(visit, f"clients/{row['client_id']}")}
        for row in rows[:SHOWN]
    ]
