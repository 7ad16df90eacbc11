"""What happens at `do/{verb}`? Asked with GET it shows the form; sent with POST it decides once, and tells."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from cartera.app.scope import NotAllowedError
from cartera.app.workspace.deciding.act import acting
from cartera.app.workspace.deciding.planning import proposed
from cartera.app.workspace.deciding.sending import ChangedError, Sending, once, sent_before
from cartera.app.workspace.deciding.standing import segments
from cartera.errors import CarteraError
from cartera.tongue import spoken, text
from cartera.web import acts, frame
from cartera.web.door import GET, POST, Route
from cartera.web.pages.do import echo
from cartera.web.pages.do.about import about
from cartera.web.pages.do.rows import row
from cartera.web.pages.do.saying import named
from cartera.web.pages.do.verbs import VERBS, Verb
from cartera.words import segment_said

if TYPE_CHECKING:
    from cartera.app.workspace.deciding.sending import Told
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.web.door import Visit
    from cartera.web.pages.do.forms import Act

REFUSED, CHANGED = 422, 409
OTHER = text("changed something")
KINDS = {
    "import": text("imported facts"), "plan": text("planned an invoice"), "move": text("moved a plan"),
    "drop": text("dropped a plan"), "match": text("matched a plan with an invoice"), "mark": text("marked the client"),
    "note": text("noted something"), "log": text("logged a contact"), "assign": text("assigned a sales rep"),
    "undo": text("took something back"), "step": text("set a next step"), "contact": text("changed a contact"),
}  # fmt: skip


def page(visit: Visit, verb: Verb) -> HttpResponse:
    """The form, or what became of it."""
    key = str(visit.request.POST.get("request_id", ""))
    if visit.request.method == "POST" and key:
        before = sent_before(visit.desk.book, visit.user.pk, key)
        if before is not None:
            return done(visit, before)
    whom, more = about(visit, verb)
    if visit.request.method != "POST":
        return shown(visit, verb, whom, _form(visit, verb, None, initial(visit, verb, whom)), more)
    form = _form(visit, verb, visit.request.POST)
    if not form.is_valid():
        return shown(visit, verb, whom, form, more, status=REFUSED)
    sent = Sending(key, visit.user.pk, visit.by, form.cleaned_data.get("version"), whom.ids)
    try:
        return done(visit, once(visit.desk.book, sent, partial(verb.does, visit, whom, form.cleaned_data | more)))
    except ChangedError as changed:
        return conflict(visit, verb, form, changed, whom, more)
    except NotAllowedError:
        raise
    except CarteraError as problem:
        form.add_error(None, problem.what)
        return shown(visit, verb, whom, form, more, status=REFUSED)


def initial(visit: Visit, verb: Verb, whom: Whom) -> dict[str, Any]:
    """What the form proposes, with the facts on which whoever fills it in looks."""
    book, act = visit.desk.book, acting(visit.desk.book, visit.by)
    given: dict[str, Any] = {
        "request_id": acts.new_id(), "version": book.facts_version, "on": act.day, "since": act.day,
        "seen": _standing(visit, whom),
    }  # fmt: skip
    if verb.word == "plan" and len(whom.ids) == 1 and (likely := proposed(book, whom, act)):
        given |= {"day": likely.on, "amount": likely.amount}
    if verb.word == "log":
        given |= {"channel": "call", "direction": "out"}
    return given


def shown(
    visit: Visit, verb: Verb, whom: Whom, form: Act, more: dict[str, Any], *, status: int = 200, **context: Any
) -> HttpResponse:
    """The form in its page, or alone for a row. Of an undo, only what was wrong with it."""
    given = {
        "form": form, "title": spoken(verb.title).format(name=named(whom)), "button": spoken(verb.button),
        "action": acts.address(visit, verb.word, whom.ids, **more), "back": acts.back(visit), "whom": whom,
        "echo": f"/{visit.word}/do/echo",
        "names": list(whom.names.values())[:6] if len(whom.names) > 1 else [],
    }  # fmt: skip
    if visit.is_fragment:
        return render(visit.request, "acts/form.html", given | context, status=status)
    return frame.page(visit, "acts/page.html", given | context, status=status)


def conflict(visit: Visit, verb: Verb, form: Act, changed: ChangedError, *given: Any) -> HttpResponse:
    """The form still filled in, with what was seen, what holds now, and who changed it. given: whom, and what more."""
    whom, more = given
    then, now = form.cleaned_data.get("seen", ""), _standing(visit, whom)
    fresh: Any = visit.request.POST.copy()
    fresh["version"], fresh["seen"] = visit.desk.book.facts_version, now
    what = [{"by": one.by, "what": spoken(KINDS.get(one.kind, OTHER))} for one in changed.changes]
    context = {"changes": what, "then": _said(then), "now": _said(now)}
    return shown(visit, verb, whom, _form(visit, verb, fresh), more, status=CHANGED, **context)


def done(visit: Visit, told: Told) -> HttpResponse:
    """Back to where it was decided, told there; for a row, the row as it is now and the toast."""
    clients = told.clients
    if not visit.is_fragment:
        acts.keep_toast(visit, told.text, told.change)
        return HttpResponseRedirect(acts.back(visit))
    here, is_row = acts.asked_on(visit), len(clients) == 1 and acts.WHOLE not in visit.asked.more
    rows = [row(here, clients[0]) if is_row else None]
    if any(one is None for one in rows):
        acts.keep_toast(visit, told.text, told.change)
        return HttpResponse(headers={"HX-Redirect": acts.back(visit)})
    given = {"rows": rows, "toast": acts.toast(visit, told.text, told.change)}
    response = render(visit.request, "acts/done.html", given)
    response.headers["HX-Trigger"] = "decided"
    return response


def _form(visit: Visit, verb: Verb, data: Any, first: dict[str, Any] | None = None) -> Act:
    number = (first or {}).get("request_id") or (data or {}).get("request_id", "")
    return verb.form(data, initial=first, today=visit.today, auto_id=f"do-{verb.word}-{number[:6]}-%s")


def _standing(visit: Visit, whom: Whom) -> str:
    """The segment of the client, where it is one."""
    if len(whom.ids) != 1:
        return ""
    return segments(visit.desk.book, whom.ids, visit.today).get(whom.ids[0], "")


def _said(segment: str) -> str:
    from cartera.words import SEGMENT_LABELS

    return segment_said(segment) if segment in SEGMENT_LABELS else ""


ROUTES = (
    Route("do/echo", echo.page, "do-echo"),
    *(
        Route(
            f"do/{verb.word}", partial(page, verb=verb), f"do-{verb.word}", may=verb.may, methods=(*GET, *POST),
            narrows=False,
        )
        for verb in VERBS
    ),
)  # fmt: skip
