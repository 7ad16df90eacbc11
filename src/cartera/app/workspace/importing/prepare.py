"""Read a file, compare it with the workspace, ask what is open: all of an import but the writing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cartera.app.workspace.importing.answers import Answers
from cartera.app.workspace.importing.plan import Plan, plan
from cartera.app.workspace.importing.preview import Preview, preview
from cartera.app.workspace.importing.questions import questions
from cartera.app.workspace.importing.reading import PLAIN, Bytes, Read, bytes_of, read
from cartera.app.workspace.importing.tables import SOURCE
from cartera.app.workspace.importing.words import names_erased
from cartera.app.workspace.privacy.returning import without_erased

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book


FEW = 20_000  # a tenth of a second


@dataclass(frozen=True)
class Earlier:
    """The import that these very bytes came with. number: of its change. day: ISO text."""

    number: int
    day: str


@dataclass(frozen=True)
class Prepared:
    """A file that may be imported. read, plan, preview: as it was understood, compared and told.

    few: so many rows are published at once; more are laid beside the facts before, so that nobody waits for them.
    """

    book: Book
    path: Path
    file: Bytes
    answers: Answers
    today: date
    read: Read
    plan: Plan
    preview: Preview
    few: int = FEW


def prepare(
    scope: Scope,
    book: Book,
    path: Path,
    answers: Answers | None = None,
    *,
    today: date,
    source: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> Prepared | Earlier:
    """The file as it was understood and what it would change; `preview.questions` must be answered before `commit`.
    The import that brought these very bytes, when there was one: then nothing else is looked at.

    InputError: it cannot be read. Ambiguous: it has more than one reading.
    """
    scope.require("import")
    answers, file = answers or Answers(), bytes_of(path)
    earlier = imported_before(book, file, source)
    if earlier is not None:
        return earlier
    found = without_the_erased(book, read(book, path, answers, progress))
    made = plan(book, found, source or source_of(found), answers, today)
    told = preview(file.name, found, made, questions(found.reading, made, answers), today)
    return Prepared(book, path, file, answers, today, found, made, told)


def without_the_erased(book: Book, found: Read) -> Read:
    """The same without whoever asked to be forgotten, by now."""
    reading, is_named = without_erased(book, found.reading)
    is_named = is_named or (found.is_tables and names_erased(book, reading.tables))
    return replace(found, reading=reading, names_erased=is_named or found.names_erased)


def source_of(found: Read) -> str:
    """The source that a file names itself: of the rows that it mends, its layout, or just a file."""
    if found.joins is not None:
        return found.joins.source
    if found.is_tables:
        return SOURCE
    return (found.reading.trace.profile if found.reading.trace is not None else "") or PLAIN


def imported_before(book: Book, file: Bytes, source: str | None) -> Earlier | None:
    """The import in force of exactly these bytes, from this source when one is named."""
    from cartera.ledger.models import Batch

    batches = Batch.objects.using(book.alias).filter(
        change__workspace_id=book.workspace_id, change__is_made=True, change__undone_by=None, file__sha256=file.sha256
    )
    found = (batches.filter(source=source) if source else batches).select_related("change").first()
    return Earlier(found.change.number, found.change.made_at.date().isoformat()) if found else None
