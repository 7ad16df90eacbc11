"""How is one table in our own schema read? ISO days, decimal points, one row per fact; a bad row costs itself alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import reduce
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cartera import words
from cartera.errors import InputError, nearest
from cartera.facts import schema
from cartera.facts.guard import unguarded
from cartera.sources.files import dates, kinds, values
from cartera.sources.files.content import open_content
from cartera.sources.files.decimals import MISSING
from cartera.sources.files.decode import decode
from cartera.sources.files.grid import EXACT, Distinct, Grid
from cartera.sources.files.load import load, refuse_sheet
from cartera.sources.files.names import normalised
from cartera.sources.files.options import DELIMITERS, ReadOptions
from cartera.sources.files.people_table import DIRECTION_OF, channel_called, moment_in
from cartera.sources.files.reading import HINTS, Account, Problem, Reading
from cartera.sources.files.rows import clean
from cartera.sources.files.sorting import empty
from cartera.sources.files.typed import parquet_table, text_cells
from cartera.sources.files.values import MONEY
from cartera.tongue import say

Read = Callable[[str], Any]
VOCABULARY = {("invoices", "kind"): words.KINDS, ("invoices", "state"): words.STATES, ("marks", "mark"): words.MARKS}
# Needed in every row; a row of invoices without a client is unattributed, and one without an amount counts for nothing.
FILLED = {
    "clients": {"client_id": "MISSING_CLIENT"},
    "invoices": {"issued_on": "MISSING_DATE"},
    "lines": {"invoice_id": "MISSING_INVOICE"},
    "marks": {"client_id": "MISSING_CLIENT", "mark": "UNKNOWN_TYPE", "marked_on": "MISSING_DATE"},
    "contacts": {"client_id": "MISSING_CLIENT", "name": "MISSING_NAME"},
    "interactions": {"client_id": "MISSING_CLIENT", "at": "MISSING_DATE", "channel": "UNKNOWN_CHANNEL"},
    "notes": {"client_id": "MISSING_CLIENT", "at": "MISSING_DATE", "text": "MISSING_TEXT"},
    "assignments": {"client_id": "MISSING_CLIENT", "since_on": "MISSING_DATE"},
    "steps": {"client_id": "MISSING_CLIENT", "due_on": "MISSING_DATE", "at": "MISSING_DATE"},
}
ARROW = {
    schema.DAY: pa.date32(),
    schema.MONEY: MONEY,
    schema.FLAG: pa.bool_(),
    schema.COUNT: pa.int64(),
    schema.MOMENT: pa.timestamp("us"),
}
CODES = {
    schema.DAY: "BAD_DATE",
    schema.MONEY: "BAD_NUMBER",
    schema.FLAG: "BAD_WORD",
    schema.COUNT: "BAD_NUMBER",
    schema.MOMENT: "BAD_DATE",
}


@dataclass(frozen=True)
class Cells:
    """One typed column with the rows that cannot be read. raw: the column of the grid, to quote it."""

    array: pa.Array
    bad: pa.BooleanArray | None = None
    code: str = ""
    raw: int | None = None


@dataclass
class Refused:
    """Row -> reason and column of the grid, the first one wins."""

    reasons: dict[int, tuple[str, int | None]] = field(default_factory=dict)

    def add(self, code: str, mask: pa.BooleanArray, column: int | None) -> None:
        """Refuses the rows of the mask."""
        for index in pc.indices_nonzero(mask).to_pylist():
            self.reasons.setdefault(index, (code, column))


def own_table(path: Path, table: str, options: ReadOptions, *, once: str | None = None) -> Reading:
    """One fact table of a file in our schema; unknown columns stay, as text. InputError: a needed column is missing.

    once: a column whose text no two rows may share.
    """
    content = open_content(path, is_text=options.encoding is not None)
    refuse_sheet(content, options)
    typed: dict[str, pa.Array] = {}
    if content.kind == "parquet":
        grid, typed = _typed_grid(parquet_table(content), content.name, table)
    else:
        told = replace(
            options, delimiter=options.delimiter or _delimiter(path, table, options), header_row=1, mapping={}
        )
        grid = load(path, told, allow_empty=True)
    names = _names(grid, table)
    _check_needed(grid.name, names, table)
    cells = {
        name: _typed_cells(typed[name], i) if name in typed else _cells(grid, i, table, name, options)
        for i, name in names.items()
    }
    return _reading(grid, table, names, cells, once)


def _delimiter(path: Path, table: str, options: ReadOptions) -> str:
    """The sign that divides the header into the most known names."""
    content = open_content(path, is_text=options.encoding is not None)
    first = decode(content.data[:65536], content.name, options.encoding).text.splitlines()[0]
    known = set(schema.schema(table))
    counts = {
        word: sum(normalised(c).replace(" ", "_") in known for c in first.split(DELIMITERS[word]))
        for word in DELIMITERS
    }
    return max(counts, key=lambda word: counts[word])


def _typed_grid(table: pa.Table, name: str, of: str) -> tuple[Grid, dict[str, pa.Array]]:
    """Columns that already have our type, and the others as text."""
    wanted = schema.schema(of)
    kept = [f.name for f in table.schema if not pa.types.is_nested(f.type)]
    typed = {c: _natural(table.column(c), wanted[c]) for c in kept if c in wanted and not _is_worded(of, c)}
    columns = [_shown(table.column(c)) if typed.get(c) is not None else text_cells(table.column(c)) for c in kept]
    grid = Grid(name, kept, columns, range(1, table.num_rows + 1), how="Parquet", unit="row")
    return grid, {c: array for c, array in typed.items() if array is not None}


def _typed_cells(array: pa.Array, column: int) -> Cells:
    """A column of our own type; of days, those that a program writes for none are bad."""
    if array.type != pa.date32():
        return Cells(array)
    bad = pc.less(array, pa.scalar(date(dates.FIRST_YEAR, 1, 1))).fill_null(False)
    return Cells(array, bad, "BAD_DATE", column)


def _shown(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A typed column as text, only for quoting; cheap because hardly ever looked at."""
    return column.cast(pa.string()).fill_null("")


