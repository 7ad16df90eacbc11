"""With which page does a workspace begin? The first of the menu; the way in where there is nothing yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect

from cartera.app.workspace.supply import is_empty
from cartera.web.addresses import address
from cartera.web.door import Route
from cartera.web.menu import MENU

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.web.door import Visit


def begin(visit: Visit) -> HttpResponse:
    """On to the first page, with the day and the scope of the address."""
    return HttpResponseRedirect(address(visit, first_page(visit.scope, visit.desk.book)))


def first_page(scope: Scope, book: Book) -> str:
    """The path of the page to begin with."""
    return "data" if scope.allows("import") and is_empty(book) else MENU[0].path


ROUTES = (Route("", begin, "begin"),)
