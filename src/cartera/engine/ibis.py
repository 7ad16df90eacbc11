"""How do Ibis tables become facts? Those of DuckDB on DuckDB itself; those of a warehouse where they are."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import ibis

from cartera.engine.arrows import as_arrow, made
from cartera.engine.duckdb import DuckDB
from cartera.engine.results import arrow
from cartera.engine.room import framed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cartera.engine.room import Room
    from cartera.facts.tables import Frame

NUMBERS = count(1)  # names of temporary tables must differ on a connection that several questions share

NAME = "cartera_answer"


def room(invoices: Any) -> Room:
    """The engine behind the invoices' backend."""
    backend = invoices.get_backend()
    return IbisOnDuckDB(invoices, backend) if backend.name == "duckdb" else Ibis(backend)


class IbisOnDuckDB(DuckDB):
    """DuckDB on the connection that Ibis holds: beside current sqlglot, Ibis 12 can make no table there."""

    def __init__(self, invoices: Any, backend: Any) -> None:
        self._backend = backend
        super().__init__(self._relation(invoices), backend.con)

    def hold(self, native: Any) -> Frame:
        """A user's table of any kind, on this connection."""
        is_ours = isinstance(native, ibis.Table) and native.get_backend() is self._backend
        return super().hold(self._relation(native) if is_ours else native)

    def give_back(self, frame: Frame) -> Any:
        """An Ibis table of the same backend, over a temporary table."""
        name = _name()
        frame.to_native().query(NAME, f"CREATE TEMP TABLE {name} AS SELECT * FROM {NAME}")  # noqa: S608 - our name
        return self._backend.table(name, database=("temp", "main"))

    def _relation(self, table: Any) -> Any:
        return self._backend.con.sql(str(ibis.to_sql(table, dialect="duckdb")))


class Ibis:
    """Any other backend of Ibis."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def hold(self, native: Any) -> Frame:
        """A user's table of any kind, as an Ibis table."""
        if isinstance(native, ibis.Table):
            return framed(native)
        return framed(self._backend.create_table(_name(), as_arrow(native), temp=True))

    def table(self, columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any]) -> Frame:
        """A small table made in Python, as a temporary table of the backend."""
        return framed(self._backend.create_table(_name(), made(columns, schema), temp=True))

    def keep(self, frame: Frame) -> Frame:
        """The same rows, computed once into a temporary table of the backend."""
        # Not `cache()`: its table goes as soon as Python forgets it, while answers still read it.
        return framed(self._backend.create_table(_name(), frame.to_native(), temp=True))

    def rows(self, frame: Frame) -> list[dict[str, Any]]:
        """The rows in Python."""
        return list(arrow(frame).to_pylist())

    def numbered(self, frame: Frame, name: str) -> Frame:
        """The frame with its row number as text in a new column."""
        return framed(frame.to_native().mutate(**{name: (ibis.row_number() + 1).cast("string")}))

    def give_back(self, frame: Frame) -> Any:
        """An Ibis table of the same backend."""
        return frame.to_native()


def _name() -> str:
    return f"cartera_{next(NUMBERS)}"