def _natural(column: pa.ChunkedArray, wanted: Any) -> pa.Array | None:
    """The column in the type of the schema when that changes nothing."""
    kind, target = column.type, ARROW.get(wanted, pa.string())
    fits = (
        kind == target
        or (pa.types.is_integer(kind) and target == MONEY)
        or (pa.types.is_large_string(kind) and target == pa.string())
    )
    if not fits:
        return None
    try:
        array = column.cast(target).combine_chunks()
    except pa.ArrowException:
        return None
    return pc.if_else(pc.equal(array, ""), pa.scalar(None, target), array) if target == pa.string() else array


def _names(grid: Grid, table: str) -> dict[int, str]:
    """Column index -> its name in the schema, or its own for a further column."""
    known = {normalised(name): name for name in schema.schema(table)}
    names: dict[int, str] = {}
    for i, header in enumerate(map(unguarded, grid.header)):
        name = known.get(normalised(header)) or header
        if header and name not in names.values():
            names[i] = name
    return names


def _check_needed(file: str, names: dict[int, str], table: str) -> None:
    found = list(names.values())
    for needed in schema.ALL[table]:
        if needed.required and needed.name not in found:
            near = nearest(needed.name, found)
            hint = (
                say("Is it {near}? Rename it to {name}.", near=repr(near), name=needed.name)
                if near
                else say("Add the column.")
            )
            raise InputError(
                say("there is no column {name} (found: {names}).", name=needed.name, names=", ".join(found)),
                where=file,
                fix=hint,
            )


def _cells(grid: Grid, column: int, table: str, name: str, options: ReadOptions) -> Cells:
    dtype = schema.schema(table).get(name)
    distinct = grid.distinct(column)
    if dtype is None:
        return Cells(_text(grid, column))
    if _is_worded(table, name):
        return _parsed(distinct, pa.string(), *_words(table, name, column))
    if dtype == schema.TEXT:
        return _parsed(distinct, pa.string(), "", column, _said)
    if dtype == schema.MONEY:
        numbers = values.number_column(grid, column, options.decimal or "point")
        assert isinstance(numbers, values.Numbers)
        return Cells(numbers.array, numbers.bad, "BAD_NUMBER", column)
    readers: dict[Any, Callable[[str], Any]] = {
        schema.DAY: _day(options),
        schema.FLAG: kinds.flag_of,
        schema.COUNT: _whole,
        schema.MOMENT: moment,
    }
    return _parsed(distinct, ARROW[dtype], CODES[dtype], column, readers[dtype])


def _text(grid: Grid, column: int) -> pa.Array:
    """A further column as it stands, null where empty."""
    whole = grid.text(column).combine_chunks()
    if any(text != unguarded(text) for text in grid.distinct(column).texts):
        whole = pa.array(map(unguarded, whole.to_pylist()), pa.string())
    return pc.if_else(empty(grid, column), pa.scalar(None, pa.string()), whole)


def _said(text: str) -> str:
    """A cell as a name or a code, without the apostrophe that our own export put before it."""
    return unguarded(clean(text))


def _parsed(distinct: Distinct, kind: pa.DataType, code: str, column: int, read: Callable[[str], Any]) -> Cells:
    found = [None if text in MISSING and (not text or kind != pa.string()) else read(text) for text in distinct.texts]
    pairs = zip(distinct.texts, found, strict=True)
    bad = distinct.flags(value is None and text not in MISSING for text, value in pairs) if code else None
    return Cells(distinct.spread(pa.array(found, kind)), bad, code, column)


def _is_worded(table: str, name: str) -> bool:
    """Whether a text of this column must be one of some words, or a moment."""
    return (table, name) in VOCABULARY or (table, name) in SAID


def _words(table: str, name: str, column: int) -> tuple[str, int, Read]:
    code, read = SAID.get((table, name), ("UNKNOWN_TYPE", None))
    return code, column, read or _one_of(VOCABULARY[table, name])


