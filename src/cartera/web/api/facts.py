"""Facts as rows: a program that keeps clients and invoices sends what it has, and is told of each row what became."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Router, Schema

from cartera.app.clock import now
from cartera.app.workspace.importing.upsert import MOST, Sending, Upserted, upsert
from cartera.web.api.keys import visit

router = Router(tags=["facts"])
Value = str | int | bool | None


class Rows(Schema):
    """Rows of one fact table, each known again by its key. Amounts are decimal text, days ISO text.

    What a row does not name stays as it is; null empties it. Columns that the table does not have become dimensions.
    """

    rows: Annotated[
        list[dict[str, Value]],
        Field(min_length=1, max_length=MOST, description="Each with its columns by name, as the facts have them."),
    ]
    source: Annotated[str, Field(description="In whose name: ids of one source are apart from those of others.")] = (
        "tables"
    )


class Taken(Schema):
    """What became of one row. row: its place, from 0. column, why: of one that was refused."""

    row: int
    verdict: Literal["new", "changed", "unchanged", "refused"]
    column: str = ""
    why: str = ""


class Written(Schema):
    """What became of all rows. change: null where nothing changed. undo: what to send to do/undo to take it back."""

    change: int | None
    facts_version: int
    counts: dict[str, int]
    rows: list[Taken]
    undo: dict[str, int] | None


@router.put("/{workspace}/facts/{table}", response=Written, summary="Send clients, invoices, lines or marks")
def put(request: HttpRequest, workspace: str, table: str, sent: Rows) -> HttpResponse:
    """Every row that can be taken is taken, in one change; the others are told with their reason."""
    here = visit(request, workspace, "facts")
    here.scope.require("import")
    sending = Sending(table, sent.rows, here.by, sent.source)
    made = upsert(here.scope, here.desk.book, sending, today=here.today, now=now)
    return JsonResponse(told(made, here.desk.book.facts_version))


def told(made: Upserted, version: int) -> dict[str, Any]:
    """What became of the rows, as an answer."""
    rows = [
        {"row": place, "verdict": one.home, "column": one.column, "why": one.why}
        for place, one in enumerate(made.verdicts)
    ]
    undo = {"change": made.number} if made.number is not None else None
    return {"change": made.number, "facts_version": version, "counts": made.counts, "rows": rows, "undo": undo}
