"""How does a row look after a decision? Each page that has rows of clients says so; other pages are loaded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cartera.web.door import Visit


def row(visit: Visit, client_id: str) -> str | None:
    """The client's row on the page of this visit, marked to replace the one there; None where the page has no rows."""
    make = makers().get(visit.route)
    return make(visit, client_id) if make else None


def makers() -> dict[str, Callable[[Visit, str], str | None]]:
    """Path of a page -> what makes one of its rows."""
    from cartera.web.pages.clients.page import row as of_clients

    from cartera.web.pages.today.page import row as of_today

    return {"clients": of_clients, "today": of_today}
