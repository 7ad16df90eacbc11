"""Write what was prepared: lines ahead, facts staged, all published in one short transaction with its batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from cartera.app.workspace.importing import clients as people
from cartera.app.workspace.importing import invoices as docs
from cartera.app.workspace.importing.plan import Plan, plan
from cartera.app.workspace.importing.prepare import Prepared, without_the_erased
from cartera.app.workspace.importing.record import keep_file, record, record_ahead
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from datetime import date, datetime

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.entry import Entry
    from cartera.ledger.lease import Held
    from cartera.ledger.models import Change
    from cartera.ledger.stage import Staged

IMPORT = "import"
ATTEMPTS = 3
Progress = Callable[[float], None]
RENEWED_EVERY = timedelta(seconds=20)
REWRITING = ("import", "sync", "undo", "erase")  # changes after which the comparison with the ledger is made anew


class _OvertakenError(Exception):
    """Somebody changed what the plan was compared with."""


@dataclass(frozen=True)
class Done:
    """What an import wrote. number: of its change; None when the same bytes are there already or nothing changed."""

    number: int
    plan: Plan
    facts_version: int


def commit(
    scope: Scope,
    prepared: Prepared,
    *,
    now: Callable[[], datetime],
    by: str,
    told: Progress | None = None,
) -> Done:
    """The prepared file as facts, all of it or nothing; facts change by one version, and only if something changed.

    CarteraError: a question is open, or another import is running.
    """
    from cartera.ledger.batches import clear_unfinished
    from cartera.ledger.lease import held

    scope.require("import")
    if prepared.preview.questions:
        raise CarteraError(say("a question of this import is open."), fix=say("Answer it first."))
    with held(prepared.book, IMPORT, now) as lease:
        clear_unfinished(prepared.book)
        made = prepared.plan
        for _ in range(ATTEMPTS):
            if _is_overtaken(prepared, made):
                prepared = replace(prepared, read=without_the_erased(prepared.book, prepared.read))
                made = plan(prepared.book, prepared.read, made.source, prepared.answers, prepared.today)
            try:
                return _written(prepared, made, lease, by, told)
            except _OvertakenError:
                clear_unfinished(prepared.book)
    raise CarteraError(say("the workspace was changed again and again meanwhile."), fix=say("Start the import again."))


def _is_overtaken(prepared: Prepared, made: Plan) -> bool:
    """Whether a change since the comparison may have touched the same facts."""
    from cartera.ledger.models import Change

    changes = Change.objects.using(prepared.book.alias).filter(workspace_id=prepared.book.workspace_id)
    since = changes.filter(is_made=True, facts_version__gt=made.version)
    return bool(since.filter(kind__in=REWRITING).exists())


def _written(prepared: Prepared, made: Plan, lease: Held, by: str, told: Progress | None) -> Done:
    from cartera.ledger import batches, stage
    from cartera.ledger.models import Client, Invoice

    book = prepared.book
    change = batches.begin(book, IMPORT, at=lease.now(), by=by)
    numbers = _write_lines(prepared, made, change, lease, told)
    rows = docs.staged(made.documents, made.source, numbers) + docs.tombstones(made.removed, made.source)
    staged = [stage.stage(book, Client, made.clients.rows), stage.stage(book, Invoice, rows)]
    said = [stage.stage(book, one.model, one.rows) for one in made.words]
    batches.confirm(book, change, confirmed(made))
    batch = record_ahead(change, prepared, made, keep_file(prepared))
    is_laid = sum(one.count for one in staged) > prepared.few
    if is_laid:
        _lay(book, change, staged, lease)
    with batches.publishing(book, change, at=lease.now()) as entry:
        lease.renew()  # under the lock: nobody takes over what is half published
        if _is_overtaken(prepared, made):
            raise _OvertakenError
        for one in said if is_laid else [*staged, *said]:
            stage.publish(entry, one)
        record(entry, batch, prepared, made)
        keep_plans(entry, prepared.today)
    return Done(change.number, made, book.facts_version)


def _lay(book: Book, change: Change, staged: list[Staged], lease: Held) -> None:
    """So many rows that publishing them would keep others waiting are laid beside the facts before."""
    from cartera.ledger import laid

    laid.begin_laying(book, change)
    for one in staged:
        laid.lay(book, change, one, _progress(lease, None, 1))


def confirmed(made: Plan) -> Iterator[tuple[str, str, str, str, int]]:
    """The clients and documents that the file holds as they were."""
    for row in made.clients.kept:
        yield "client", row["source"], people.STREAM, row["key"], row["content_of_id"]
    for row in made.documents.kept:
        yield "invoice", row["source"], docs.STREAM, row["key"], row["content_of_id"]
    for one in made.words:
        yield from one.kept


def _write_lines(
    prepared: Prepared, made: Plan, change: Change, lease: Held, told: Progress | None
) -> Callable[[docs.Change], int | None]:
    """Writes the lines of new and changed documents; gives the number under which a document's lines stand."""
    from cartera.ledger import stage

    wanted: dict[int, int] = {}
    if made.lines is not None:
        places = [one.place for one in made.documents.changes if one.has_new_lines]
        wanted = {place: stage.document_of(change.pk, place + 1) for place in places}
    if made.lines is not None and wanted:
        total = max(sum(made.lines.sizes[place] for place in wanted), 1)
        documents = [wanted.get(place) for place in range(len(made.lines.sizes))]
        stage.write_lines(prepared.book, made.lines.rows(documents), _progress(lease, told, total))
    return lambda one: wanted.get(one.place, one.values.get("document"))


def _progress(lease: Held, told: Progress | None, total: int) -> Callable[[int], None]:
    renewed = [lease.now()]

    def step(count: int) -> None:
        if lease.now() - renewed[0] > RENEWED_EVERY:
            lease.renew()
            renewed[0] = lease.now()
        if told is not None:
            told(min(1.0, count / total))

    return step


def keep_plans(entry: Entry, day: date) -> None:
    """Close the plans that the new invoices keep, in the same change: undoing the import opens them again."""
    from cartera.app.workspace.deciding.matching import match_new

    kept, asked = match_new(entry, day=day)
    entry.change.told |= {
        "plans_kept": [pair.plan.id for pair in kept],
        "plans_asked": len({pair.plan.id for pair in asked}),
    }
