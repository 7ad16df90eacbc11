"""Decisions as addresses: the verbs of the pages, done once however often they are sent."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from ninja import Field, Header, Router, Schema

from cartera.app.tongues import tongue
from cartera.app.workspace.deciding.sending import ChangedError, ReusedError, Sending, once, sent_before
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import speaking
from cartera.web.api.keys import visit
from cartera.web.api.problems import problem
from cartera.web.pages.do.about import about
from cartera.web.pages.do.verbs import VERBS, Verb

if TYPE_CHECKING:
    from cartera.app.workspace.deciding.sending import Told
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.web.door import Visit
    from cartera.web.pages.do.forms import Act

router = Router(tags=["decisions"])
BY_WORD = {one.word: one for one in VERBS}
WRITTEN = "en"  # days and amounts are read as ISO days and decimal text, whatever the language of the answer


class Decision(Schema):
    """What is decided. client: ids. plan, change: what the verb is about, where it is about one."""

    client: Annotated[list[str], Field(default_factory=list, max_length=10_000, description="Ids of clients.")]
    plan: Annotated[str, Field(description="For move, drop and match.")] = ""
    change: Annotated[int | None, Field(ge=1, le=2**31, description="For undo: the number of the change.")] = None
    day: Annotated[str, Field(description="For plan and move: the day of the invoice, as 2026-12-31.")] = ""
    amount: Annotated[str, Field(description="For plan: decimal text, such as 1200.50.")] = ""
    every: Annotated[str, Field(description="For plan: month, quarter or year.")] = ""
    times: Annotated[int | None, Field(ge=1, le=1_000, description="For plan: how many invoices in all.")] = None
    like: Annotated[str, Field(description="For plan: last-year.")] = ""
    invoice: Annotated[str, Field(description="For match: the invoice that kept the plan.")] = ""
    reason: Annotated[str, Field(description="For lost and cancelled: a code.")] = ""
    review: Annotated[str, Field(description="For lost: the day to look again.")] = ""
    note: str = ""
    text: Annotated[str, Field(description="For note.")] = ""
    channel: Annotated[str, Field(description="For log: call, e-mail, meeting, chat or visit.")] = ""
    direction: Annotated[str, Field(description="For log: in or out.")] = ""
    about: Annotated[str, Field(description="For log: what it was about.")] = ""
    on: Annotated[str, Field(description="For log: the day.")] = ""
    rep: Annotated[str, Field(description="For assign: the rep; empty for nobody.")] = ""
    since: Annotated[str, Field(description="For assign: from which day.")] = ""
    version: Annotated[int | None, Field(description="The facts version that was looked at: 409 if it changed.")] = None


class Decided(Schema):
    """What was done. change: its number. undo: what to send to do/undo to take it back."""

    change: int
    text: str
    clients: list[str]
    undo: dict[str, int]


Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=80)]


@router.post("/{workspace}/do/{verb}", response=Decided, summary="Decide something")
def decide(request: HttpRequest, workspace: str, verb: str, decision: Decision, key: Key) -> HttpResponse:
    """What was done. The same Idempotency-Key again answers the same and does nothing."""
    here = visit(request, workspace, "do")
    if verb not in BY_WORD:
        raise UnknownNameError("verb", verb, tuple(BY_WORD))
    wanted = BY_WORD[verb]
    here.scope.require(wanted.may)
    what = sha256(f"{verb} {decision.model_dump_json()}".encode()).hexdigest()
    try:
        before = sent_before(here.desk.book, here.user.pk, key, what)
    except ReusedError as reused:
        return problem(request, reused, status=422)
    if before is not None:
        return JsonResponse(told(before))
    request.POST = fields(decision)
    whom, more = about(here, wanted)
    with speaking(tongue(WRITTEN)):
        form = wanted.form(request.POST, today=here.today)
        is_valid = form.is_valid()
    if not is_valid:
        return refused(request, form)
    sent = Sending(key, here.user.pk, here.by, decision.version, whom.ids, what)
    try:
        return JsonResponse(told(done(here, sent, wanted, whom, form.cleaned_data | more)))
    except ChangedError as changed:
        return overtaken(request, changed)


def done(here: Visit, sent: Sending, verb: Verb, whom: Whom, given: dict[str, Any]) -> Told:
    """What the verb told."""
    return once(here.desk.book, sent, partial(verb.does, here, whom, given))


def overtaken(request: HttpRequest, changed: ChangedError) -> HttpResponse:
    """409: what changed since the version that was looked at."""
    made = [{"change": one.number, "kind": one.kind, "by": one.by} for one in changed.changes]
    return problem(request, changed, status=409, changes=made)


def fields(decision: Decision) -> QueryDict:
    """The decision as a form sends it."""
    sent = QueryDict(mutable=True)
    for name, value in decision.model_dump().items():
        if isinstance(value, list):
            sent.setlist(name, value)
        elif value not in (None, ""):
            sent[name] = str(value)
    return sent


def refused(request: HttpRequest, form: Act) -> HttpResponse:
    """422: each field with what is wrong with it."""
    faults = [{"where": name, "detail": str(one)} for name, errors in form.errors.items() for one in errors]
    first = faults[0]
    return problem(request, CarteraError(first["detail"], where=first["where"]), status=422, errors=faults)


def told(what: Told) -> dict[str, Any]:
    """What was done, as an answer."""
    return {"change": what.change, "text": what.text, "clients": list(what.clients), "undo": {"change": what.change}}
