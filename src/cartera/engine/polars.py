"""How do Polars frames become facts? As lazy frames: nothing is computed before an answer is asked for."""

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
    """Polars, for invoices that are a DataFrame or a LazyFrame."""
    return Polars(is_lazy=isinstance(invoices, pl.LazyFrame))


class Polars:
    """Polars. is_lazy: whether the invoices came as a LazyFrame, so that answers leave as one."""

    def __init__(self, *, is_lazy: bool) -> None:
        self._is_lazy = is_lazy

    def hold(self, native: Any) -> Frame:
        """A user's table of any kind, as a lazy frame."""
        if not isinstance(native, pl.DataFrame | pl.LazyFrame):
            native = pl.from_arrow(as_arrow(native))
        return framed(native.lazy())

    def table(self, columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any]) -> Frame:
        """A small table made in Python, as a lazy frame."""
        return self.hold(made(columns, schema))

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
        """A LazyFrame or a DataFrame, as the invoices came."""
        return frame.to_native() if self._is_lazy else computed(frame.to_native().collect)
