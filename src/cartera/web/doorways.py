"""Where does a number lead? To the clients behind it, on its day, in the scope of the page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote

from cartera.charts.links import path_to
from cartera.views.doors import cells
from cartera.views.selection import CLIENT, Selection, Where
from cartera.views.view import Column
from cartera.web.query import Asked
from cartera.web.shown import Row

if TYPE_CHECKING:
    from cartera.charts.links import Address
    from cartera.views.view import Answer
    from cartera.web.door import Visit


def addresses(visit: Visit) -> Address:
    """Gives the path of the list of clients, or of one client, kept by a filter on a day."""

    def address(where: Where, *, day: date, view: str) -> str:
        kept = Asked(day=day, known=visit.asked.known, scope=visit.asked.scope, policy=visit.asked.policy)
        if view == CLIENT:
            return client(visit, where[0][1], kept)
        return f"/{visit.word}/clients{kept.but(where=where).text()}"

    return address


def client(visit: Visit, client_id: str, kept: Asked | None = None) -> str:
    """The address of a client's own page."""
    return f"/{visit.word}/clients/{quote(client_id, safe='')}{(kept or visit.asked.along().but(where=())).text()}"


def behind(visit: Visit, answer: Answer, selection: Selection | None) -> str:
    """The address of what stands behind one number of the answer; empty where there is none."""
    return path_to(selection, answer.query, addresses(visit)) or ""


def doors(visit: Visit, answer: Answer) -> Callable[[Column, Row], str]:
    """The address behind every cell of the answer's table; of a client its own page."""

    def door(column: Column, row: Row) -> str:
        if column.link:
            return client(visit, str(row[column.link])) if row.get(column.link) else ""
        if row.get(column.name) is None or column.unit not in ("count", "share"):
            return ""
        return behind(visit, answer, cells(answer.view, dict(row), answer.query).get(column.name))

    return door
