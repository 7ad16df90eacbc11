"""How do DuckDB relations, Arrow tables and pandas frames become facts? In DuckDB, on the user's connection if there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import narwhals as nw

from cartera.engine.arrows import as_arrow, made, to_pandas
from cartera.engine.results import arrow
from cartera.errors import InputError
from cartera.facts.schema import MONEY
from cartera.facts.tables import Frame


class Engine:
    """DuckDB: on the connection of the relation given, else on one of its own that sees no files and no network."""

    def __init__(self, invoices: Any) -> None:
        self._invoices = invoices
        self._anchor = invoices if isinstance(invoices, duckdb.DuckDBPyRelation) else None
        if self._anchor is None:
            self._own = duckdb.connect()
            self._own.execute("SET enable_external_access = false; SET lock_configuration = true")

    def hold(self, native: Any) -> Frame:
        """A user's table of any kind, on this connection; Arrow is read where it lies, without a copy."""
        if isinstance(native, duckdb.DuckDBPyRelation) and self._is_here(native):
            return nw.from_native(native)
        return nw.from_native(self._scan(as_arrow(native)))

    def table(self, columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any]) -> Frame:
        """A small table made in Python, inside the engine."""
        return nw.from_native(self._scan(made(columns, schema)).materialize())

    def keep(self, frame: Frame) -> Frame:
        """The same rows, computed once."""
        # Held by the relation and freed with it: a temporary table would stay in the user's session.
        return nw.from_native(frame.to_native().materialize())

    def rows(self, frame: Frame) -> list[dict[str, Any]]:
        """The rows in Python."""
        return list(arrow(frame).to_pylist())

    def numbered(self, frame: Frame, name: str) -> Frame:
        """The frame with its row number as text in a new column; it costs nothing in answers that do not read it."""
        number = duckdb.SQLExpression("CAST(row_number() OVER () AS VARCHAR)").alias(name)
        return nw.from_native(frame.to_native().select(duckdb.StarExpression(), number))

    def from_float(self, name: str) -> nw.Expr:
        """A float column as money, half to even."""
        return nw.col(name).cast(MONEY)

    def give_back(self, frame: Frame) -> Any:
        """A relation, a pandas DataFrame or a PyArrow table, as the invoices came."""
        if self._anchor is not None:
            return frame.to_native()
        table = arrow(frame)
        return to_pandas(table, self._invoices) if nw.dependencies.is_pandas_dataframe(self._invoices) else table

    def _is_here(self, relation: Any) -> bool:
        if self._anchor is None:
            return False
        try:
            self._anchor.set_alias("here").cross(relation.set_alias("there"))
        except duckdb.InvalidInputException:
            return False
        return True

    def _scan(self, table: Any) -> Any:
        if self._anchor is None:
            return self._own.from_arrow(table)
        try:
            return self._anchor.query("invoices", 'SELECT * FROM "table"')
        except duckdb.CatalogException as problem:
            raise InputError(
                "the DuckDB connection of the invoices does not read tables from Python.",
                where="invoices",
                fix="Pass the rows instead: Facts(invoices=relation.to_arrow_table()).",
            ) from problem
