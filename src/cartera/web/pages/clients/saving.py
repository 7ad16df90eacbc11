"""Keeping a list under a name, and forgetting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect

from cartera.app.workspace.saved import forget, keep
from cartera.errors import CarteraError
from cartera.tongue import say
from cartera.web.pages.clients.tools import PAGE
from cartera.web.query import as_typed

if TYPE_CHECKING:
    from datetime import date

    from cartera.web.door import Visit


def save(visit: Visit) -> HttpResponse:
    """Back to the list, which is in the menu from now on."""
    given = visit.request.POST
    query = asked(given.get("query", ""), visit.today)
    keep(
        visit.scope, visit.desk.book, visit.user, name=given.get("name", ""), page=PAGE, query=query,
        is_shared="shared" in given,
    )  # fmt: skip
    return HttpResponseRedirect(f"/{visit.word}/{PAGE}{query}")


def drop(visit: Visit) -> HttpResponse:
    """Back to the list, without the view."""
    number = visit.request.POST.get("number", "")
    if not number.isdecimal():
        raise CarteraError(say("no view is named."), where="number", fix=say("Choose one of yours."))
    forget(visit.scope, visit.desk.book, visit.user, int(number))
    return HttpResponseRedirect(f"/{visit.word}/{PAGE}")


def asked(query: str, today: date) -> str:
    """The address as our own printer writes it: nothing else is ever put behind a link of the menu."""
    from django.http import QueryDict

    pairs = QueryDict(query.removeprefix("?"))
    return as_typed(((name, value) for name, values in pairs.lists() for value in values), today)
