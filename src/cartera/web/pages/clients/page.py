"""Which clients exactly? The list of the whole filter, some rows at a time, with totals of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.views.view import Column
from cartera.web import frame
from cartera.web.asking import ask
from cartera.web.door import Route
from cartera.web.rows import PAGE, found, in_order, pages, totals
from cartera.web.shown import Row, table

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

SEARCHED = ("name", "city", "client_id", "email")
SHOWN = ("name", "segment", "next_segment", "next_on", "last_issued_on", "amount", "planned_amount", "rep", "phone")


def page(visit: Visit) -> HttpResponse:
    """The list, or the part of it that changed."""
    answer = ask(visit, "clients")
    rows = in_order(found(answer.rows, visit.asked.q, SEARCHED), visit.asked.sort or "-at_stake", answer.columns)
    columns = [one for name in visit.asked.cols or SHOWN for one in answer.columns if one.name == name]
    here = rows.slice((visit.asked.page - 1) * PAGE, PAGE)
    shown = table(
        answer, here.to_pylist(), columns=columns, totals=totals(rows, columns),
        door=lambda column, row: client(visit, row) if column.name == "name" else "",
        head=lambda column: sorted_by(visit, column),
    )  # fmt: skip
    context: dict[str, Any] = {
        "title": "Clients", "answer": answer, "table": shown, "count": rows.num_rows,
        "pages": pages(visit, rows.num_rows),
    }  # fmt: skip
    return frame.page(visit, "clients/page.html", context)


def client(visit: Visit, row: Row) -> str:
    """The address of a client's own page."""
    return frame.address(visit, f"clients/{row['client_id']}")


def sorted_by(visit: Visit, column: Column) -> tuple[str, str]:
    """The address that orders by a column, the other way round when it does already; and the order in force."""
    now = visit.asked.sort or "-at_stake"
    turned = f"-{column.name}" if now == column.name else column.name
    sort = {column.name: "ascending", f"-{column.name}": "descending"}.get(now, "")
    return frame.address(visit, asked=visit.asked.but(sort=turned)), sort


ROUTES = (Route("clients", page, "clients"),)
