"""What does a folder of fact tables say, as an import needs it? Documents with id, kind, state and lines."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.importing.answers import Answers
from cartera.errors import CarteraError, InputError
from cartera.facts.schema import ALL, KEPT
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from cartera.sources.files import Reading
    from cartera.sources.files.reading import Problem

SOURCE = "tables"  # the source of facts that come as tables of our own schema
EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a zip; the same tables are the same bytes whenever they are looked at


def is_tables(path: Path) -> bool:
    """Whether a folder is to be imported, and not a file."""
    return path.is_dir()


def packed(path: Path) -> bytes:
    """The tables of the folder as one archive, to be kept. InputError: it holds no invoices, or cannot be read."""
    from cartera.sources.files.folder import fact_files

    buffer = io.BytesIO()
    try:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for table, file in fact_files(path, ALL).items():
                name, data = _kept(table, file)
                archive.writestr(zipfile.ZipInfo(name, EARLIEST), data, zipfile.ZIP_DEFLATED)
    except OSError as problem:
        fix = say("Check that it may be read.")
        raise InputError(
            say("the folder cannot be read ({problem}).", problem=str(problem.strerror)), where=str(path), fix=fix
        ) from None
    return buffer.getvalue()


def _kept(table: str, file: Path) -> tuple[str, bytes]:
    """The name and the bytes of a table. What people said is kept as text: who is forgotten must be found in it."""
    if table not in KEPT or file.suffix != ".parquet":
        return file.name, file.read_bytes()
    from cartera.sources.files.content import open_content
    from cartera.sources.files.typed import parquet_table

    rows = parquet_table(open_content(file))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows.column_names)
    writer.writerows(tuple(row.values()) for row in rows.to_pylist())
    return f"{table}.csv", text.getvalue().encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Tables:
    """Fact tables that were read. has_ids: whether documents bring ids of their own. clients: rows of clients."""

    reading: Reading
    has_ids: bool
    clients: int


def read_tables(path: Path, answers: Answers, currency: str) -> Tables:
    """The tables of the folder. currency: of rows that name none.

    InputError: there are no invoices, a column is missing, or two files hold one table.
    """
    from cartera.sources.files.folder import read_whole_folder
    from cartera.sources.files.options import ReadOptions

    given = dict(answers.reading)
    if "header_row" in given:
        fix = say("Leave it out: the first row of each table names its columns.")
        raise CarteraError(say("fact tables have their header in row 1."), where="--header-row", fix=fix)
    options = ReadOptions(**given)
    reading = read_whole_folder(path, options)
    has_ids = "invoice_id" in reading.tables["invoices"].column_names
    invoices = _documents(reading.tables["invoices"], options.currency or currency)
    tables = {**reading.tables, "invoices": invoices, "clients": _clients(reading.tables, invoices)}
    if "lines" in tables:
        tables["lines"] = _numbered(tables["lines"])
    listed = reading.tables["clients"].num_rows if "clients" in reading.tables else 0
    problems = [_placed(one) for one in reading.problems]
    return Tables(replace(reading, tables=tables, problems=problems), has_ids, listed)


def _placed(problem: Problem) -> Problem:
    """The problem with the name of its table before its cells: rows of several tables are refused together."""
    return replace(problem, cells=(problem.where.partition(",")[0], *problem.cells))


def _documents(table: pa.Table, currency: str) -> pa.Table:
    """The invoices with an id, a kind and a state each, as every question reads them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def said(name: str, instead: Any) -> Any:
        column = _column(table, name, pa.string())
        return pc.coalesce(column, instead) if instead is not None else column

    rows = pa.array([f"row {place}" for place in range(1, table.num_rows + 1)], pa.string())
    below = pc.less(table.column("amount"), pa.scalar(0, table.column("amount").type)).fill_null(False)
    made = {
        "invoice_id": pc.coalesce(said("invoice_id", None), said("number", None), rows),
        "kind": pc.if_else(below, "credit_note", said("kind", "invoice")),
        "state": said("state", "issued"),
        "currency": said("currency", currency or None),
    }
    for name, column in made.items():
        table = _with(table, name, column)
    return table


def _clients(tables: Mapping[str, pa.Table], invoices: pa.Table) -> pa.Table:
    """The clients, with a row for each that only invoices name: no other source's client may be taken for it."""
    import pyarrow as pa

    known = tables.get("clients")
    there = set() if known is None else set(known.column("client_id").to_pylist())
    named = dict.fromkeys(one for one in invoices.column("client_id").to_pylist() if one and one not in there)
    more = pa.table({"client_id": pa.array(list(named), pa.string())})
    return more if known is None else pa.concat_tables([known, more], promote_options="default")


def _numbered(lines: pa.Table) -> pa.Table:
    """The lines with their place where they name none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    places = pa.array(range(1, lines.num_rows + 1), pa.int64())
    return _with(lines, "line_no", pc.coalesce(_column(lines, "line_no", pa.int64()), places))


def _column(table: pa.Table, name: str, kind: Any) -> Any:
    import pyarrow as pa

    return table.column(name) if name in table.column_names else pa.nulls(table.num_rows, kind)


def _with(table: pa.Table, name: str, column: Any) -> pa.Table:
    if name not in table.column_names:
        return table.append_column(name, column)
    return table.set_column(table.column_names.index(name), name, column)


def parts(tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, pa.Table]]:
    """What people said, table by table, with at least a row each."""
    for name in ("marks", *KEPT):
        if name in tables and tables[name].num_rows:
            yield name, tables[name]
