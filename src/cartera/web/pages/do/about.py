"""About whom is a verb? Found through the scope before anything else; absent and foreign look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from cartera.app.workspace.deciding.replanning import client_of
from cartera.app.workspace.deciding.selecting import check_count
from cartera.app.workspace.deciding.whom import Whom, clients_here
from cartera.app.workspace.deciding.whose import undoable_by
from cartera.web.acts import CLIENT

if TYPE_CHECKING:
    from cartera.web.door import Visit
    from cartera.web.pages.do.verbs import Verb


def about(visit: Visit, verb: Verb) -> tuple[Whom, dict[str, Any]]:
    """The clients, and the plan or the change by its name. Http404: one of them is not there for this person."""
    if verb.about == "client":
        return _seen(clients_here(visit.scope, visit.desk.book, _clients(visit, verb))), {}
    name = _word(visit, verb.about)
    if verb.about == "plan":
        client = client_of(visit.scope, visit.desk.book, name)
        return _seen(client and clients_here(visit.scope, visit.desk.book, (client,))), {"plan": name}
    if not name.isdecimal() or len(name) > 18:
        raise Http404
    clients = undoable_by(visit.scope, visit.desk.book, int(name), visit.user.pk)
    if clients is None:
        raise Http404
    return clients_here(visit.scope, visit.desk.book, clients) or Whom({}), {"change": name}


def _clients(visit: Visit, verb: Verb) -> list[str]:
    request = visit.request
    ids = list(dict.fromkeys([*request.POST.getlist(CLIENT), *request.GET.getlist(CLIENT)]))
    if len(ids) > 1 and not verb.several:
        raise Http404
    check_count(visit.scope, len(ids))
    return ids


def _word(visit: Visit, name: str) -> str:
    return str(visit.request.POST.get(name) or visit.request.GET.get(name) or "")


def _seen(whom: Whom | str | None) -> Whom:
    if not isinstance(whom, Whom):
        raise Http404
    return whom
