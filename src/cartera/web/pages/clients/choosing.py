"""Whom did somebody select in the list? The clients that were ticked, or all of its filter as of some facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from cartera.app.workspace.deciding.selecting import Selected, check_count, selected
from cartera.app.workspace.deciding.whom import Whom, clients_here
from cartera.errors import CarteraError
from cartera.tongue import say
from cartera.web import frame
from cartera.web.acts import CLIENT, FROM
from cartera.web.pages.clients.listing import listed
from cartera.web.rows import totals

if TYPE_CHECKING:
    from datetime import datetime

    from cartera.web.door import Visit

VERB, ALL, VERSION = "verb", "all", "version"
OWN = (VERB, ALL, VERSION, CLIENT, FROM)  # words of an address that are not of the list
LONGEST = 18  # digits of a version


def chosen(visit: Visit) -> Selected:
    """The clients; of a filter, with who joined or left since. Http404: one that was ticked is not there.

    CarteraError: nobody is selected. NotAllowedError: they are too many for the role.
    """
    found = _all(visit) if is_all(visit) else _ticked(visit)
    if not found.whom.ids and not found.left.names:
        raise CarteraError(say("no client is selected."), fix=say("Tick clients in the list, then choose what to do."))
    check_count(visit.scope, len(found.whom.ids))
    return found


def is_all(visit: Visit) -> bool:
    """Whether all clients of the filter are meant, and not those that were ticked."""
    return ALL in visit.request.GET


def _all(visit: Visit) -> Selected:
    def asked(known: datetime | None) -> dict[str, str]:
        _, rows = listed(visit, known)
        return dict(zip(rows.column("client_id").to_pylist(), rows.column("name").to_pylist(), strict=True))

    return selected(visit.desk.book, seen(visit), asked)


def _ticked(visit: Visit) -> Selected:
    request, book = visit.request, visit.desk.book
    ids = list(dict.fromkeys([*request.POST.getlist(CLIENT), *request.GET.getlist(CLIENT)]))
    check_count(visit.scope, len(ids))
    whom = clients_here(visit.scope, book, ids) if ids else Whom({})
    if whom is None:
        raise Http404
    return Selected(whom, book.facts_version, Whom({}), Whom({}))


def seen(visit: Visit) -> int | None:
    """The facts version that was looked at, None where none is named."""
    text = visit.request.POST.get(VERSION) or visit.request.GET.get(VERSION) or ""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None


def sums(visit: Visit, whom: Whom) -> dict[str, Any]:
    """What these clients were invoiced in the last 365 days and what is planned for them, as far as the day knows."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from cartera.web.asking import ask

    answer = ask(visit, "clients", where=())
    rows = answer.rows.filter(pc.is_in(answer.rows.column("client_id"), value_set=pa.array(whom.ids, pa.string())))
    columns = [one for one in answer.columns if one.name in ("amount", "planned_amount")]
    return totals(rows, columns) | {"currency": answer.currency}


def list_address(visit: Visit) -> str:
    """The list from which the selection comes."""
    more = {name: value for name, value in visit.asked.more.items() if name not in OWN}
    return frame.address(visit, "clients", asked=visit.asked.but(page=visit.asked.page, more=more))


def address(visit: Visit, word: str, version: int, **more: str) -> str:
    """The address of a verb for all clients of the filter; the ticked ones are sent beside it."""
    kept = {name: value for name, value in visit.asked.more.items() if name not in OWN}
    every = {ALL: "1", VERSION: str(version)} if is_all(visit) else {}
    asked = visit.asked.but(page=visit.asked.page, more=kept | every | ({VERB: word} if word else {}) | more)
    return frame.address(visit, "clients/bulk", asked=asked)
