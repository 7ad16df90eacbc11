"""Which clients exactly? The list of the whole filter, some rows at a time, with totals of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.views.view import Column
from cartera.web import frame
from cartera.web.acts import row_again
from cartera.web.asking import ask
from cartera.web.door import POST, Route
from cartera.web.pages.clients.saving import drop, save
from cartera.web.pages.clients.tools import tools
from cartera.web.rows import PAGE, found, in_order, pages, totals
from cartera.web.shown import Door, table

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.views.view import Answer
    from cartera.web.door import Visit

SEARCHED = ("name", "city", "client_id", "email")
SHOWN = ("name", "segment", "next_segment", "next_on", "last_issued_on", "amount", "planned_amount", "rep", "phone")
USUAL = "-at_stake"


def page(visit: Visit) -> HttpResponse:
    """The list, or the part of it that changed."""
    answer = ask(visit, "clients")
    rows = in_order(found(answer.rows, visit.asked.q, SEARCHED), visit.asked.sort or USUAL, answer.columns)
    columns = seen(visit, answer)
    here = rows.slice((visit.asked.page - 1) * PAGE, PAGE)
    shown = table(
        answer, here.to_pylist(), columns=columns, totals=totals(rows, columns),
        door=doors(visit),
        head=lambda column: sorted_by(visit, column),
    )  # fmt: skip
    context: dict[str, Any] = {
        "answer": answer, "table": shown, "count": rows.num_rows, "pages": pages(visit, rows.num_rows),
        "tools": tools(visit, answer, columns), "way_out": way_out(visit, rows.num_rows), "acts": True,
    }  # fmt: skip
    return frame.page(visit, "clients/page.html", context)


def row(visit: Visit, client_id: str) -> str | None:
    """The client's row as it is after a decision; None where the filter has no place for it."""
    answer = ask(visit, "clients")
    return row_again(visit, answer, seen(visit, answer), client_id, doors(visit))


def seen(visit: Visit, answer: Answer) -> list[Column]:
    """The columns that are asked for, else the usual ones."""
    return [one for name in visit.asked.cols or SHOWN for one in answer.columns if one.name == name]


def doors(visit: Visit) -> Door:
    """A client's name leads to its own page."""
    return lambda column, row: frame.address(visit, f"clients/{row['client_id']}") if column.name == "name" else ""


def sorted_by(visit: Visit, column: Column) -> tuple[str, str]:
    """The address that orders by a column, the other way round when it does already; and the order in force."""
    now = visit.asked.sort or USUAL
    turned = f"-{column.name}" if now == column.name else column.name
    sort = {column.name: "ascending", f"-{column.name}": "descending"}.get(now, "")
    return frame.address(visit, asked=visit.asked.but(sort=turned)), sort


def way_out(visit: Visit, count: int) -> list[frame.Chip]:
    """For an empty list: each thing that could be taken away from the address, so that clients come back."""
    if count:
        return []
    asked = visit.asked
    ways = [(f"{name}: {value}", asked.without(name, value)) for name, value in asked.where]
    ways += [(asked.q, asked.but(q=""))] if asked.q else []
    return [frame.Chip(told, frame.address(visit, asked=one)) for told, one in ways]


ROUTES = (
    Route("clients", page, "clients"),
    Route("clients/save", save, "clients-save", methods=POST),
    Route("clients/forget", drop, "clients-forget", methods=POST),
)
