"""Where is what I have in mind? Clients, pages and saved views by any part of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.web import frame
from cartera.web.asking import ask
from cartera.web.door import Route
from cartera.web.frame import Chip, address
from cartera.web.rows import in_order
from cartera.web.searching import found, plain

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

MOST = 12
SEARCHED = ("name", "city", "client_id", "email", "phone")


def page(visit: Visit) -> HttpResponse:
    """What the words were found in."""
    words = visit.asked.q
    bare = visit.asked.but(q="", where=())
    context: dict[str, Any] = {
        "clients": clients(visit) if words else [],
        "places": [one for one in places(visit) if plain(words) in plain(one.text)],
        "all_clients": address(visit, "clients", asked=bare.but(q=words)),
    }
    return frame.page(visit, "find/page.html", context)


def clients(visit: Visit) -> list[tuple[Chip, str]]:
    """The clients that hold every word, each with its segment."""
    answer = ask(visit, "clients", where=())
    rows = in_order(found(visit, answer, SEARCHED), "name", answer.columns).slice(0, MOST).to_pylist()
    plainly = visit.asked.but(q="", where=())
    return [
        (Chip(row["name"], address(visit, f"clients/{row['client_id']}", asked=plainly)), row["segment"])
        for row in rows
    ]


def places(visit: Visit) -> list[Chip]:
    """Pages and saved views."""
    pages = [chip for _, entries in frame.menu(visit) for _, chip in entries]
    return [*pages, *frame.saved(visit)]


ROUTES = (Route("find", page, "find"),)
