"""Whom do I contact today, and what changed since I last looked?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from cartera.app.workspace.deciding.whom import clients_here
from cartera.calendar import add_days
from cartera.tongue import day_text, say, spoken, text, weekday_text
from cartera.views.calls import MOST, formula, next_up, why_said
from cartera.views.since import ASLEEP, LOST, OPENED, RETURNED, news
from cartera.web import acts, frame
from cartera.web.asking import ask, ask_of_one, day
from cartera.web.door import POST, Route
from cartera.web.doorways import client
from cartera.web.pages.today.ruling import dismiss, ruling
from cartera.web.pages.today.ruling import news as rules_to_tell
from cartera.web.pages.today.visits import last_visit
from cartera.web.rows import row_of
from cartera.web.shown import amount
from cartera.words import segment_said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from cartera.views.view import Answer
    from cartera.web.door import Visit

WEEK = 7
MOST_NAMED = 5
TOLD = {OPENED: text("Opened"), RETURNED: text("Returned"), ASLEEP: text("Fell asleep"), LOST: text("Lost")}
DOTS = {"act": text("Act"), "watch": text("Watch"), "fine": text("Fine"), "can't tell": text("Can't tell")}
QUESTIONS = {
    "shape": (text("Is the portfolio in shape?"), "portfolio"),
    "active": (text("Are enough clients active?"), "portfolio"),
    "leaving": (text("Who leaves within 30 days?"), "coming"),
    "plans": (text("Do plans hold?"), "plan"),
    "concentration": (text("Does too much depend on one client?"), "value"),
    "sales": (text("How do sales stand against last year?"), "value"),
    "fresh": (text("Is the data fresh?"), "data"),
}
OUTCOMES = (("reached", text("Reached")), ("no-answer", text("No answer")))


def page(visit: Visit) -> HttpResponse:
    """The page of the day."""
    answer = ask(visit, "calls")
    count = answer.rows.num_rows
    calls = [call(visit, answer, row) for row in answer.rows.slice(0, MOST).to_pylist()]
    context: dict[str, Any] = {
        "answer": answer, "calls": calls, "more": count - len(calls), "formula": formula(),
        "next": "" if count else next_up(ask(visit, "coming").rows.to_pylist()),
        "since": since(visit), "ruling": ruling(visit), "signals": signals(visit), "why_not": acts.why_not(visit),
    }  # fmt: skip
    return frame.page(visit, "today/page.html", context)


def call(visit: Visit, answer: Answer, row: Mapping[str, Any]) -> dict[str, Any]:
    """One client to contact, as the page shows it."""
    phone, email = str(row["phone"] or ""), str(row["email"] or "")
    digits = "".join(one for one in phone if one.isdecimal() or one == "+")
    can_log = visit.scope.allows("log") and acts.standing(visit) == "now"
    return {
        "id": row["client_id"], "name": row["name"], "href": client(visit, row["client_id"]),
        "segment": row["segment"], "segment_said": segment_said(row["segment"]), "why": why_said(dict(row)),
        "amount_said": amount(row["amount"]), "at_stake": row["at_stake"], "currency": answer.currency,
        "rep": row["rep"],
        "phone": phone, "tel": f"tel:{digits}" if digits else "", "email": email,
        "mail": f"mailto:{email}" if "@" in email else "", "is_step": row["why"] == "step",
        "outcomes": outcomes(visit, row) if can_log else [],
        "meeting": acts.address(visit, "meeting", (row["client_id"],)) if can_log else "",
    }  # fmt: skip


def outcomes(visit: Visit, row: Mapping[str, Any]) -> list[dict[str, str]]:
    """What may have come of a call, each at one click."""
    done = (("finish", text("Done")),) if row["why"] == "step" else ()
    return [
        {"text": spoken(said), "href": acts.address(visit, word, (row["client_id"],)), "request_id": acts.new_id()}
        for word, said in (*done, *OUTCOMES)
    ]


def row(visit: Visit, client_id: str) -> str | None:
    """One client after a decision: as it is, or in one line that it needs nobody now."""
    answer = ask_of_one(visit, "calls", client_id)
    given: dict[str, Any] = {"visit": visit, "oob": True}
    found = row_of(answer, client_id)
    if found:
        return render_to_string("today/call.html", given | {"call": call(visit, answer, found)}, visit.request)
    whom = clients_here(visit.scope, visit.desk.book, (client_id,))
    told = {"id": client_id, "name": whom.text if whom else client_id, "href": client(visit, client_id)}
    return render_to_string("today/silent.html", given | {"call": told}, visit.request)


def since(visit: Visit) -> dict[str, Any]:
    """What changed since the person last looked, by name."""
    here, then = day(visit), before(visit)
    chosen = replace(visit, asked=visit.asked.but(since=then))
    answer = ask(chosen, "movers")
    parts = [
        {
            "text": spoken(TOLD[kind]), "count": len(rows), "more": max(0, len(rows) - MOST_NAMED),
            "clients": [{"name": one["name"], "href": client(visit, one["client_id"])} for one in rows[:MOST_NAMED]],
        }
        for kind, rows in news(answer.rows.to_pylist(), answer.query.policy).items()
    ]  # fmt: skip
    moves = frame.address(visit, "moves", asked=visit.asked.along().but(since=then))
    return {"title": title(then, here), "parts": parts, "href": moves, "is_quiet": not any(p["count"] for p in parts)}


def before(visit: Visit) -> date:
    """The day that the person is told the changes from: the address's, when it last looked, else a week earlier."""
    here = day(visit)
    found = visit.asked.since or last_visit(visit) or add_days(here, -WEEK)
    return min(found, add_days(here, -1))


def title(before: date, here: date) -> str:
    """Since Tuesday; since 3 Nov 2026."""
    if (here - before).days < WEEK:
        return say("Since {day}", day=weekday_text(before))
    return say("Since {day}", day=day_text(before))


def signals(visit: Visit) -> list[dict[str, Any]]:
    """The questions with their dots, each with the page that acts."""
    found = []
    for one in ask(visit, "signals").rows.to_pylist():
        asked, path = QUESTIONS[one["signal"]]
        css = one["state"].replace(" ", "-").replace("'", "")
        found.append(
            {
                "text": spoken(asked), "dot": spoken(DOTS[one["state"]]), "css": f"dot-{css}",
                "sentence": one["sentence"], "href": frame.address(visit, path) if leads(visit, path) else "",
            }
        )  # fmt: skip
    return found


def leads(visit: Visit, path: str) -> bool:
    """Whether this person has the page."""
    return any(entry.path == path for _, entries in frame.menu(visit) for entry, _ in entries)


def shown(visit: Visit) -> tuple[object, ...]:
    """What the page shows beside facts and its address."""
    return before(visit), getattr(rules_to_tell(visit), "number", None)


ROUTES = (
    Route("today", page, "today", row=row, keeps=shown),
    Route("today/rules", dismiss, "today-rules", methods=POST),
)
