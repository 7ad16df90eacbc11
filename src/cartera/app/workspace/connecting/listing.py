"""Which sources are there, how did their syncs end, and what is open about their records?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding.answers import listed
from cartera.app.workspace.source_states import RECONNECT
from cartera.tongue import say, say_many, spoken, text
from cartera.views.view import Answer, Column

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

SOURCES, SYNCS, PROBLEMS = "sources", "syncs", "problems"
QUESTIONS = {
    SOURCES: text("Where do the facts come from, and are they complete?"),
    SYNCS: text("When were the sources read, and how did it end?"),
    PROBLEMS: text("Which records are not facts as they should be, and what is to be done?"),
}
OF_SOURCES = (
    Column("source", "Source"),
    Column("system", "System"),
    Column("company", "Company"),
    Column("state", "State"),
    Column("synced_on", "Last read", "date"),
    Column("outcome", "How it ended"),
    Column("complete", "Complete"),
    Column("records", "Records", "count"),
    Column("problem_count", "Open problems", "count"),
)
OF_SYNCS = (
    Column("source", "Source"),
    Column("started_at", "Began"),
    Column("ended_at", "Ended"),
    Column("outcome", "How it ended"),
    Column("requests", "Requests", "count"),
    Column("records", "Records", "count"),
    Column("changed", "Facts changed", "count"),
    Column("problem", "Why"),
)
OF_PROBLEMS = (
    Column("source", "Source"),
    Column("stream", "List"),
    Column("key", "Record"),
    Column("code", "Code"),
    Column("what", "What"),
    Column("fix", "What to do"),
    Column("first_seen_on", "Since", "date"),
)
MOST_SYNCS = 200
NOT_YET = text("not yet")
WHOLE = text("whole")


def sources(scope: Scope, book: Book, *, day: date) -> Answer:
    """One row per source."""
    from cartera.ledger.models import Problem, RawRecord, Source, Sync

    scope.require("imports")
    rows = []
    for one in Source.objects.using(book.alias).filter(workspace_id=book.workspace_id).order_by("name"):
        last = Sync.objects.using(book.alias).filter(source=one).order_by("-started_at", "-pk").first()
        rows.append({
            "source": one.name, "system": one.kind, "company": one.label, "state": one.state,
            "synced_on": last.started_at.date() if last else None, "outcome": last.outcome if last else "",
            "complete": _complete(one.complete_since),
            "records": RawRecord.objects.using(book.alias).filter(source=one, deleted_at=None).count(),
            "problem_count": Problem.objects.using(book.alias).filter(source=one, resolved_at=None).count(),
        })  # fmt: skip
    return listed(SOURCES, spoken(QUESTIONS[SOURCES]), OF_SOURCES, rows, _sentence(rows), day=day)


def _complete(since: date | None) -> str:
    """From which day on all documents are there."""
    if since is None:
        return spoken(NOT_YET)
    return spoken(WHOLE) if since.year == 1 else say("since {day}", day=since)


def _sentence(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return say("Nothing is connected yet.")
    told = say_many("{count} source.", "{count} sources.", count=len(rows))
    lost = [row["source"] for row in rows if row["state"] == RECONNECT]
    return f"{told} {say('To be connected again: {names}.', names=', '.join(lost))}" if lost else told


def syncs(scope: Scope, book: Book, *, day: date) -> Answer:
    """The newest runs first."""
    from cartera.ledger.models import Sync

    scope.require("imports")
    found = Sync.objects.using(book.alias).filter(source__workspace_id=book.workspace_id).select_related("source")
    rows = [
        {
            "source": one.source.name, "started_at": _moment(one.started_at), "ended_at": _moment(one.ended_at),
            "outcome": one.outcome, "requests": one.requests, "records": one.records, "changed": one.changed,
            "problem": " ".join(one.told.get("problems", [])[:1]),
        }
        for one in found.order_by("-started_at", "-pk")[:MOST_SYNCS]
    ]  # fmt: skip
    told = say_many("{count} sync.", "{count} syncs.", count=len(rows)) if rows else say("Nothing was synced yet.")
    return listed(SYNCS, spoken(QUESTIONS[SYNCS]), OF_SYNCS, rows, told, day=day)


def _moment(at: Any) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


def problems(scope: Scope, book: Book, *, day: date) -> Answer:
    """What is open, by source, errors first; lists that could not be read as well."""
    from cartera.ledger.models import Position, Problem

    scope.require("imports")
    own = {"source__workspace_id": book.workspace_id}
    refused = Position.objects.using(book.alias).filter(**own).exclude(problem="").select_related("source")
    found = Problem.objects.using(book.alias).filter(**own, resolved_at=None).select_related("source")
    rows = [
        {
            "source": one.source.name, "stream": one.stream, "key": "", "code": "STREAM_REFUSED", "what": one.problem,
            "fix": say("It is read again with the next sync."), "first_seen_on": None,
        }
        for one in refused.order_by("source__name", "stream")
    ]  # fmt: skip
    rows += [
        {
            "source": one.source.name, "stream": one.stream, "key": one.key, "code": one.code, "what": one.what,
            "fix": one.fix, "first_seen_on": one.first_seen_at.date(),
        }
        for one in found.order_by("source__name", "-is_error", "code", "stream", "key")
    ]  # fmt: skip
    told = say_many("{count} problem.", "{count} problems.", count=len(rows)) if rows else say("Nothing is open.")
    return listed(PROBLEMS, spoken(QUESTIONS[PROBLEMS]), OF_PROBLEMS, rows, told, day=day)


LISTS = {SOURCES: sources, SYNCS: syncs, PROBLEMS: problems}
