"""How does a file of very many rows come about? As a job, of what whoever asked could see then and may see still."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest

from cartera.app.export.formats import pieces
from cartera.app.export.plain import ROWS_OF_A_PIECE
from cartera.app.scope import NotAllowedError
from cartera.app.show import view_called
from cartera.app.taken import check_taken
from cartera.app.workspace.jobs.asking import ask_for
from cartera.app.workspace.jobs.files import folder_of
from cartera.app.workspace.noted import note_export
from cartera.errors import CarteraError
from cartera.tongue import say
from cartera.web.asking import ask, ask_of
from cartera.web.door import visit_as
from cartera.web.query import parsed
from cartera.web.rows import in_order, totals
from cartera.web.searching import found
from cartera.web.sending import local

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cartera.app.scope import Scope
    from cartera.app.workspace.jobs.running import Running
    from cartera.ledger.models import Job
    from cartera.views.view import Answer, View
    from cartera.web.door import Visit

KIND, EXPORT, MARGIN = "export", "export", "margin"
MOST_AT_ONCE = 100_000  # rows of a file that is made while whoever asked waits


def ordered(visit: Visit, answer: Answer, kind: str, options: Mapping[str, Any] | None = None) -> Job:
    """The job that makes the file. kind: the format. options: of a call of the API, None for a page's file."""
    clients = visit.scope.clients
    asked = {
        "view": answer.view.name, "format": kind, "query": visit.asked.but(day=answer.query.day).text(),
        "options": None if options is None else dict(options), "name": name_of(visit, answer, kind),
        "clients": None if clients is None else sorted(clients), "margin": visit.scope.allows(MARGIN),
    }  # fmt: skip
    return ask_for(visit.desk.book, KIND, asked, user=visit.user, by=visit.by)


def name_of(visit: Visit, answer: Answer, kind: str) -> str:
    """What the file is called."""
    return f"{visit.word}-{answer.view.name}-{answer.query.day.isoformat()}.{kind}"


def made(word: str, running: Running) -> dict[str, Any]:
    """The file, in the job's folder. CarteraError: whoever asked may not have it any more, or it cannot be made."""
    asked = running.arguments
    visit = visit_of(word, running.job)
    answer = answered(visit, asked["view"], asked["options"])
    csv = local() if asked["format"] == "csv" and asked["options"] is None else {}
    count, done = answer.rows.num_rows, 0
    with (running.folder / asked["name"]).open("xb") as file:
        for part in pieces(answer, asked["format"], **csv):
            file.write(part)
            done += ROWS_OF_A_PIECE
            running.tell(min(1.0, done / max(count, 1)))
    return {"rows": count}


def visit_of(word: str, job: Job) -> Visit:
    """The visit of whoever asked, with no more than was to be seen then."""
    try:
        visit = visit_as(HttpRequest(), job.user, word, KIND)
    except Http404:
        raise NotAllowedError(say("you are not in this workspace any more."), fix="") from None
    visit.scope = replace(visit.scope, clients=both(visit.scope.clients, clients_of(job)))
    visit.scope.require(EXPORT)
    visit.asked = parsed(parse_qsl(job.arguments["query"].removeprefix("?")), visit.today)
    return visit


def both(now: frozenset[str] | None, then: frozenset[str] | None) -> frozenset[str] | None:
    """The clients that may be seen and could be seen; None for all."""
    return now if then is None else then if now is None else now & then


def clients_of(job: Job) -> frozenset[str] | None:
    """The clients that whoever asked could see then, None for all."""
    told: list[str] | None = job.arguments["clients"]
    return None if told is None else frozenset(told)


def answered(visit: Visit, view: str, options: Mapping[str, Any] | None) -> Answer:
    """The answer that the file holds: as the page shows it, or as the API gives it."""
    shown = view_called(view)
    return as_seen(visit, ask(visit, shown.name)) if options is None else ask_plainly(visit, shown, options)


def ask_plainly(visit: Visit, view: View, options: Mapping[str, Any]) -> Answer:
    """The view answered for a call of the API, in the order that it asks for. options: as the call has them.

    CarteraError: the view does not take an option, or is about one client and none is named.
    """
    from cartera.app.scorings import scores

    given = {name: scores(value) if name == "scores" else value for name, value in options.items()}
    wanted = ask_of(visit, frozenset({"since", "by", "every"}), options=given)
    check_taken(view, wanted)
    if view.is_of_one and not any(column == "client_id" for column, _ in wanted.where):
        raise CarteraError(f"the view {view.name!r} is about one client.", fix="Add where=client_id:ID.")
    found = visit.desk.ask(visit.scope, view, wanted, known=visit.asked.known)
    return replace(found, rows=in_order(found.rows, visit.asked.sort, found.columns)) if visit.asked.sort else found


def as_seen(visit: Visit, answer: Answer) -> Answer:
    """The answer with the rows, the order and the columns of the page."""
    rows = found(visit, answer)
    if visit.asked.sort:
        rows = in_order(rows, visit.asked.sort, answer.columns)
    columns = [one for name in visit.asked.cols for one in answer.columns if one.name == name] or list(answer.columns)
    sums = {name: value for name, value in totals(rows, columns).items() if name in answer.totals}
    return replace(answer, rows=rows.select([one.name for one in columns]), columns=tuple(columns), totals=sums)


def file_of(visit: Visit, job: Job) -> Path:
    """The file of a job that is done, written down as taken. NotAllowedError: not to be had any more, by whoever asked.

    Http404: it is gone.
    """
    asked = job.arguments
    check_still_seen(visit.scope, job)
    path = folder_of(visit.desk.book, visit.desk.where, job.pk) / asked["name"]
    if not path.is_file():
        raise Http404
    told = {"view": asked["view"], "kind": asked["format"], "rows": job.told["rows"], "asked": asked["query"]}
    note_export(visit.desk.book, by=visit.by, **told)
    return path


def check_still_seen(scope: Scope, job: Job) -> None:
    """Nothing when everything that could be seen when the file was asked for may be seen now."""
    scope.require(EXPORT)
    then, now = clients_of(job), scope.clients
    is_seen = now is None or (then is not None and then <= now)
    if not is_seen or (job.arguments["margin"] and not scope.allows(MARGIN)):
        raise NotAllowedError(
            say("what you may see here has changed since this file was made."), fix=say("Export it again.")
        )


def is_too_large(answer: Answer) -> bool:
    """Whether nobody should wait for the file."""
    return answer.rows.num_rows > MOST_AT_ONCE
