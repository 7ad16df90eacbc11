"""Every view as an address: which there are, and what each answers."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema

from cartera.app.export.formats import TYPES
from cartera.app.show import view_called
from cartera.app.workspace.noted import note_export
from cartera.tongue import in_force
from cartera.views.registry import VIEWS
from cartera.web import exporting
from cartera.web.api import asked
from cartera.web.api.asked import Asking
from cartera.web.api.bodies import body, started, wanted
from cartera.web.api.jobs import begun
from cartera.web.api.keys import visit
from cartera.web.asking import day
from cartera.web.door import narrow
from cartera.web.sending import sent

router = Router(tags=["views"])
FILES = ("csv", "xlsx", "parquet")
LOOKED_AT = 1_000  # rows of an answer that are looked at; whoever goes on takes them along


class Described(Schema):
    """A view: its name, its question, and what it can be asked beside day, policy and filters."""

    name: str
    question: str
    takes: list[str]
    has_picture: bool


@router.get("/{workspace}/views", response=list[Described], summary="Every question that can be asked")
def registry(request: HttpRequest, workspace: str) -> list[dict[str, Any]]:
    """Every question that can be asked, in the order in which people ask them."""
    visit(request, workspace, "views").scope.require("show")
    return [
        {
            "name": one.name, "question": one.asks, "has_picture": one.picture is not None,
            "takes": sorted({*one.takes, *(one.over_time.takes if one.over_time else ())}),
        }
        for one in VIEWS
    ]  # fmt: skip


@router.get(
    "/{workspace}/views/{view}",
    summary="One question, answered",
    openapi_extra={"responses": asked.ANSWERED["responses"] | asked.MADE_LATER},
)
def answer(request: HttpRequest, workspace: str, view: str, asking: Query[Asking]) -> HttpResponseBase:
    """The answer with its columns and rows; as CSV, XLSX, Parquet or SVG if that is asked for.

    Files, and rows behind the first thousand, are an export. A file of more than 100,000 rows is made beside: the
    answer is 202 with the job, whose address says when it is ready.
    """
    here = visit(request, workspace, "views")
    here.asked = asked.address(asking)
    narrow(here)
    name = wanted(request, asking.format)
    if name in FILES:
        here.scope.require("export")
    shown, options = view_called(view), asked.options(asking)
    tag = etag(here.scope.clients, here.desk.state(), day(here), asking, view, name)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    found = exporting.ask_plainly(here, shown, options)
    count = found.rows.num_rows
    if name == "json":
        if min(count, started(asking.cursor) + asking.limit) > LOOKED_AT:
            here.scope.require("export")
        content = body(here, found, limit=asking.limit, after=asking.cursor)
        return HttpResponse(content, content_type=TYPES[name], headers={"ETag": tag})
    if name in FILES:
        if exporting.is_too_large(found):
            return begun(here, exporting.ordered(here, found, name, options))
        note_export(here.desk.book, by=here.by, view=view, kind=name, rows=count, asked=here.asked.text())
    return sent(found, name, headers={"ETag": tag})


def etag(*parts: Any) -> str:
    """Names everything that the answer depends on."""
    told = repr([*parts, in_force().language]).encode()
    return f'"{sha256(told).hexdigest()[:32]}"'
