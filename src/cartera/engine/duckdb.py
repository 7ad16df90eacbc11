"""How do DuckDB relations, and tables of many rows, become facts? On the user's connection if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import narwhals as nw

from cartera.engine.arrows import as_arrow, made, to_pandas
from cartera.engine.results import arrow
from cartera.engine.room import framed
from cartera.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cartera.facts.tables import Frame


def room(invoices: Any) -> DuckDB:
    """DuckDB, for invoices that are a relation or anything that Arrow reads."""
    return DuckDB(invoices)


class DuckDB:
    """DuckDB: on the given connection or the relation's, else on one of its own that sees no files and no network."""

    def __init__(self, invoices: Any, connection: Any = None) -> None:
        self._invoices = invoices
        self._is_relation = isinstance(invoices, duckdb.DuckDBPyRelation)
        self._connection = connection if self._is_relation else _closed_connection()

    def hold(self, native: Any) -> Frame:
        """A user's table of any kind, on this connection; Arrow is read where it lies, without a copy."""
        if isinstance(native, duckdb.DuckDBPyRelation) and self._is_here(native):
            return framed(native)
        return framed(self._scan(as_arrow(native)))

    def table(self, columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any]) -> Frame:
        """A small table made in Python, inside the engine."""
        return framed(self._scan(made(columns, schema)).materialize())

    def keep(self, frame: Frame) -> Frame:
        """The same rows, computed once."""
        # Held by the relation and freed with it: a temporary table would stay in the user's session.
        return framed(frame.to_native().materialize())

    def rows(self, frame: Frame) -> list[dict[str, Any]]:
        """The rows in Python."""
        return list(arrow(frame).to_pylist())

    def numbered(self, frame: Frame, name: str) -> Frame:
        """The frame with its row number as text in a new column; free in answers that do not read it."""
        number = duckdb.SQLExpression("CAST(row_number() OVER () AS VARCHAR)").alias(name)
        return framed(frame.to_native().select(duckdb.StarExpression(), number))

    def give_back(self, frame: Frame) -> Any:
        """A relation, a pandas DataFrame or a PyArrow table, as the invoices came."""
        if self._is_relation:
            return frame.to_native()
        table = arrow(frame)
        return to_pandas(table, self._invoices) if nw.dependencies.is_pandas_dataframe(self._invoices) else table

    def _is_here(self, relation: Any) -> bool:
        if not self._is_relation:
            return False
        try:
            self._invoices.set_alias("here").cross(relation.set_alias("there"))
        except duckdb.InvalidInputException:
            return False
        return True

    def _scan(self, cartera_rows: Any) -> Any:
        if self._connection is not None:
            return self._connection.from_arrow(cartera_rows)
        try:
            # A relation does not show its connection, but reads Python variables of its caller by name.
            return self._invoices.query("cartera_here", "SELECT * FROM cartera_rows")
        except duckdb.CatalogException as problem:
            raise InputError(
                "the DuckDB connection of the invoices does not read tables from Python.",
                fix="Pass the rows instead: Facts(invoices=relation.to_arrow_table()).",
            ) from problem


class Derived(DuckDB):
    """DuckDB with relations of our own on a connection of our own: answers are Arrow, as those about files.

    held: what the relations read, kept as long as they are.
    """

    def __init__(self, invoices: Any, connection: Any, held: Any) -> None:
        super().__init__(invoices, connection)
        self._held = held

    def give_back(self, frame: Frame) -> Any:
        """A PyArrow table."""
        return arrow(frame)


def _closed_connection() -> Any:
    connection = duckdb.connect()
    connection.execute("SET enable_external_access = false; SET lock_configuration = true")
    return connection
