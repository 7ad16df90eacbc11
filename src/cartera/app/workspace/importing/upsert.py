"""What becomes of each row that a program sends? New, changed, unchanged or refused; what is taken is one import."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.importing import sheets
from cartera.app.workspace.importing.answers import Answers
from cartera.app.workspace.importing.commit import commit
from cartera.app.workspace.importing.plan import plan
from cartera.app.workspace.importing.prepare import Prepared, without_the_erased
from cartera.app.workspace.importing.preview import preview
from cartera.app.workspace.importing.reading import bytes_of, read
from cartera.app.workspace.importing.sent import Held, held, is_same
from cartera.app.workspace.importing.tables import SOURCE
from cartera.errors import CarteraError, UnknownNameError
from cartera.facts.schema import ALL
from cartera.tongue import say, spoken

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from cartera.app.scope import Scope
    from cartera.app.workspace.importing.plan import Plan
    from cartera.ledger.book import Book

MOST = 10_000  # rows at once
NAME = re.compile(r"[a-z][a-z0-9_]{0,62}", re.ASCII)
NEW, CHANGED, UNCHANGED, REFUSED = "new", "changed", "unchanged", "refused"


@dataclass(frozen=True)
class Verdict:
    """What became of a row. column, why: of one that was refused."""

    home: str
    column: str = ""
    why: str = ""


@dataclass(frozen=True)
class Upserted:
    """What became of every row, in their order. number: of the change, None where nothing changed."""

    verdicts: list[Verdict]
    number: int | None

    @property
    def counts(self) -> dict[str, int]:
        """How many are new, changed, unchanged and refused."""
        found = Counter(one.home for one in self.verdicts)
        return {home: found[home] for home in (NEW, CHANGED, UNCHANGED, REFUSED)}


@dataclass(frozen=True)
class Sending:
    """Rows of a table as a program sent them. source: in whose name, which keeps its ids apart from those of others."""

    table: str
    rows: Sequence[Mapping[str, Any]]
    by: str
    source: str = SOURCE


def upsert(scope: Scope, book: Book, sent: Sending, *, today: date, now: Callable[[], datetime]) -> Upserted:
    """Every row by its key: what it does not name stays as it is, null empties it. One change, undone like an import.

    CarteraError: no such table, too many rows, a column that cannot be one, or another import is running.
    """
    scope.require("import")
    check(sent)
    there = held(book, sent.table, sent.source, sent.rows)
    names = sheets.columns(sent.table, sent.rows)
    whole = [sheets.completed(row, there.rows.get(sheets.key_of(sent.table, row)), names) for row in sent.rows]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / f"api-{sent.table}"
        folder.mkdir()
        refused = refusals(sent.table, whole, there)
        refused |= unreadable(sent.table, names, whole, refused, folder)
        taken = [place for place in range(len(whole)) if place not in refused]
        if not taken:
            return Upserted([refused[place] for place in range(len(whole))], None)
        _lay(sent.table, names, [whole[place] for place in taken], there, folder)
        prepared = _prepared(book, folder, sent.source, today)
        is_changed = prepared.plan.documents.changes or prepared.plan.clients.rows or _said(prepared.plan)
        done = commit(scope, prepared, now=now, by=sent.by) if is_changed else None
    rows = [whole[place] for place in taken]
    made = done.plan if done else prepared.plan
    of_lines = sent.table == "lines"
    homes = iter(line_homes(rows, names, there) if of_lines else _homes(sent.table, prepared, made, len(rows)))
    verdicts = [refused[place] if place in refused else Verdict(next(homes)) for place in range(len(whole))]
    return Upserted(verdicts, done.number if done else None)


def check(sent: Sending) -> None:
    """Nothing for a table of rows that can be looked at one by one; else CarteraError."""
    if sent.table not in sheets.KEYS:
        raise UnknownNameError("table", sent.table, tuple(sheets.KEYS))
    if not 0 < len(sent.rows) <= MOST:
        told = say("{count} rows were sent.", count=len(sent.rows))
        raise CarteraError(told, where="rows", fix=say("Send 1 to {most} at once.", most=MOST))
    own = {one.name for one in ALL[sent.table]}
    if not NAME.fullmatch(sent.source):
        fix = say("Use small letters, digits and _, such as erp.")
        raise CarteraError(say("{name} is no source.", name=repr(sent.source)), where="source", fix=fix)
    for name in {name for row in sent.rows for name in row}:
        if name not in own and (not NAME.fullmatch(name) or name in sheets.HIDDEN):
            fix = say("Use small letters, digits and _, such as sales_area.")
            raise CarteraError(say("{name} cannot be a column.", name=repr(name)), where="rows", fix=fix)


def refusals(table: str, rows: Sequence[Mapping[str, Any]], there: Held) -> dict[int, Verdict]:
    """place -> why a row is refused by its key: it has none, it came already, or it is about nothing that there is."""
    needed = {"marks": ("client_id",)}.get(table, sheets.KEYS[table])
    seen: set[tuple[str, ...]] = set()
    found: dict[int, Verdict] = {}
    for place, row in enumerate(rows):
        key = sheets.key_of(table, row)
        missing = [name for name in needed if not sheets.cell(row.get(name))]
        if missing:
            found[place] = Verdict(
                REFUSED, missing[0], say("It names no {column}: by that a row is known again.", column=missing[0])
            )
        elif not all(_is_text(sheets.cell(value)) for value in row.values()):
            found[place] = Verdict(REFUSED, "", say("It holds characters that are no text."))
        elif key in seen:
            found[place] = Verdict(REFUSED, needed[0], say("An earlier row has the same key. Send each once."))
        elif there.known is not None and key[0] not in there.known:
            found[place] = Verdict(REFUSED, needed[0], spoken(there.missing))
        seen.add(key)
    return found


def _is_text(value: str) -> bool:
    """Whether a cell can hold it: line breaks and tabs may stand in it, no other signs that control."""
    return not any((one < " " and one not in "\t\n") or "\ud800" <= one <= "\udfff" for one in value)


def unreadable(
    table: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]], refused: Mapping[int, Verdict], folder: Path
) -> dict[int, Verdict]:
    """place -> why a row cannot be read, as the importer says it of a file."""
    from cartera.sources.files.options import ReadOptions
    from cartera.sources.files.own import own_table

    places = [place for place in range(len(rows)) if place not in refused]
    if not places:
        return {}
    kept = [{**rows[place], "place": place} for place in places]
    path = folder.parent / f"{table}.csv"
    path.write_text(sheets.sheet([*names, "place"], kept), encoding="utf-8")
    problems = own_table(path, table, ReadOptions(delimiter="comma", encoding="utf-8")).problems
    told = {int(one.cells[-1]): one for one in problems}
    return {place: Verdict(REFUSED, one.column, f"{one.code} {one.value!r}. {one.hint}") for place, one in told.items()}


def _lay(table: str, names: Sequence[str], rows: list[dict[str, Any]], there: Held, folder: Path) -> None:
    """The folder of fact tables that says the same as the rows."""
    documents: list[Mapping[str, Any]] = []
    if table == "lines":
        about = dict.fromkeys(sheets.cell(row["invoice_id"]) for row in rows)
        documents = [there.whole[one] for one in about]
        merged = {key: row for key, row in there.rows.items() if key[0] in about}
        merged |= {sheets.key_of(table, row): merged.get(sheets.key_of(table, row), {}) | row for row in rows}
        rows, names = list(merged.values()), sheets.columns(table, merged.values())
    if table == "marks":
        rows = [row | {"client_id": there.clients.get(row["client_id"], row["client_id"])} for row in rows]
    _write(folder, table, names, rows)
    if table != "invoices":
        _write(folder, "invoices", sheets.columns("invoices", documents), documents)


def _write(folder: Path, table: str, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    (folder / f"{table}.csv").write_text(sheets.sheet(names, rows), encoding="utf-8")


def _prepared(book: Book, folder: Path, source: str, today: date) -> Prepared:
    """As an import of the folder is prepared, but that the same rows may come again after others."""
    answers = Answers(reading={"delimiter": "comma", "encoding": "utf-8"}, with_rejects=True, with_changes=True)
    file = bytes_of(folder)
    found = replace(without_the_erased(book, read(book, folder, answers)), is_of_now=True)
    made = plan(book, found, source, answers, today)
    return Prepared(book, folder, file, answers, today, found, made, preview(file.name, found, made, [], today))


def _said(made: Plan) -> bool:
    return any(one.rows for one in made.words)


def _homes(table: str, prepared: Prepared, made: Plan, count: int) -> list[str]:
    """What became of so many rows of the table, in their order."""
    if table == "invoices":
        return made.documents.homes
    if table == "marks":
        return next(one.homes for one in made.words if one.table == table)
    texts = prepared.read.reading.tables["clients"].column("client_id").to_pylist()[:count]
    changed, new = {row[2] for row in made.clients.rows}, set(made.clients.new)
    return [NEW if one in new else CHANGED if made.clients.keys[one] in changed else UNCHANGED for one in texts]


def line_homes(rows: Sequence[Mapping[str, Any]], names: Sequence[str], there: Held) -> list[str]:
    """The same for lines, which are no facts of their own but part of their invoice."""
    before = [there.rows.get(sheets.key_of("lines", row)) for row in rows]
    return [
        NEW if old is None else UNCHANGED if is_same(row, old, names) else CHANGED
        for row, old in zip(rows, before, strict=True)
    ]
