"""What revenue is planned, for whom is nothing planned, which promises broke?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding.planned import LATE, STATES, matches, plans
from cartera.app.workspace.desk import frozen
from cartera.portfolio.planned import BROKEN, OVERTAKEN, PLANNED
from cartera.tongue import say, spoken, text
from cartera.web import acts, frame
from cartera.web.asking import ask, ask_of, day
from cartera.web.door import Route
from cartera.web.doorways import client, doors
from cartera.web.pictures import figure
from cartera.web.shown import Cell, cell, table

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.views.view import Answer, Column
    from cartera.web.door import Visit

MOST = 100  # plans, late ones first
LARGEST = 10
SHOWN = ("name", "planned_on", "days_late", "amount", "rep", "source")
SAID = {
    BROKEN: text("late, and nothing was invoiced since"), OVERTAKEN: text("late; something was invoiced since"),
    PLANNED: text("to come"),
}  # fmt: skip


def page(visit: Visit) -> HttpResponse:
    """The page; late plans come first, each with what can be done about it."""
    answer = ask(visit, "coverage")
    found = listed(visit)
    rows = found.rows.to_pylist()
    late = [row for row in rows if row["state"] in LATE]
    shown = [*late, *(row for row in rows if row["state"] not in LATE)][:MOST]
    columns = [one for name in SHOWN for one in found.columns if one.name == name]
    context: dict[str, Any] = {
        "title": say("Plan"), "answer": answer, "is_empty": not rows, "late": len(late),
        "figure": figure(visit, "planned"), "coverage": table(answer, door=doors(visit, answer)),
        "heads": table(found, (), columns=columns).heads, "plans": [plan(visit, row, columns) for row in shown],
        "left": max(0, len(rows) - MOST), "largest": largest(visit), "pairs": pairs(visit),
    }  # fmt: skip
    return frame.page(visit, "plan/page.html", context)


def listed(visit: Visit) -> Answer:
    """Every plan of the clients that this person may see."""
    question = ask_of(visit, frozenset())
    key = "plans", visit.scope.clients, frozen(question), visit.asked.known
    found: Answer = visit.desk.remembered(
        key, lambda: plans(visit.scope, visit.desk.source(visit.scope, visit.asked.known), question, states=STATES)
    )
    return found


def plan(visit: Visit, row: dict[str, Any], columns: list[Column]) -> dict[str, Any]:
    """A plan as a row: its cells, what is said of it, and the verbs it can be settled with."""
    about = (row["client_id"],)
    words = [(word, label) for word, label in VERBS if visit.scope.allows("plan") and acts.standing(visit) != "over"]
    return {
        "cells": [told(visit, row, one) for one in columns], "state": spoken(SAID[row["state"]]),
        "is_late": row["state"] in LATE,
        "verbs": [(acts.address(visit, word, about, plan=row["plan"]), spoken(label)) for word, label in words],
    }  # fmt: skip


VERBS = (("move", text("Move")), ("drop", text("Drop")))


def told(visit: Visit, row: dict[str, Any], column: Column) -> Cell:
    """A cell of a plan; the client leads to its own page."""
    return cell(column, row, client(visit, row["client_id"]) if column.name == "name" and row["client_id"] else "")


def largest(visit: Visit) -> str:
    """Where to begin: the largest active clients, to be planned for."""
    asked = visit.asked.only("segment", "active").but(sort="-amount", more={}, by=())
    return frame.address(visit, "clients", asked=asked)


def pairs(visit: Visit) -> dict[str, Any] | None:
    """Invoices that may have kept a plan, each pair to be settled; None where there are none for this person."""
    if not visit.scope.allows("plan") or acts.standing(visit) != "now":
        return None
    found = matches(visit.scope, visit.desk.book, day=day(visit))
    rows = found.rows.to_pylist()
    if not rows:
        return None
    columns = [one for one in found.columns if one.name != "currency"]
    return {
        "heads": table(found, (), columns=columns).heads,
        "rows": [
            (
                [cell(one, row) for one in columns],
                acts.address(visit, "match", plan=row["plan"], invoice=row["invoice"]),
            )
            for row in rows
        ],
    }


ROUTES = (Route("plan", page, "plan"),)
