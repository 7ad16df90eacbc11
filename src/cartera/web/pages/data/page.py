"""Is the data complete, right, and equal to accounting? Sources, what waits, what should be mended, imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.importing.pending import LARGEST, all_pending
from cartera.app.workspace.imports import imports
from cartera.app.workspace.supply import supplies
from cartera.tongue import day_text, say, say_many
from cartera.web import frame
from cartera.web.pages.data.counts import work
from cartera.web.pages.data.saying import UNDATED

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.app.workspace.supply import Supply
    from cartera.web.door import Visit

SHOWN = 25
WORK = "work"  # the part that takes a moment to find out


def page(visit: Visit, error: str = "") -> HttpResponse:
    """The page of what came in and how to bring more."""
    scope, book, part = visit.scope, visit.desk.book, visit.asked.more.get("part", "")
    if part == WORK and visit.is_fragment:
        return frame.page(visit, "data/work.html", {"work": work(visit)})
    found = supplies(scope, book, today=visit.today)
    batches = imports(scope, book, day=visit.today).rows.to_pylist()
    every = bool(visit.asked.every)
    context: dict[str, Any] = {
        **UNDATED, "sentence": sentence(found), "supplies": [told(visit, one) for one in found], "error": error,
        "pending": _pending(visit), "may_import": scope.allows("import"),
        "may_link": scope.allows("link"), "may_reconcile": scope.allows("reconcile"), "hindsight": hindsight(found),
        "work": work(visit) if part == WORK else None,
        "batches": batches if every else batches[:SHOWN], "more": 0 if every else max(0, len(batches) - SHOWN),
        "everything": frame.address(visit, asked=visit.asked.but(every="all")), "largest": LARGEST >> 20,
        "look": frame.address(visit, asked=visit.asked.but(more={"part": WORK})),
    }  # fmt: skip
    return frame.page(visit, "data/page.html", context, status=422 if error else 200)


def sentence(found: list[Supply]) -> str:
    """How fresh the facts are."""
    if not found:
        return say("Nothing was imported yet.")
    newest = min(found, key=lambda one: one.age)
    if not newest.age:
        return say("The last import, {file}, came today.", file=newest.file)
    return say_many(
        "The last import, {file}, is {count} day old.", "The last import, {file}, is {count} days old.",
        count=newest.age, file=newest.file,
    )  # fmt: skip


def hindsight(found: list[Supply]) -> str:
    """From when on the workspace knows what was known; what lies before is told from today's knowledge."""
    if not found:
        return ""
    day = day_text(min(one.since for one in found))
    return say("Nothing was recorded here before {day}: earlier days are told as the facts say it now.", day=day)


def told(visit: Visit, one: Supply) -> dict[str, Any]:
    """A source as its row shows it."""
    age = say("today") if not one.age else say_many("{count} day", "{count} days", count=one.age)
    return {"it": one, "age": age, "href": frame.address(visit, f"data/imports/{one.number}")}


def _pending(visit: Visit) -> list[dict[str, str]]:
    if not visit.scope.allows("import"):
        return []
    waiting = all_pending(visit.scope, visit.desk.book, visit.desk.where, user=visit.user.pk)
    return [{"name": one.name, "href": frame.address(visit, f"data/pending/{one.token}")} for one in waiting]
