"""What can be done with a source? Read it now, beside the page; change a setting; read it no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from cartera.app.clock import now
from cartera.app.workspace.connecting.connecting import change_setting, disconnect, found
from cartera.app.workspace.connecting.running import is_running
from cartera.errors import UnknownNameError
from cartera.web import frame
from cartera.web.jobs import SYNC

if TYPE_CHECKING:
    from cartera.web.door import Visit


def is_reading(visit: Visit, name: str) -> bool:
    """Whether somebody reads the source now, or is about to."""
    from cartera.app.workspace.jobs.asking import OPEN, rows

    book = visit.desk.book
    waiting = [one for one in rows(book).filter(kind=SYNC, state__in=OPEN) if one.arguments.get("source") == name]
    return bool(waiting) or is_running(book, name, now())


def synced(visit: Visit, name: str) -> HttpResponse:
    """The source is read by the server, as soon as it can; the page tells how far it is."""
    from cartera.app.workspace.jobs.asking import ask_for

    _there(visit, name)
    ask_for(visit.desk.book, SYNC, {"source": name}, user=visit.user, by=visit.by)
    return _back(visit)


def changed(visit: Visit, name: str) -> HttpResponse:
    """A setting of the source is another one from the next sync on."""
    source, sent = _there(visit, name), visit.request.POST
    change_setting(
        visit.scope, visit.desk.book, source, sent.get("setting", ""), sent.get("value", ""), now=now(), by=visit.by
    )
    return HttpResponseRedirect(frame.address(visit, f"data/sources/{name}"))


def disconnected(visit: Visit, name: str) -> HttpResponse:
    """The source is read no more."""
    disconnect(visit.scope, visit.desk.book, _there(visit, name), now=now(), by=visit.by)
    return _back(visit)


def _there(visit: Visit, name: str) -> Any:
    try:
        return found(visit.desk.book, name)
    except UnknownNameError:
        raise Http404 from None


def _back(visit: Visit) -> HttpResponse:
    return HttpResponseRedirect(frame.address(visit, "data/sources"))
