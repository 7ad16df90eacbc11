"""A view as a file to be kept: what the page shows, not of one page alone but of the whole filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect

from cartera.app.export.formats import MODULES
from cartera.app.workspace.noted import note_export
from cartera.errors import UnknownNameError
from cartera.web.door import Route
from cartera.web.exporting import answered, is_too_large, name_of, ordered
from cartera.web.sending import local, sent

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from cartera.web.door import Visit

KINDS = tuple(MODULES)
PICTURE = "svg"


def page(visit: Visit, view: str, kind: str) -> HttpResponseBase:
    """The file, or the page that says when it is ready. UnknownNameError: there is no such view or format."""
    if kind not in KINDS:
        raise UnknownNameError("format", kind, KINDS)
    answer = answered(visit, view, None)
    if kind != PICTURE and is_too_large(answer):
        return HttpResponseRedirect(f"/{visit.word}/jobs/{ordered(visit, answer, kind).pk}")
    note_export(visit.desk.book, by=visit.by, view=view, kind=kind, rows=answer.rows.num_rows, asked=visit.asked.text())
    headers = {"Content-Disposition": f'attachment; filename="{name_of(visit, answer, kind)}"'}
    return sent(answer, kind, headers=headers, **(local() if kind == "csv" else {}))


ROUTES = (Route("export/<slug:view>.<slug:kind>", page, "export", may="export"),)
