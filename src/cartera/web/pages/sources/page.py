"""Are the sources read, whole, and well? One row per source, and a page for each with its lists and its problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.connecting.connecting import found
from cartera.app.workspace.connecting.listing import PROBLEMS, QUESTIONS, SOURCES, SYNCS, problems, sources, syncs
from cartera.app.workspace.connecting.sweeping import ALLOWED
from cartera.app.workspace.source_states import DISCONNECTED, RECONNECT
from cartera.errors import UnknownNameError, typed
from cartera.tongue import say, spoken, text
from cartera.web import frame
from cartera.web.pages.data.saying import UNDATED
from cartera.web.pages.sources.acting import is_reading
from cartera.web.pages.sources.words import name_said, value_said
from cartera.web.rows import PAGE, pages

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

STATES = {
    "ready": text("connected"), "reconnect": text("to be connected again"), "paused": text("paused"),
    DISCONNECTED: text("not read any more"),
}  # fmt: skip
OUTCOMES = {
    "done": text("read to its end"), "incomplete": text("not everything could be read"), "running": text("being read"),
    "paused": text("waits, and goes on later"), "reconnect": text("to be connected again"),
    "failed": text("ended by a mistake"), "": text("never read"),
}  # fmt: skip


def page(visit: Visit) -> HttpResponse:
    """All sources, their syncs and what is open."""
    answer = sources(visit.scope, visit.desk.book, day=visit.today)
    rows = [told(visit, row) for row in answer.rows.to_pylist()]
    context: dict[str, Any] = {
        **UNDATED, "question": spoken(QUESTIONS[SOURCES]), "sentence": answer.sentence, "rows": rows,
        "may_connect": visit.scope.allows("connect"), "may_sync": visit.scope.allows("sync"),
        "is_reading": any(row["is_reading"] for row in rows), "here": frame.address(visit, "data/sources"),
        "connect": frame.address(visit, "data/connect"), "syncs": said_syncs(visit),
        "asked_syncs": spoken(QUESTIONS[SYNCS]),
    }  # fmt: skip
    return frame.page(visit, "sources/page.html", context)


def told(visit: Visit, row: dict[str, Any]) -> dict[str, Any]:
    """A source as its row shows it."""
    name = row["source"]
    return row | {
        "href": frame.address(visit, f"data/sources/{name}"),
        "sync": frame.address(visit, f"data/sources/{name}/sync"),
        "state_said": spoken(STATES.get(row["state"], row["state"])),
        "outcome_said": spoken(OUTCOMES.get(row["outcome"], row["outcome"])),
        "is_reading": is_reading(visit, name),
        "is_lost": row["state"] == RECONNECT,
        "is_read": row["state"] != DISCONNECTED,
    }


def said_syncs(visit: Visit, name: str = "", most: int = 10) -> list[dict[str, Any]]:
    """The newest syncs, of one source or of all."""
    rows = syncs(visit.scope, visit.desk.book, day=visit.today).rows.to_pylist()
    return [
        row | {"outcome_said": spoken(OUTCOMES.get(row["outcome"], row["outcome"]))}
        for row in rows
        if not name or row["source"] == name
    ][:most]


def one(visit: Visit, name: str, error: str = "") -> HttpResponse:
    """One source: what it is, its settings, its syncs, its problems."""
    from django.http import Http404

    from cartera.sources.registry import connector

    book = visit.desk.book
    try:
        source = found(book, name)
    except UnknownNameError:
        raise Http404 from None
    system = connector(str(source.kind))
    row = next(row for row in sources(visit.scope, book, day=visit.today).rows.to_pylist() if row["source"] == name)
    open_now = [row for row in problems(visit.scope, book, day=visit.today).rows.to_pylist() if row["source"] == name]
    start = (visit.asked.page - 1) * PAGE
    context: dict[str, Any] = {
        **UNDATED, "source": told(visit, row), "label": system.label, "error": error,
        "problems": [said_problem(row, source.settings.get(ALLOWED)) for row in open_now[start : start + PAGE]],
        "may_vanish": ALLOWED,
        "asked_problems": spoken(QUESTIONS[PROBLEMS]), "count": len(open_now), "pages": pages(visit, len(open_now)),
        "syncs": said_syncs(visit, name), "settings": settings(source.settings, system.settings),
        "may_connect": visit.scope.allows("connect"), "may_sync": visit.scope.allows("sync"),
        "at": frame.address(visit, f"data/sources/{name}").partition("?")[0],
        "training": "" if source.may_train else say("Its vendor allows no models: forecasts leave its data out."),
    }  # fmt: skip
    return frame.page(visit, "sources/one.html", context, status=422 if error else 200)


def said_problem(row: dict[str, Any], confirmed: str | None) -> dict[str, Any]:
    """A problem as its row shows it. is_asked: a person must say whether so many records are really gone.

    confirmed: the list of which somebody has said so.
    """
    is_vanished = not row["key"] and f"{ALLOWED} {row['stream']}" in row["what"]  # what to type to say so
    is_asked = is_vanished and confirmed != row["stream"]
    fix = row["fix"] if not is_vanished else "" if is_asked else say("The next sync takes them away.")
    return row | {"what": typed(row["what"]), "fix": fix, "is_asked": is_asked}


def settings(given: dict[str, Any], possible: Any) -> list[dict[str, Any]]:
    """What may be chosen, with what is chosen now."""
    return [
        {
            "name": name, "said": name_said(name), "now": given.get(name) or (values[0] if values else ""),
            "values": [{"id": value, "said": value_said(name, value)} for value in values],
        }
        for name, values in possible.items()
    ]  # fmt: skip
