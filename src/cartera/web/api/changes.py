"""What happened since? The changes of a workspace, for programs that follow it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from cartera.app.workspace.deciding.following import changes_after
from cartera.web.api.keys import visit

router = Router(tags=["changes"])


class After(Schema):
    """Where to go on."""

    after: Annotated[int, Field(ge=0, le=2**53, description="The facts version that is known already.")] = 0
    limit: Annotated[int, Field(ge=1, le=1_000, description="How many changes at most.")] = 100


class Made(Schema):
    """One change. facts_version: what it led to; null where no fact changed."""

    change: int
    kind: str
    facts_version: int | None
    made_at: datetime
    by: str
    client_id: str | None


class Feed(Schema):
    """The changes in their order; `next` goes on behind them."""

    changes: list[Made]
    next: int
    facts_version: int


@router.get("/{workspace}/changes", response=Feed, summary="What changed after a facts version")
def feed(request: HttpRequest, workspace: str, wanted: Query[After]) -> dict[str, object]:
    """All changes; for a caller who sees some clients alone those about one of them, or about several of them and
    nobody else. Imports, rates and decisions that other clients have a part in are not told such a caller.
    """
    here = visit(request, workspace, "changes")
    found = changes_after(here.scope, here.desk.book, wanted.after, limit=wanted.limit)
    last = max((one["facts_version"] or 0 for one in found), default=wanted.after)
    return {"changes": found, "next": max(last, wanted.after), "facts_version": here.desk.book.facts_version}
