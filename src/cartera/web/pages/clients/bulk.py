"""What happens to several clients at once? First what would be done to whom; sent, one change with one way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect

from cartera.app.roles import who_may
from cartera.app.scope import NotAllowedError
from cartera.app.workspace.deciding.act import acting
from cartera.app.workspace.deciding.planning import like_last_year
from cartera.app.workspace.deciding.selecting import Selected, fitting
from cartera.app.workspace.deciding.sending import ChangedError, Sending, Told, once, sent_before
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import both, money, say, say_many, spoken
from cartera.web import acts, frame
from cartera.web.pages.clients import choosing
from cartera.web.pages.clients.tools import hidden
from cartera.web.pages.do.page import CHANGED, KINDS, OTHER, REFUSED
from cartera.web.pages.do.saying import named
from cartera.web.pages.do.verbs import VERBS, Verb

if TYPE_CHECKING:
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.web.door import Visit
    from cartera.web.pages.do.forms import Act

MANY = ("plan", "lost", "cancelled", "reactivate", "note", "assign")
BY_WORD = {one.word: one for one in VERBS if one.word in MANY}
TEMPLATE = "clients/bulk.html"
NAMED = 12
MOST_LOOKED_AT = 500  # clients whose last year is added up before anything is chosen


def page(visit: Visit) -> HttpResponse:
    """What a verb would do to whom, or what became of it; without a verb, those that there are."""
    key = str(visit.request.POST.get("request_id", ""))
    before = sent_before(visit.desk.book, visit.user.pk, key) if key else None
    if before is not None:
        return done(visit, before)
    found = choosing.chosen(visit)
    word = visit.request.GET.get(choosing.VERB, "")
    if not word:
        return shown(visit, found, {"verbs": offered(visit), "kept": hidden(visit, "verb", "client", "version")})
    verb = called(visit, word)
    if visit.request.method != "POST":
        return preview(visit, verb, found, form_of(visit, verb, found.version))
    return decided(visit, verb, found, key)


def called(visit: Visit, word: str) -> Verb:
    """The verb. UnknownNameError: none for several clients. NotAllowedError: the role may not."""
    if word not in BY_WORD:
        raise UnknownNameError("verb", word, MANY)
    verb = BY_WORD[word]
    if not visit.scope.allows(verb.may):
        raise NotAllowedError(
            say("your role here does not allow this ({may}).", may=verb.may),
            fix=say("Ask {who}.", who=who_may(verb.may)),
        )
    return verb


def decided(visit: Visit, verb: Verb, found: Selected, key: str) -> HttpResponse:
    """The verb done to everybody whom it fits; or the form again with what is in the way."""
    form, book = form_of(visit, verb, found.version, visit.request.POST), visit.desk.book
    if found.is_moved:
        return preview(visit, verb, found, form, status=CHANGED)
    if not form.is_valid():
        return preview(visit, verb, found, form, status=REFUSED)
    whom, _ = fitting(book, found.whom, verb.word, visit.today)
    every = choosing.is_all(visit)
    seen = None if every else form.cleaned_data.get("version")
    sent = Sending(key, visit.user.pk, visit.by, seen, () if every else found.whom.ids)
    try:
        return done(visit, once(book, sent, partial(do, visit, verb, whom, form.cleaned_data, found)))
    except ChangedError as changed:
        what = [{"by": one.by, "what": spoken(KINDS.get(one.kind, OTHER))} for one in changed.changes]
        return preview(visit, verb, choosing.chosen(visit), form, status=CHANGED, changes=what, is_changed=True)
    except NotAllowedError:
        raise
    except CarteraError as problem:
        form.add_error(None, problem.what)
        return preview(visit, verb, found, form, status=REFUSED)


def do(visit: Visit, verb: Verb, whom: Whom, given: dict[str, Any], found: Selected) -> Told:
    """The verb, once nobody can change anything any more. ChangedError: somebody did, after the clients were found."""
    if visit.desk.book.facts_version != found.version:
        raise ChangedError([])
    return verb.does(visit, whom, given)


def done(visit: Visit, told: Told) -> HttpResponse:
    """Back to the list, told there with its way back."""
    acts.keep_toast(visit, told.text, told.change)
    return HttpResponseRedirect(choosing.list_address(visit))


def preview(visit: Visit, verb: Verb, found: Selected, form: Act, *, status: int = 200, **context: Any) -> HttpResponse:
    """Whom the verb fits, with their money; whom it does not, and why; who joined or left; and what is asked."""
    book = visit.desk.book
    whom, refused = fitting(book, found.whom, verb.word, visit.today)
    if status == CHANGED:
        form = renewed(visit, verb, found)
    given = {
        "title": spoken(verb.title).format(name=named(whom)), "button": spoken(verb.button), "form": form, "to": whom,
        "refused": refused, "refused_text": REFUSALS[verb.word](len(refused.names)) if refused.names else "",
        "action": choosing.address(visit, verb.word, found.version), "year": last_year(visit, verb, whom),
    }  # fmt: skip
    return shown(visit, found, given | context, status=status)


def shown(visit: Visit, found: Selected, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page about the clients that were found."""
    to: Whom = context.get("to", found.whom)
    given = {
        "found": found, "to": to, "sums": choosing.sums(visit, to), "back": choosing.list_address(visit),
        "ticked": () if choosing.is_all(visit) else found.whom.ids, "most": NAMED, "why_not": acts.why_not(visit),
    }  # fmt: skip
    return frame.page(visit, TEMPLATE, given | context, status=status)


