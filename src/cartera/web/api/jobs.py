"""Jobs as addresses: what takes longer than a call may wait, how far it is, and the file that came of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import Http404, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from ninja import Field, Router, Schema

from cartera.app.workspace.connecting.connecting import found as source_called
from cartera.app.workspace.jobs.asking import DONE, FAILED, KEPT, ask_for, job_of
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say
from cartera.web import exporting
from cartera.web.api.keys import visit
from cartera.web.api.problems import problem
from cartera.web.jobs import SYNC
from cartera.web.pages.jobs.page import taken

if TYPE_CHECKING:
    from cartera.ledger.models import Job as Row
    from cartera.web.door import Visit

router = Router(tags=["jobs"])


class Job(Schema):
    """Work that is done beside. problem: of one that failed: detail, where and fix."""

    id: int
    kind: str
    state: Literal["waiting", "working", "done", "failed"]
    progress: Annotated[float, Field(description="Of the work, 0 to 1.")]
    download: Annotated[str | None, Field(description="Where the file is, once it is ready.")]
    until: Annotated[datetime | None, Field(description="When the job and its file are thrown away.")]
    problem: dict[str, str] | None


@router.get("/{workspace}/jobs/{job}", response=Job, summary="How far is a job?")
def look(request: HttpRequest, workspace: str, job: int) -> HttpResponseBase:
    """The job of this caller; ask again after a second or two until it is done or failed."""
    here = visit(request, workspace, "jobs")
    return JsonResponse(told(here, mine(here, job)))


@router.get(
    "/{workspace}/jobs/{job}/file",
    summary="The file that a job made",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file.",
                "content": {"text/csv": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def file(request: HttpRequest, workspace: str, job: int) -> HttpResponseBase:
    """The file, for a day; as long as whoever asked for it may still see what is in it."""
    here = visit(request, workspace, "jobs")
    found = mine(here, job)
    if found.kind != exporting.KIND:
        raise Http404
    if found.state != DONE:
        why = CarteraError(say("this job is not done."), fix=say("Look at it until it is."))
        return problem(request, why, status=409)
    return taken(here, found)


@router.post("/{workspace}/sync/{source}", response={202: Job}, summary="Read a connected system now")
def sync(request: HttpRequest, workspace: str, source: str) -> HttpResponseBase:
    """The job that reads it: look at it until it is done. It is the one that waits already where there is one."""
    here = visit(request, workspace, "sync")
    here.scope.require("sync")
    try:
        found = source_called(here.desk.book, source)
    except UnknownNameError:
        raise Http404 from None
    return begun(here, ask_for(here.desk.book, SYNC, {"source": str(found.name)}, user=here.user, by=here.by))


def mine(here: Visit, number: int) -> Row:
    """The job of this caller. Http404: there is none, of another person neither."""
    found = job_of(here.desk.book, number, user=here.user)
    if found is None:
        raise Http404
    return found


def begun(here: Visit, found: Row) -> HttpResponseBase:
    """202 with the job and where it is."""
    return JsonResponse(told(here, found), status=202, headers={"Location": address(here, found)})


def address(here: Visit, found: Row) -> str:
    """Where the job is looked at."""
    return f"/api/v1/{here.word}/jobs/{found.pk}"


def told(here: Visit, found: Row) -> dict[str, Any]:
    """The job as an answer."""
    has_file = found.state == DONE and found.kind == exporting.KIND
    why = {"detail": found.told.get("what"), "where": found.told.get("where"), "fix": found.told.get("fix")}
    return {
        "id": found.pk, "kind": found.kind, "state": found.state, "progress": found.percent / 100,
        "download": f"{address(here, found)}/file" if has_file else None,
        "until": found.ended_at and (found.ended_at + KEPT).isoformat(),
        "problem": why if found.state == FAILED else None,
    }  # fmt: skip
