"""A file on its way in: received, read while the page waits, understood, asked about, imported once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from cartera.app.workspace.importing import pending, working
from cartera.app.workspace.importing.pending import Pending, too_large
from cartera.app.workspace.importing.understood import ROLES, compared
from cartera.errors import CarteraError, InputError
from cartera.tongue import say
from cartera.web import frame
from cartera.web.pages.data import forms, saying
from cartera.web.pages.data import page as index
from cartera.web.pages.data.saying import UNDATED
from cartera.web.pages.data.sums import typed_in

if TYPE_CHECKING:
    from cartera.web.door import Visit


WIDEST = 60  # columns that are shown; those behind are kept as they are


def upload(visit: Visit) -> HttpResponse:
    """The file kept and being read; back to the form with the reason where that cannot be."""
    try:
        found = _received(visit)
    except CarteraError as problem:
        return index.page(replace(visit, route="data"), error=problem.sentence)
    working.begin(visit.scope, visit.desk.book, found)
    return HttpResponseRedirect(here(visit, found))


def _received(visit: Visit) -> Pending:
    sent: Any = visit.request.FILES.get("file")
    if getattr(visit.request, "is_too_large", False):
        raise too_large(str(getattr(visit.request, "sent_name", "")))
    if sent is None:
        raise InputError(say("No file was chosen."), fix=say("Choose one, or drop it into the field."))
    book, where = visit.desk.book, visit.desk.where
    return pending.receive(visit.scope, book, where, sent.name, sent.chunks(), user=visit.user.pk, by=visit.by)


def here(visit: Visit, found: Pending, part: str = "") -> str:
    """The address of the upload's own page."""
    return frame.address(visit, f"data/pending/{found.token}") + part


def mine(visit: Visit, token: str) -> Pending:
    """The upload of whoever looks. Http404: there is none, of another person neither."""
    found = pending.pending(visit.scope, visit.desk.book, visit.desk.where, token, user=visit.user.pk)
    if found is None:
        raise Http404
    return found


def page(visit: Visit, token: str) -> HttpResponse:
    """How far the upload is, and what was understood of it."""
    found = mine(visit, token)
    state = working.state_of(visit.scope, visit.desk.book, found)
    if state.step == working.DONE:
        return done(visit, frame.address(visit, f"data/imports/{state.told['number']}"))
    return show(visit, found, state)


def done(visit: Visit, address: str) -> HttpResponse:
    """To the page of the import; a page that asks for a part of itself is told so."""
    if visit.is_fragment:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def show(visit: Visit, found: Pending, state: working.State, **more: Any) -> HttpResponse:
    """The page of the upload in this state. more: what is wrong with what was sent."""
    visit = replace(visit, route=f"data/pending/{found.token}")
    told = working.shown(found)
    questions = forms.questions_of(state.questions or told.get("questions", []))
    context: dict[str, Any] = {
        **UNDATED, "upload": found, "state": state, "told": told, "here": here(visit, found),
        "percent": round(100 * state.share),
        "questions": [(one, forms.is_yes(one)) for one in questions],
        "months": _months(visit, found, told, more.get("wrong", {})), "is_new": _is_new(told),
        "sums": saying.sums(told.get("sums", [])), "taken": _taken(told), "documents": _documents(told),
        "columns": [(name, role, saying.role(role)) for name, role in zip(*_columns(told), strict=False)],
        "rows": [row[:WIDEST] for row in told.get("rows", [])], "further": max(0, len(told.get("header", [])) - WIDEST),
        "roles": [(one, saying.role(one)) for one in ROLES],
        "orders": forms.ORDERS, "signs": forms.SIGNS, "delimiters": forms.DELIMITERS,
        "given": found.answers.reading, "wrong": {}, "unanswered": [],
        "data": frame.address(visit, "data"),
    }  # fmt: skip
    if state.step == working.KNOWN:
        context["earlier_on"] = saying.day(state.told["day"])
        context["earlier"] = frame.address(visit, f"data/imports/{state.told['number']}")
    status = 422 if more else 200
    return frame.page(visit, "data/upload.html", context | more, status=status)