def offered(visit: Visit) -> list[acts.Offer]:
    """The verbs for several clients that this person may use on the day of the page."""
    ways = {"over": (), "ahead": (acts.PLAN,)}
    every = (acts.PLAN, acts.LOST, acts.CANCELLED, acts.REACTIVATE, acts.NOTE, acts.ASSIGN)
    return [one for one in ways.get(acts.standing(visit), every) if visit.scope.allows(one.may)]


def form_of(visit: Visit, verb: Verb, version: int, data: Any = None) -> Act:
    """The verb's form, empty or as it was sent. version: of the facts that are looked at."""
    day = acting(visit.desk.book, visit.by).day
    first = None if data else {"request_id": acts.new_id(), "version": version, "on": day, "since": day}
    return verb.form(data, initial=first, today=visit.today, auto_id=f"many-{verb.word}-%s")


def renewed(visit: Visit, verb: Verb, found: Selected) -> Act:
    """The form as it was sent, about the facts as they are now."""
    fresh: Any = visit.request.POST.copy()
    fresh["version"] = found.version
    return form_of(visit, verb, found.version, fresh)


def last_year(visit: Visit, verb: Verb, whom: Whom) -> dict[str, Any] | None:
    """What planning like last year would write: how many invoices of how many clients; None where it is no plan."""
    if verb.word != "plan" or not 0 < len(whom.ids) <= MOST_LOOKED_AT:
        return None
    try:
        planned = like_last_year(visit.desk.book, whom, acting(visit.desk.book, visit.by))
    except CarteraError:
        return {"invoices": 0}
    sums: dict[str, Any] = {}
    for one in planned:
        sums[one.currency or ""] = sums.get(one.currency or "", 0) + one.amount
    about = {one.client_id for one in planned}
    return {
        "invoices": len(planned), "without": len(whom.ids) - len(about),
        "worth": both([money(total, currency or None, places=0) for currency, total in sorted(sums.items())]),
    }  # fmt: skip


def _invoiced(count: int) -> str:
    return say_many(
        "{count} client is left out: it was invoiced, so it was a client. Mark it lost instead.",
        "{count} clients are left out: they were invoiced, so they were clients. Mark them lost instead.",
        count=count,
    )  # fmt: skip


def _unmarked(count: int) -> str:
    return say_many(
        "{count} client is left out: it carries no mark that could be lifted.",
        "{count} clients are left out: they carry no mark that could be lifted.",
        count=count,
    )  # fmt: skip


REFUSALS = {"cancelled": _invoiced, "reactivate": _unmarked}
