"""Who is this, why this segment, what now? Everything about one client on one page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseRedirect

from cartera.app.explain import APART, explain
from cartera.app.workspace.deciding.whom import clients_here
from cartera.app.workspace.identity.who import id_now
from cartera.calendar import add_months
from cartera.tongue import day_text, say, say_many
from cartera.web import acts, frame
from cartera.web.asking import ask, ask_of, ask_of_one, day
from cartera.web.door import Route
from cartera.web.pages.client.belonging import FAMILY, family
from cartera.web.pages.client.events import events
from cartera.web.pages.client.figures import FIGURES, figures, money_of
from cartera.web.pages.client.plans import plans
from cartera.web.pages.client.sections import Sections
from cartera.web.pictures import figure
from cartera.web.rows import row_of
from cartera.words import segment_said

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from cartera.app.workspace.deciding.whom import Whom
    from cartera.web.door import Visit

MONTHS = 12


def page(visit: Visit, client_id: str) -> HttpResponse:
    """The whole profile. Http404: there is no such client for this person."""
    whom = the_client(visit, client_id)
    shown = id_now(visit.desk.book)(whom.ids[0])
    if shown != client_id:
        return HttpResponseRedirect(frame.address(visit, f"clients/{shown}"))
    visit = about_one(visit, client_id)
    head = top(visit, client_id)
    if head is None:
        return frame.page(visit, "client/unborn.html", {"name": whom.text, "day_said": day_text(day(visit))})
    answer = ask(visit, "client", where=its(client_id))
    parts, owed = Sections(answer), ask(visit, "receivables", where=its(client_id))
    context = head | {
        "answer": answer, "strip": strip(visit, client_id),
        "rhythm": parts.first("rhythm"), "todo": parts.first("to do").get("what_said", ""),
        "months": months(visit, client_id),
        "bought": parts.rows("bought"), "stopped": parts.rows("stopped"), "plans": plans(visit, parts),
        "people": parts.rows("contacts"), "reach": parts.rows("contact"), "events": events(visit, whom, parts),
        "add_plan": offered(visit, "plan", "plan"), "add_contact": offered(visit, "contact", "contact"),
        "owed": owed.sentence, "owing": owed.rows.num_rows, "family": family(visit, whom, may_follow=True),
    }  # fmt: skip
    return frame.page(visit, "client/page.html", context | figures(visit, client_id, parts, may_follow=True))


def among_all(visit: Visit, client_id: str) -> HttpResponse:
    """Its figures, with what it is among all clients, which takes longer than the rest of the page."""
    whom = the_client(visit, client_id)
    visit = about_one(visit, client_id)
    if top(visit, client_id) is None:
        raise Http404
    given = figures(visit, client_id, Sections(ask(visit, "client", where=its(client_id))))
    return frame.page(visit, "client/among_all.html", given | {"name": whom.text})


def relatives(visit: Visit, client_id: str) -> HttpResponse:
    """Which clients belong to it, with those that may be the same."""
    whom = the_client(visit, client_id)
    visit = about_one(visit, client_id)
    if top(visit, client_id) is None:
        raise Http404
    return frame.page(visit, "client/relatives.html", {"name": whom.text, "family": family(visit, whom)})


def peek(visit: Visit, client_id: str) -> HttpResponse:
    """The client in short, for the side of another page."""
    the_client(visit, client_id)
    visit = about_one(visit, client_id)
    head = top(visit, client_id)
    if head is None:
        raise Http404
    return frame.page(visit, "client/peek.html", head | {"values": money_of(head["row"])})


def why(visit: Visit, client_id: str) -> HttpResponse:
    """The rows on which its segment rests."""
    the_client(visit, client_id)
    visit = about_one(visit, client_id)
    with visit.desk.asking:
        source = visit.desk.source(visit.scope, visit.asked.known)
        found = explain(visit.scope, source, client_id, ask_of(visit, frozenset(), where=its(client_id)))
    row = found.rows.to_pylist()[0]
    context = {"name": row["name"], "why": row["explanation"], "evidence": str(row["evidence"] or "").split(APART)}
    return frame.page(visit, "client/why.html", context)


def the_client(visit: Visit, client_id: str) -> Whom:
    """The client, found through the scope. Http404: absent and foreign alike."""
    whom = clients_here(visit.scope, visit.desk.book, (client_id,))
    if whom is None:
        raise Http404
    return whom


def about_one(visit: Visit, client_id: str) -> Visit:
    """The visit with the page's own filter, whatever the list that it comes from was narrowed to."""
    return replace(visit, asked=visit.asked.but(where=()), route=f"clients/{client_id}")


def its(client_id: str) -> tuple[tuple[str, str], ...]:
    """The filter that leaves the client alone."""
    return (("client_id", client_id),)


def top(visit: Visit, client_id: str) -> dict[str, Any] | None:
    """Its name, where it stands and why, and what comes next; None while it is no client yet."""
    answer = ask_of_one(visit, "clients", client_id)
    row = row_of(answer, client_id)
    if row is None:
        return None
    return {
        "currency": answer.currency or "",
        "id": client_id, "name": row["name"], "segment": row["segment"], "segment_said": segment_said(row["segment"]),
        "why": row["explanation"], "next": next_change(row["next_segment"], row["next_on"], day(visit)),
        "href": frame.address(visit), "row": row, "why_not": acts.why_not(visit),
        "proof": frame.address(visit, f"clients/{client_id}/why"),
    }  # fmt: skip


def offered(visit: Visit, word: str, may: str) -> str:
    """The address of a verb about the client, empty where it may not be done."""
    client_id = visit.route.removeprefix("clients/")
    return acts.address(visit, word, (client_id,)) if visit.scope.allows(may) and not acts.why_not(visit) else ""


def next_change(segment: str | None, on: date | None, here: date) -> str:
    """What changes if nobody acts."""
    if segment is None or on is None:
        return say("Nothing changes by time alone.")
    days = (on - here).days
    told = say_many("in {count} day", "in {count} days", count=days)
    name = segment_said(segment)
    return say("If nobody acts: {segment} on {day}, {told}.", segment=name, day=day_text(on), told=told)


def strip(visit: Visit, client_id: str) -> Any:
    """Its segments and invoices on one line of time; what the picture says stands above it already."""
    asked = visit.asked.but(scope="", where=its(client_id), more={})
    return replace(figure(visit, "client", asked=asked, name="strip", title=say("Its life")), sentence="")


def months(visit: Visit, client_id: str) -> Any:
    """Its money, month by month; None where nothing was invoiced, then and a year before."""
    since = add_months(day(visit), -MONTHS)
    asked = visit.asked.but(scope="", where=its(client_id), every="month", since=since, more={})
    rows = ask(replace(visit, asked=asked), "figures").rows
    if not any(any(rows.column(name).to_pylist()) for name in ("amount", "last_year", "invoice_count")):
        return None
    return figure(visit, "figures", asked=asked, name="months", title=say("Money per month"))


ROUTES = (
    Route("clients/<path:client_id>/peek", peek, "client-peek", narrows=False),
    Route("clients/<path:client_id>/why", why, "client-why", narrows=False),
    Route(f"clients/<path:client_id>/{FIGURES}", among_all, "client-figures", narrows=False),
    Route(f"clients/<path:client_id>/{FAMILY}", relatives, "client-family", narrows=False),
    Route("clients/<path:client_id>", page, "client", narrows=False),
)