def _months(visit: Visit, found: Pending, told: dict[str, Any], wrong: dict[str, str]) -> list[dict[str, Any]]:
    if not told:
        return []
    return saying.compared(compared(told["months"], found.totals), typed_in(visit) if wrong else {}, wrong)


def _columns(told: dict[str, Any]) -> tuple[list[str], list[str]]:
    return told.get("header", [])[:WIDEST], told.get("roles", [])[:WIDEST]


def _taken(told: dict[str, Any]) -> int:
    """The rows that would be imported."""
    counts = told.get("counts", {})
    return sum(counts.get(f"rows_{home}", 0) for home in ("new", "changed", "unchanged"))


def _documents(told: dict[str, Any]) -> int:
    return sum(one["count"] for one in told.get("sums", []))


def _is_new(told: dict[str, Any]) -> bool:
    """Whether the file would change anything."""
    changes = told.get("changes", {})
    said = [counts.get(home, 0) for counts in told.get("said", {}).values() for home in ("new", "changed")]
    clients = told.get("clients", {})
    return any((*(changes.get(home) for home in ("new", "changed", "removed")), clients.get("changed"), *said))


def read(visit: Visit, token: str) -> HttpResponse:
    """The file read anew with what was said about it."""
    found = mine(visit, token)
    state, told = working.state_of(visit.scope, visit.desk.book, found), working.shown(found)
    if state.is_working or found.is_accepted:
        return HttpResponseRedirect(here(visit, found))
    given, sent = found.answers, visit.request.POST.dict()
    if state.step == working.ASKED:
        given, unanswered = forms.answered(given, forms.questions_of(state.questions), sent)
        if unanswered:
            return show(visit, found, state, unanswered=unanswered)
    else:
        given = forms.reread(given, told.get("header", []), told.get("roles", []), sent)
        found = replace(found, source=sent.get("source", "").strip() or None)
    found = replace(found, answers=given)
    pending.keep(found)
    working.begin(visit.scope, visit.desk.book, found)
    return HttpResponseRedirect(here(visit, found))


def totals(visit: Visit, token: str) -> HttpResponse:
    """Accounting's totals beside those of the file."""
    found = mine(visit, token)
    typed, wrong = forms.totals_in(visit.request.POST.dict())
    found = replace(found, totals=forms.kept_totals(typed))
    if wrong:
        return show(visit, found, working.state_of(visit.scope, visit.desk.book, found), wrong=wrong)
    pending.keep(found)
    return HttpResponseRedirect(here(visit, found, "#totals"))


def accepted(visit: Visit, token: str) -> HttpResponse:
    """The import, ordered once however often this is sent."""
    found = mine(visit, token)
    state = working.state_of(visit.scope, visit.desk.book, found)
    if state.step == working.READY and not found.is_accepted:
        questions = forms.questions_of(working.shown(found).get("questions", []))
        given, unanswered = forms.answered(found.answers, questions, visit.request.POST.dict())
        if unanswered:
            return show(visit, found, state, unanswered=unanswered)
        found = replace(found, answers=given)
        pending.keep(found)
        if pending.accept(visit.scope, found):
            _import(visit, found)
    return HttpResponseRedirect(here(visit, found))


def _import(visit: Visit, found: Pending) -> None:
    """Begin, and have the new facts open for questions before the page says that they are there."""
    desk = visit.desk
    working.begin(visit.scope, desk.book, found, working.IMPORTING, then=desk.usual_day)


def dropped(visit: Visit, token: str) -> HttpResponse:
    """The upload thrown away."""
    found = mine(visit, token)
    state = working.state_of(visit.scope, visit.desk.book, found)
    if state.step != working.IMPORTING:
        pending.drop(visit.scope, found)
    return HttpResponseRedirect(frame.address(visit, "data"))
