"""How do Polars frames, and tables in memory that are few, become facts? As lazy frames, computed when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from cartera.engine.arrows import as_arrow, made
from cartera.engine.results import arrow, computed
from cartera.engine.room import framed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cartera.facts.tables import Frame


def room(invoices: Any) -> Polars:
    """Polars, for invoices that are a DataFrame or a LazyFrame, or a small table that Arrow reads."""
    return Polars(invoices)


class Polars:
    """Polars, for a user's own frames and for tables of Python's world that fit into memory many times over."""

    def __init__(self, invoices: Any) -> None:
        self._invoices = invoices

    def hold(self, native: Any) -> Frame:
        """A user's table of any kind, as a lazy frame."""
        if not isinstance(native, pl.DataFrame | pl.LazyFrame):
            native = pl.DataFrame(as_arrow(native))
        return framed(native.lazy())

    def table(self, columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any]) -> Frame:
        """A small table made in Python, as a lazy frame."""
        return framed(pl.DataFrame(made(columns, schema)).lazy())

    def keep(self, frame: Frame) -> Frame:
        """The same rows, collected once."""
        return framed(computed(frame.to_native().collect).lazy())

    def rows(self, frame: Frame) -> list[dict[str, Any]]:
        """The rows in Python."""
        return list(arrow(frame).to_pylist())

    def numbered(self, frame: Frame, name: str) -> Frame:
        """The frame with its row number as text in a new column; free in answers that do not read it."""
        return framed(frame.to_native().with_row_index(name, offset=1).with_columns(pl.col(name).cast(pl.String)))

    def give_back(self, frame: Frame) -> Any:
        """A LazyFrame, a DataFrame or a PyArrow table, as the invoices came."""
        if isinstance(self._invoices, pl.LazyFrame):
            return frame.to_native()
        if isinstance(self._invoices, pl.DataFrame):
            return computed(frame.to_native().collect)
        # Threads finish in any order; whoever prints an answer twice should see the same.
        return arrow(framed(frame.to_native().sort(pl.all(), nulls_last=True)))
