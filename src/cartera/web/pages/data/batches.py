"""What did one import bring, which rows did it refuse, and how is it taken back?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse

from cartera.app.export.formats import encoded
from cartera.app.workspace.deciding.act import acting
from cartera.app.workspace.deciding.sending import Told
from cartera.app.workspace.deciding.undoing import undo
from cartera.app.workspace.deciding.whose import undoable_by
from cartera.app.workspace.imports import imports
from cartera.app.workspace.rejects import rejects
from cartera.app.workspace.supply import sums_of
from cartera.tongue import in_force, say, say_many
from cartera.web import frame
from cartera.web.acts import new_id
from cartera.web.pages.data import saying
from cartera.web.pages.data.saying import UNDATED
from cartera.web.pages.data.sent import sent
from cartera.web.shown import table

if TYPE_CHECKING:
    from cartera.web.door import Visit

IN_FORCE = "in force"
SHOWN = 100  # refused rows on the page; the file has all


def page(visit: Visit, number: int) -> HttpResponse:
    """The import, with the one button that takes it back, and where to go from here."""
    rows = imports(visit.scope, visit.desk.book, day=visit.today).rows.to_pylist()
    row = next((one for one in rows if one["batch"] == number), None)
    if row is None:
        raise Http404
    visit = replace(visit, route=f"data/imports/{number}")
    is_first = len(rows) == 1 and row["state"] == IN_FORCE
    may_undo = visit.scope.allows("import") and visit.scope.allows("undo")
    context: dict[str, Any] = {
        **UNDATED, "row": row, "number": str(number),
        "sums": saying.sums(sums_of(visit.scope, visit.desk.book, number)), "sentence": sentence(row),
        "is_in_force": row["state"] == IN_FORCE,
        "request_id": new_id(), "may_undo": may_undo, "undo": frame.address(visit, f"data/imports/{number}/undo"),
        "rejects": frame.address(visit, f"data/imports/{number}/rejects"), "data": frame.address(visit, "data"),
        "on": frame.address(visit, "data/windows" if is_first else "portfolio"), "is_first": is_first,
    }  # fmt: skip
    return frame.page(visit, "data/import.html", context)


def sentence(row: dict[str, Any]) -> str:
    """What it brought."""
    clients = say_many("{count} new client", "{count} new clients", count=row["clients_new"])
    return say_many(
        "{file}: {count} new invoice or credit note, {clients}.",
        "{file}: {count} new invoices and credit notes, {clients}.",
        count=row["documents_new"], file=row["file"], clients=clients,
    )  # fmt: skip


def undone(visit: Visit, number: int) -> HttpResponse:
    """The whole import taken back, by whom `do/undo` would let. Http404: no such import, or not of what is seen."""
    if all(one["batch"] != number for one in imports(visit.scope, visit.desk.book, day=visit.today).rows.to_pylist()):
        raise Http404
    if undoable_by(visit.scope, visit.desk.book, number, visit.user.pk) is None:
        raise Http404

    def do() -> Told:
        """The undo, as a decision of whoever sent it."""
        made = undo(visit.scope, visit.desk.book, str(number), acting(visit.desk.book, visit.by))
        return Told(made.number, say("Import {number} was taken back.", number=str(number)))

    return sent(visit, do, frame.address(visit, f"data/imports/{number}"))


def rejected(visit: Visit, number: int) -> HttpResponse:
    """The rows that were refused, why, and the file that brings them back."""
    visit = replace(visit, route=f"data/imports/{number}/rejects")
    answer = rejects(visit.scope, visit.desk.book, number, day=visit.today, by=visit.by)
    columns = [one for one in answer.columns if one.name != "cartera_row"]
    shown = table(answer, answer.rows.slice(0, SHOWN).to_pylist(), columns=columns)
    count = answer.rows.num_rows
    context = {
        **UNDATED, "number": str(number), "table": shown, "count": count, "left": max(0, count - SHOWN),
        "file": frame.address(visit, f"data/imports/{number}/rejects.csv"), "data": frame.address(visit, "data"),
        "may_import": visit.scope.allows("import"), "here": frame.address(visit, f"data/imports/{number}"),
    }  # fmt: skip
    return frame.page(visit, "data/rejects.html", context)


def download(visit: Visit, number: int) -> HttpResponse:
    """The refused rows as a file to mend and to upload again."""
    answer = rejects(visit.scope, visit.desk.book, number, day=visit.today, by=visit.by)
    data = encoded(answer, "csv", separator=";" if in_force().decimal == "," else ",", with_mark=True)
    name = f"import-{number}-to-mend.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="text/csv; charset=utf-8", headers=headers)
