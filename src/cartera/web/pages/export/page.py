"""A view as a file to be kept: what the page shows, not of one page alone but of the whole filter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpResponse

from cartera.app.export.formats import MODULES, TYPES, encoded
from cartera.app.show import view_called
from cartera.app.workspace.noted import note_export
from cartera.errors import UnknownNameError
from cartera.tongue import in_force
from cartera.web.asking import ask
from cartera.web.door import Route
from cartera.web.rows import found, in_order, totals

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit

SEARCHED = ("name", "city", "client_id", "email")
COMMA, SEMICOLON = ",", ";"
KINDS = tuple(MODULES)


def page(visit: Visit, view: str, kind: str) -> HttpResponse:
    """The file. UnknownNameError: there is no such view or format."""
    if kind not in KINDS:
        raise UnknownNameError("format", kind, KINDS)
    answer = as_seen(visit, ask(visit, view_called(view).name))
    note_export(visit.desk.book, by=visit.by, view=view, kind=kind, rows=answer.rows.num_rows, asked=visit.asked.text())
    content = local(answer) if kind == "csv" else encoded(answer, kind)
    name = f"{visit.word}-{view}-{answer.query.day.isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)


def as_seen(visit: Visit, answer: Answer) -> Answer:
    """The answer with the rows, the order and the columns of the page."""
    rows = found(answer.rows, visit.asked.q, SEARCHED)
    if visit.asked.sort:
        rows = in_order(rows, visit.asked.sort, answer.columns)
    columns = [one for name in visit.asked.cols for one in answer.columns if one.name == name] or list(answer.columns)
    sums = {name: value for name, value in totals(rows, columns).items() if name in answer.totals}
    return replace(answer, rows=rows.select([one.name for one in columns]), columns=tuple(columns), totals=sums)


def local(answer: Answer) -> bytes:
    """CSV as spreadsheets of the reader's language open it: with a mark of its encoding and their separator."""
    separator = COMMA if in_force().language.startswith("en") else SEMICOLON
    return encoded(answer, "csv", separator=separator, with_mark=True)


ROUTES = (Route("export/<slug:view>.<slug:kind>", page, "export", may="export"),)
