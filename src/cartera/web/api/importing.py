"""Imports as addresses: send a file, see what would be understood, accept it, take it back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import Field, Router, Schema
from ninja.files import UploadedFile
from ninja.params.functions import File

from cartera.app.export.formats import TYPES
from cartera.app.workspace.importing import pending, working
from cartera.app.workspace.importing.answers import Answers
from cartera.app.workspace.imports import imports
from cartera.errors import CarteraError
from cartera.tongue import say
from cartera.web.api.asked import ANSWERED
from cartera.web.api.bodies import body
from cartera.web.api.keys import visit
from cartera.web.api.problems import problem

if TYPE_CHECKING:
    from cartera.app.workspace.importing.pending import Pending
    from cartera.web.door import Visit

router = Router(tags=["imports"])
Sent = Annotated[UploadedFile, File(description="Of invoices, clients or other facts: CSV, XLSX, or packed.")]


class Upload(Schema):
    """A file on its way in. step: reading, ready, asked, refused, known, importing or done. share: of the work, 0 to 1.

    understood: what it would bring, once it was read. questions: what must be answered first. told: why it was refused,
    or the number of its import.
    """

    token: str
    file: str
    step: str
    share: float
    told: dict[str, Any]
    questions: list[dict[str, Any]]
    understood: dict[str, Any]


class Reading(Schema):
    """How the file is to be read, as the options of `cartera import` say it."""

    reading: Annotated[dict[str, Any], Field(description='Such as {"date_order": "dmy", "decimal": "comma"}.')]


@router.get("/{workspace}/imports", summary="What was imported", openapi_extra=ANSWERED)
def listed(request: HttpRequest, workspace: str) -> HttpResponse:
    """Every import with where each of its rows went."""
    here = visit(request, workspace, "imports")
    here.scope.require("imports")
    answer = imports(here.scope, here.desk.book, day=here.today)
    return HttpResponse(body(here, answer), content_type=TYPES["json"])


@router.post("/{workspace}/imports", response={201: Upload}, summary="Send a file")
def send(request: HttpRequest, workspace: str, file: Sent) -> HttpResponse:
    """The file is kept for a day and being read; nothing is imported yet."""
    here = visit(request, workspace, "imports")
    book, where = here.desk.book, here.desk.where
    found = pending.receive(here.scope, book, where, file.name or "file", file.chunks(), user=here.user.pk, by=here.by)
    working.begin(here.scope, book, found)
    return JsonResponse(told(here, found), status=201)


@router.get("/{workspace}/imports/pending/{token}", response=Upload, summary="What was understood")
def look(request: HttpRequest, workspace: str, token: str) -> HttpResponse:
    """How far it is, what it would bring, and what must be answered first."""
    here = visit(request, workspace, "imports")
    return JsonResponse(told(here, mine(here, token)))


@router.post("/{workspace}/imports/pending/{token}/read", response=Upload, summary="Answer and read again")
def read(request: HttpRequest, workspace: str, token: str, reading: Reading) -> HttpResponse:
    """The file read anew with what was said about it."""
    here = visit(request, workspace, "imports")
    found = mine(here, token)
    state = working.state_of(here.scope, here.desk.book, found)
    if state.is_working or found.is_accepted:
        return busy(request)
    answers = replace(found.answers, reading={**found.answers.reading, **reading.reading})
    found = replace(found, answers=checked(answers))
    pending.keep(found)
    working.begin(here.scope, here.desk.book, found)
    return JsonResponse(told(here, found))


@router.post("/{workspace}/imports/pending/{token}/accept", response={202: Upload}, summary="Import it")
def accept(request: HttpRequest, workspace: str, token: str) -> HttpResponse:
    """The import is ordered, once however often this is sent; look at it again to see how far it is."""
    here = visit(request, workspace, "imports")
    found = mine(here, token)
    state = working.state_of(here.scope, here.desk.book, found)
    if state.step != working.READY and not found.is_accepted:
        told_so = say("this upload is {step}, not ready.", step=state.step)
        why = CarteraError(told_so, fix=say("Look at it, answer what is asked."))
        return problem(request, why, status=409)
    if working.shown(found).get("questions"):
        why = CarteraError(say("a question is open."), fix=say("Answer it with .../read."))
        return problem(request, why, status=409)
    if pending.accept(here.scope, found):
        working.begin(here.scope, here.desk.book, found, working.IMPORTING)
    return JsonResponse(told(here, found), status=202)


@router.delete("/{workspace}/imports/pending/{token}", response={204: None}, summary="Throw it away")
def drop(request: HttpRequest, workspace: str, token: str) -> HttpResponse:
    """The upload is gone."""
    here = visit(request, workspace, "imports")
    found = mine(here, token)
    if working.state_of(here.scope, here.desk.book, found).step == working.IMPORTING:
        return busy(request)
    pending.drop(here.scope, found)
    return HttpResponse(status=204)


def mine(here: Visit, token: str) -> Pending:
    """The upload of this caller. Http404: there is none, of another person neither."""
    found = pending.pending(here.scope, here.desk.book, here.desk.where, token, user=here.user.pk)
    if found is None:
        raise Http404
    return found


def told(here: Visit, found: Pending) -> dict[str, Any]:
    """The upload as an answer."""
    state = working.state_of(here.scope, here.desk.book, found)
    return {
        "token": found.token, "file": found.name, "step": state.step, "share": state.share, "told": state.told,
        "questions": state.questions, "understood": working.shown(found),
    }  # fmt: skip


def checked(answers: Answers) -> Answers:
    """The answers, if the reader knows them. CarteraError: it does not."""
    from cartera.sources.files.options import ReadOptions

    try:
        ReadOptions(**answers.reading)
    except TypeError as wrong:
        raise CarteraError(say("the reader does not know this: {wrong}.", wrong=str(wrong)), where="reading") from None
    return answers


def busy(request: HttpRequest) -> HttpResponse:
    """409: somebody is at work on it."""
    why = CarteraError(say("this upload is being worked on."), fix=say("Look at it again later."))
    return problem(request, why, status=409)
