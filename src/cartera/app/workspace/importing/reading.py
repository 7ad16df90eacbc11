"""What does the file say? Its bytes, its grid, and the facts in it, with what is remembered of files of its shape."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.importing.answers import SETTLES, Answers
from cartera.app.workspace.importing.memory import known_homes, of_reading, remembered
from cartera.app.workspace.importing.mended import Mended, mended
from cartera.app.workspace.importing.tables import is_tables, packed, read_tables
from cartera.errors import Ambiguous, InputError, UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.ledger.book import Book
    from cartera.sources.files import Reading
    from cartera.sources.files.grid import Grid
    from cartera.sources.files.options import ReadOptions

WORTH_PACKING = 0.9
PLAIN = "file"  # the source of a file without a known layout


@dataclass(frozen=True)
class Bytes:
    """A file as it came."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The digest that names it."""
        return sha256(self.data).hexdigest()

    def packed(self) -> tuple[bytes, bool]:
        """What to keep, and whether it is compressed by us."""
        small = gzip.compress(self.data, 6, mtime=0)
        return (small, True) if len(small) < WORTH_PACKING * len(self.data) else (self.data, False)


@dataclass(frozen=True)
class Read:
    """A file that was read. used: the answers that read it. told: sentences on what was remembered.

    joins: the batch whose refused rows it mends. names_erased: whether it names somebody who asked to be forgotten.
    is_tables: a folder of fact tables; has_ids: whether their documents bring ids of their own; listed_clients: how
    many clients have a row there. is_of_now: what it tells of a client is never older than what is known of it.
    """

    reading: Reading
    used: dict[str, Any]
    told: list[str] = field(default_factory=list)
    joins: Mended | None = None
    names_erased: bool = False
    is_tables: bool = False
    has_ids: bool = True
    listed_clients: int = 0
    is_of_now: bool = False


def bytes_of(path: Path) -> Bytes:
    """The file's bytes, of a folder those of its fact tables. InputError: there is none, or it holds no invoices."""
    if is_tables(path):
        return Bytes(path.absolute().name, packed(path))
    try:
        return Bytes(path.name, path.read_bytes())
    except OSError as problem:
        fix = say("Check the path and the spelling.")
        raise InputError(
            say("the file cannot be opened ({problem}).", problem=str(problem.strerror)), where=str(path), fix=fix
        ) from None


def read(book: Book, path: Path, answers: Answers, progress: Callable[[float], None] | None = None) -> Read:
    """The facts in the file. Ambiguous: neither the file, nor an answer, nor the memory says how it is to be read."""
    from cartera.sources.files.load import load
    from cartera.sources.files.trace import fingerprint

    own = str(book.workspace.currency)
    if is_tables(path):
        return _of_tables(path, answers, own)
    options = _options(answers.and_read(**({"currency": own} if own else {})).reading, progress)
    grid = load(path, options)
    joins = mended(book, grid)
    if joins is not None:
        return _mended(joins, replace(options, homes=known_homes(book, joins.fingerprint)))
    shape = fingerprint(grid.header)
    options, known = replace(options, homes=known_homes(book, shape)), remembered(book, shape)
    return _with_memory(grid, options, answers, of_reading(known.answers), known.day)


def _of_tables(path: Path, answers: Answers, currency: str) -> Read:
    found = read_tables(path, answers, currency)
    return Read(
        found.reading, dict(answers.reading), is_tables=True, has_ids=found.has_ids, listed_clients=found.clients
    )


def _options(given: dict[str, Any] | Any, progress: Callable[[float], None] | None) -> ReadOptions:
    from cartera.sources.files.options import ReadOptions

    return ReadOptions(**given, progress=progress)


def _mended(joins: Mended, options: ReadOptions) -> Read:
    """Mended rows are read as the file was from which they come."""
    from cartera.sources.files.read import read_grid

    given = {name: value for name, value in joins.options.items() if name not in ("delimiter", "sheet", "header_row")}
    told = [say("These rows mend import {number} of {file}.", number=str(joins.number), file=joins.file)]
    return Read(read_grid(joins.grid, replace(options, **given)), joins.options, told, joins)


def _with_memory(grid: Grid, options: ReadOptions, answers: Answers, known: dict[str, Any], day: str) -> Read:
    """As told, else as remembered where the file is open; what contradicts the file is forgotten."""
    from cartera.sources.files.read import read_grid

    used, told = dict(answers.reading), []
    if known.get("mapping") and not options.mapping:
        try:
            found = read_grid(grid, replace(options, mapping=known["mapping"]))
            return Read(found, used | {"mapping": known["mapping"]}, [_as_on(day, say("the columns"))])
        except Ambiguous:
            options, used = replace(options, mapping=known["mapping"]), used | {"mapping": known["mapping"]}
            told.append(_as_on(day, say("the columns")))
        except (InputError, UnknownNameError) as problem:
            told.append(
                say(
                    "What was said about its columns on {day} does not fit this file: {problem}",
                    day=day,
                    problem=str(problem),
                )
            )
    while True:
        try:
            return Read(read_grid(grid, options), used, told)
        except Ambiguous as asked:
            names = {SETTLES.get(question.topic, "") for question in asked.questions}
            new = {name: known[name] for name in names if name in known and name not in used}
            if not new:
                raise
            options, used = replace(options, **new), used | new
            told.append(_as_on(day, ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in new.items())))


def _as_on(day: str, what: str) -> str:
    return say("As on {day}: {what}.", day=day, what=what)
