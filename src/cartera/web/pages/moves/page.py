"""What moved between two days, and why? Month by month, as a bridge that closes, from segment to segment, by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from cartera.calendar import add_months
from cartera.tongue import say
from cartera.views.phrasing import label
from cartera.web import frame
from cartera.web.asking import ask, columns, day, fitting
from cartera.web.door import Route
from cartera.web.doorways import client
from cartera.web.kept import facts_alone
from cartera.web.pages.moves.squares import chosen, everybody, grid, measures
from cartera.web.pictures import figure
from cartera.web.query import Asked
from cartera.web.rows import in_order, part, sized, totals
from cartera.web.shown import Row, table

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.views.view import Column
    from cartera.web.door import Visit
    from cartera.web.shown import Table

MONTHS_SHOWN, MOST_MONTHS = 12, 36
FLOWS = ("rep", "until_on", "opened", "returned", "lost", "cancelled")


def page(visit: Visit) -> HttpResponse:
    """The page; since a month ago unless the address says otherwise."""
    here = day(visit)
    visit = replace(visit, asked=visit.asked.but(since=visit.asked.since or add_months(here, -1)))
    answer = ask(visit, "balance", by=(), every=None)
    matrix = ask(visit, "moves")
    context: dict[str, Any] = {
        "title": say("Moves"), "answer": answer, "sinces": sinces(visit, here), "since": visit.asked.since,
        "is_empty": not any(row["from_segment"] for row in matrix.rows.to_pylist()),
        "months": figure(visit, "composition", asked=over_time(visit, here), name="months"),
        "bridge": figure(visit, "balance", asked=plainly(visit)),
        "matrix": grid(visit, matrix), "measures": measures(visit), "matrix_sentence": matrix.sentence,
        "movers": movers(visit), "reps": reps(visit),
    }  # fmt: skip
    return frame.page(visit, "moves/page.html", context)


def sinces(visit: Visit, here: date) -> list[frame.Chip]:
    """The earlier days that people ask for most."""
    told = ((say("a month"), 1), (say("a quarter"), 3), (say("a year"), 12))
    return [
        frame.Chip(
            name, frame.address(visit, asked=visit.asked.but(since=add_months(here, -back), page=1)),
            is_current=visit.asked.since == add_months(here, -back),
        )
        for name, back in told
    ]  # fmt: skip


def plainly(visit: Visit) -> Asked:
    """The address for the bridge: one period, not split."""
    return visit.asked.but(every="", by=(), page=1)


def over_time(visit: Visit, here: date) -> Asked:
    """The address for the stack of months: a year at least; of a long time quarters."""
    since = min(visit.asked.since or here, add_months(here, -MONTHS_SHOWN))
    return plainly(visit).but(every=fitting(since, here, MOST_MONTHS), since=since)


def movers(visit: Visit) -> dict[str, Any]:
    """Who moved, when and by what, some rows at a time; every one leads to the client on that day."""
    answer = ask(visit, "movers")
    rows = in_order(of_cell(answer.rows, chosen(visit)), visit.asked.sort or "-moved_on", answer.columns)
    named = [one for one in answer.columns if not one.minor]
    made = table(
        answer, part(visit, rows), columns=named, totals=totals(rows, named),
        door=lambda column, row: mover(visit, column, row),
    )  # fmt: skip
    cell = chosen(visit)
    return {
        "sentence": answer.sentence, "table": made, "pages": sized(visit, rows.num_rows), "count": rows.num_rows,
        "cell": [label(one) for one in cell] if cell else [], "everybody": everybody(visit),
    }  # fmt: skip


def of_cell(rows: Any, cell: tuple[str | None, str] | None) -> Any:
    """The movers from one segment to another; all of them where none is chosen."""
    if cell is None:
        return rows
    import pyarrow as pa

    both = zip(rows.column("from_segment").to_pylist(), rows.column("to_segment").to_pylist(), strict=True)
    return rows.filter(pa.array([pair == cell for pair in both], pa.bool_()))


def mover(visit: Visit, column: Column, row: Row) -> str:
    """The client on the day on which it moved."""
    asked = visit.asked
    kept = Asked(day=row["moved_on"], known=asked.known, scope=asked.scope, policy=asked.policy)
    return client(visit, row["client_id"], kept) if column.name == "name" else ""


def reps(visit: Visit) -> Table | None:
    """Openings, returns and losses per rep and month; nothing where nobody names a rep."""
    if "rep" not in columns(visit):
        return None
    here = day(visit)
    since = visit.asked.since or add_months(here, -MONTHS_SHOWN)
    answer = ask(visit, "balance", by=("rep",), every=fitting(min(since, here), here, MOST_MONTHS))
    named = [one for name in FLOWS for one in answer.columns if one.name == name]
    rows = [row for row in answer.rows.to_pylist() if any(row[name] for name in FLOWS[2:])]
    return table(answer, rows, columns=named) if rows else None


ROUTES = (Route("moves", page, "moves", keeps=facts_alone),)
