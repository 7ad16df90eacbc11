"""Which clients exactly? The list of the whole filter, some rows at a time, with totals of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from cartera.app.workspace.deciding.selecting import FEW
from cartera.app.workspace.deciding.whom import clients_here
from cartera.views.view import Column
from cartera.web import frame
from cartera.web.asking import ask_of_one
from cartera.web.door import GET, POST, Route
from cartera.web.kept import facts_alone
from cartera.web.pages.clients import bulk, cleaning
from cartera.web.pages.clients.choosing import OWN
from cartera.web.pages.clients.listing import USUAL, listed
from cartera.web.pages.clients.saving import drop, save
from cartera.web.pages.clients.tools import hidden, tools
from cartera.web.rows import is_whole, part, sized, totals
from cartera.web.shown import Door, table
from cartera.web.table_rows import row_again

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.views.view import Answer
    from cartera.web.door import Visit

SHOWN = ("name", "rep", "segment", "next_segment", "next_on", "last_issued_on", "amount", "planned_amount", "phone")
UNDER = {"rep": "name", "since_on": "segment", "next_on": "next_segment", "planned_amount": "amount", "email": "phone"}


def page(visit: Visit) -> HttpResponse:
    """The list, or the part of it that changed."""
    answer, rows = listed(visit)
    columns = seen(visit, answer)
    shown = table(
        answer, part(visit, rows), columns=columns, totals=totals(rows, columns),
        door=doors(visit), under=UNDER,
        head=lambda column: sorted_by(visit, column),
    )  # fmt: skip
    whole = is_whole(visit, rows.num_rows)
    context: dict[str, Any] = {
        "answer": answer, "table": shown, "count": rows.num_rows, "pages": sized(visit, rows.num_rows),
        "tools": tools(visit, answer, columns), "way_out": way_out(visit, rows.num_rows),
        "acts": not whole, "peeks": not whole, "bulk": None if whole else bar(visit, rows.num_rows),
        "peek": peeked(visit), "cleanup": cleaning.address(visit, "", 0),
    }  # fmt: skip
    return frame.page(visit, "clients/page.html", context)


def row(visit: Visit, client_id: str) -> str | None:
    """The client's row as it is after a decision; None where the filter has no place for it."""
    answer = ask_of_one(visit, "clients", client_id)
    select = bool(bulk.offered(visit))
    return row_again(visit, answer, seen(visit, answer), client_id, doors(visit), under=UNDER, select=select)


def bar(visit: Visit, count: int) -> dict[str, Any] | None:
    """What can be done to several clients: verbs, all of the filter where they are not too many; None for nothing."""
    offered = bulk.offered(visit)
    if not offered:
        return None
    every = count if count <= FEW or visit.scope.allows("bulk") else 0
    return {
        "verbs": offered, "all": every, "version": visit.desk.book.facts_version, "kept": hidden(visit, *OWN, "peek"),
    }  # fmt: skip


def peeked(visit: Visit) -> str:
    """The address of the client that is looked at beside the list, empty for none. Http404: it is not there."""
    if not visit.asked.peek:
        return ""
    if clients_here(visit.scope, visit.desk.book, (visit.asked.peek,)) is None:
        raise Http404
    return frame.address(visit, f"clients/{visit.asked.peek}/peek")


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
    Route("clients", page, "clients", row=row, keeps=facts_alone),
    Route("clients/bulk", bulk.page, "clients-bulk", may="note", methods=(*GET, *POST)),
    Route("clients/cleanup", cleaning.page, "clients-cleanup"),
    Route("clients/save", save, "clients-save", methods=POST),
    Route("clients/forget", drop, "clients-forget", methods=POST),
)