def _one_of(known: Sequence[str]) -> Callable[[str], str | None]:
    return lambda text: text.lower() if text.lower() in known else None


def _moment_text(text: str) -> str | None:
    """The text of a moment as it stands; in which zone it is, the workspace says."""
    return text.removeprefix(EXACT) if moment_in(text.removeprefix(EXACT)) else None


SAID: dict[tuple[str, str], tuple[str, Read]] = {
    ("interactions", "at"): ("BAD_DATE", _moment_text),
    ("interactions", "channel"): ("UNKNOWN_CHANNEL", channel_called),
    ("interactions", "direction"): ("UNKNOWN_DIRECTION", lambda text: DIRECTION_OF.get(text.casefold())),
    ("notes", "at"): ("BAD_DATE", _moment_text),
    ("steps", "at"): ("BAD_DATE", _moment_text),
}


def _day(options: ReadOptions) -> Callable[[str], date | None]:
    def read(text: str) -> date | None:
        found = dates.read(text)
        if isinstance(found, dates.Pending):
            return found.day(options.date_order) if options.date_order else None
        return found

    return read


def _whole(text: str) -> int | None:
    text = clean(text)
    return int(text) if text.lstrip("-").isdigit() else None


def moment(text: str) -> datetime | None:
    """An ISO time stamp; one with a zone as the same instant in UTC, so that order is kept."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _reading(
    grid: Grid, table: str, names: dict[int, str], cells: dict[str, Cells], once: str | None = None
) -> Reading:
    refused, columns = Refused(), {name: i for i, name in names.items()}
    blank = _blank(grid)
    reach = max((columns[f.name] for f in schema.ALL[table] if f.required), default=0) + 1
    for index, misfit in grid.misfits.items():
        if misfit.code != "TOO_SHORT" or misfit.width < reach:
            refused.reasons[index] = (misfit.code, None)
    for cell in cells.values():
        if cell.bad is not None:
            refused.add(cell.code, cell.bad, cell.raw)
    for name, code in FILLED[table].items():
        refused.add(code, pc.is_null(cells[name].array), columns[name])
    if table == "clients":
        refused.add("REPEATED_CLIENT", _repeated(cells["client_id"].array), columns["client_id"])
    if once in cells:
        refused.add("REPEATED_ID", _repeated(cells[once].array), columns[once])
    reasons = {i: reason for i, reason in refused.reasons.items() if i not in blank}
    return _finished(grid, table, {name: cell.array for name, cell in cells.items()}, reasons, blank)


def _blank(grid: Grid) -> set[int]:
    if not grid.height:
        return set()
    mask = reduce(pc.and_, (empty(grid, column) for column in range(len(grid.columns))))
    unreadable = {i for i, misfit in grid.misfits.items() if misfit.code == "NOT_TEXT"}
    return set(pc.indices_nonzero(mask).to_pylist()) - unreadable


def _repeated(ids: pa.Array) -> pa.BooleanArray:
    """Rows whose text stands in a row above."""
    first = pc.index_in(ids, value_set=ids)
    return pc.and_(pc.is_valid(ids), pc.not_equal(first, pa.array(range(len(ids)), first.type))).fill_null(False)


def _finished(
    grid: Grid, table: str, arrays: dict[str, pa.Array], reasons: Mapping[int, tuple[str, int | None]], blank: set[int]
) -> Reading:
    out = pa.array([*reasons, *blank], pa.int64())
    whole = pa.table(arrays)
    every = pa.array(range(grid.height), pa.int64())
    kept = whole if not len(out) else whole.filter(pc.invert(pc.is_in(every, value_set=out)))
    structure = grid.before + Counter({"blank": len(blank)} if blank else {})
    account = Account(
        rows_in=grid.height + grid.before.total(),
        accepted=kept.num_rows,
        rejected=len(reasons),
        structural=structure.total(),
        structure=structure,
        reasons=Counter(code for code, _ in reasons.values()),
    )
    return Reading({table: kept}, _problems(grid, reasons), account, [f"{grid.name}: {table}, {account.equation}."])


def _problems(grid: Grid, reasons: Mapping[int, tuple[str, int | None]]) -> list[Problem]:
    indices = sorted(reasons)
    problems = []
    for index, row in zip(indices, grid.rows(indices), strict=True):
        code, column = reasons[index]
        misfit = grid.misfits.get(index)
        whole = ",".join(misfit.cells if misfit else row)[:200]
        name, value = ("", whole) if column is None else (grid.header[column], row[column].strip())
        cells = misfit.cells if misfit else tuple(row)
        problems.append(
            Problem(code, grid.where(index), name, value, _hint(code, name, value), grid.lines[index], cells)
        )
    return problems


def _hint(code: str, name: str, value: str) -> str:
    """The fix, in the words of our own schema."""
    if code == "UNKNOWN_TYPE":
        return f"Use one of {', '.join(next(w for (_, of), w in VOCABULARY.items() if of == normalised(name)))}."
    return (dates.hint(value) if code == "BAD_DATE" else "") or HINTS.get(code, "")
