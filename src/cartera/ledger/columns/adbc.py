"""How are all rows of a table read at once? Through ADBC, as Arrow, with the types that were declared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import pyarrow as pa

from cartera.errors import CarteraError
from cartera.ledger.columns.sheets import Cell, Sheet
from cartera.ledger.columns.typed import wire

BATCH_ROWS = 65_536


@dataclass(frozen=True)
class Door:
    """An open connection for reading alone."""

    connection: Any
    is_sqlite: bool

    def batches(self, sheet: Sheet, statement: str) -> Iterator[list[pa.Array]]:
        """The rows of a statement about a sheet, some at a time. CarteraError: a column has not its declared type."""
        # SQLite's driver takes a column's type from the first rows: a row of ours goes ahead and is dropped again.
        asked = f"{_sentinel(sheet)} UNION ALL {statement}" if self.is_sqlite else statement
        options = {"adbc.sqlite.query.batch_rows": str(BATCH_ROWS)} if self.is_sqlite else {}
        with self.connection.cursor(adbc_stmt_kwargs=options) as cursor:
            cursor.execute(asked)
            reader = cursor.fetch_record_batch()
            check(sheet, reader.schema, is_sqlite=self.is_sqlite)
            skip = 1 if self.is_sqlite else 0
            for batch in reader:
                yield batch.slice(skip).columns
                skip = 0


def check(sheet: Sheet, found: pa.Schema, *, is_sqlite: bool) -> None:
    """Nothing when every column has the type that was declared."""
    for cell, field in zip(sheet.cells, found, strict=True):
        wanted = wire(cell, is_sqlite=is_sqlite)
        if field.type != wanted:
            raise CarteraError(
                f"the column {cell.name!r} of {sheet.name} came from the ledger as {field.type}, not as {wanted}.",
                fix="Update Cartera and its drivers, then try again.",
            )


@contextmanager
def opened(address: str) -> Iterator[Door]:
    """The ledger at a path or a postgresql:// address, for reading.

    CarteraError: its driver is not installed, or the database cannot be read.
    """
    from adbc_driver_manager import Error

    is_sqlite = "://" not in address
    try:
        with closing(_sqlite(address) if is_sqlite else _postgresql(address)) as connection:
            yield Door(connection, is_sqlite)
    except Error as problem:
        said = str(problem).partition("\n")[0].strip()
        raise CarteraError(f"the ledger's rows could not be read: {said}.") from problem


def _sqlite(path: str) -> Any:
    from adbc_driver_sqlite import dbapi

    return dbapi.connect(f"file:{quote(path)}?mode=ro")


def _postgresql(address: str) -> Any:
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError:
        raise CarteraError(
            "reading a workspace in PostgreSQL needs a driver that is not installed.",
            fix="Install it: pip install 'cartera[postgresql]'.",
        ) from None
    return dbapi.connect(without_workspace(address))


def without_workspace(address: str) -> str:
    """The address as PostgreSQL understands it: the name of the workspace in it is ours."""
    parts = urlsplit(address)
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] != "workspace"]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _sentinel(sheet: Sheet) -> str:
    return f"SELECT {', '.join(map(_nothing, sheet.cells))}"


def _nothing(cell: Cell) -> str:
    value = "''" if pa.types.is_string(wire(cell, is_sqlite=True)) else "0"
    return f'{value} AS "{cell.name}"'
