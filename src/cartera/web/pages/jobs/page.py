"""How far is the file that was asked for? The page asks again by itself until it is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse, Http404

from cartera.app.export.formats import TYPES
from cartera.app.workspace.jobs.asking import DONE, FAILED, KEPT, OPEN, job_of
from cartera.errors import CarteraError
from cartera.tongue import say
from cartera.web import frame
from cartera.web.door import Route
from cartera.web.exporting import KIND, check_still_seen, file_of

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from cartera.ledger.models import Job
    from cartera.web.door import Visit


def mine(visit: Visit, number: int) -> Job:
    """The export of whoever looks. Http404: there is none (any more), of another person neither."""
    found = job_of(visit.desk.book, number, user=visit.user)
    if found is None or found.kind != KIND:
        raise Http404
    return found


def page(visit: Visit, number: int) -> HttpResponse:
    """How far it is."""
    job = mine(visit, number)
    if job.state == DONE:
        check_still_seen(visit.scope, job)
    here = f"/{visit.word}/jobs/{job.pk}"
    again = f"/{visit.word}/export/{job.arguments['view']}.{job.arguments['format']}{job.arguments['query']}"
    given = {
        "job": job, "here": here, "is_open": job.state in OPEN, "is_failed": job.state == FAILED, "again": again,
        "file": f"{here}/file", "name": job.arguments["name"], "rows": job.told.get("rows"),
        "until": job.ended_at and job.ended_at + KEPT, "zone": visit.workspace.time_zone,
    }  # fmt: skip
    return frame.page(visit, "jobs/page.html", given)


def file(visit: Visit, number: int) -> HttpResponseBase:
    """The file itself. CarteraError: it is not ready, or not to be had any more."""
    job = mine(visit, number)
    return taken(visit, job)


def taken(visit: Visit, job: Job) -> HttpResponseBase:
    """The file of the job, from the disk."""
    if job.state != DONE:
        raise CarteraError(say("this file is not ready."), fix=say("Look at it again later."))
    path = file_of(visit, job)
    kind = TYPES[job.arguments["format"]]
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=kind)


ROUTES = (
    Route("jobs/<int:number>", page, "job", narrows=False),
    Route("jobs/<int:number>/file", file, "job-file", narrows=False),
)
