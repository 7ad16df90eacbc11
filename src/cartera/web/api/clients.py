"""One client as an address: its profile, and why it is where it is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from cartera.app.explain import explain
from cartera.app.export.formats import TYPES
from cartera.app.show import Ask
from cartera.web.api import asked
from cartera.web.api.asked import Standing
from cartera.web.api.bodies import body
from cartera.web.api.keys import visit
from cartera.web.asking import ask, ask_of
from cartera.web.door import Visit

router = Router(tags=["clients"])


@router.get("/{workspace}/clients/{client_id}", summary="The whole profile of one client", openapi_extra=asked.ANSWERED)
def profile(request: HttpRequest, workspace: str, client_id: str, asking: Query[Standing]) -> HttpResponse:
    """The rows of the view `client`: what it is, what it bought, what is planned, whom to call."""
    here = seen(request, workspace, client_id, asking)
    here.asked = here.asked.only("client_id", client_id)
    return HttpResponse(body(here, ask(here, "client")), content_type=TYPES["json"])


@router.get("/{workspace}/clients/{client_id}/explain", summary="Why is it where it is?", openapi_extra=asked.ANSWERED)
def why(request: HttpRequest, workspace: str, client_id: str, asking: Query[Standing]) -> HttpResponse:
    """Its segment, the rule in words, the evidence, the next change and what to do."""
    here = seen(request, workspace, client_id, asking)
    question: Ask = ask_of(here, frozenset())
    with here.desk.asking:
        found = explain(here.scope, here.desk.source(here.scope, here.asked.known), client_id, question)
    return HttpResponse(body(here, found), content_type=TYPES["json"])


def seen(request: HttpRequest, workspace: str, client_id: str, asking: Standing) -> Visit:
    """The visit, for a client that this caller may see. Http404: for any other id alike."""
    here = visit(request, workspace, "clients")
    here.scope.require("show")
    here.asked = asked.address(asking)
    known: Any = ask(here, "activity").rows.column("client_id").to_pylist()
    if client_id not in known:
        raise Http404
    return here
