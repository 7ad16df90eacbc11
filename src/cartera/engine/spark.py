"""How do Spark DataFrames become facts? Where they are: only calendars go to the cluster, only answers come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F  # noqa: N812 - Spark's own convention

from cartera.engine.arrows import as_arrow, made
from cartera.engine.results import arrow
from cartera.engine.room import framed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cartera.facts.tables import Frame


def room(invoices: Any) -> Spark:
    """Spark, in the session of the invoices."""
    return Spark(invoices.sparkSession)


class Spark:
    """Spark, in one session."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def hold(self, native: Any) -> Frame:
        """A user's table of any kind, as a DataFrame of the session."""
        if type(native).__module__.partition(".")[0] == "pyspark":
            return framed(native)
        return framed(self._session.createDataFrame(as_arrow(native)))

    def table(self, columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any]) -> Frame:
        """A small table made in Python, in the session."""
        # Sent whole to every worker: joined with a calendar, the invoices stay where they are.
        return framed(F.broadcast(self._session.createDataFrame(made(columns, schema))))

    def keep(self, frame: Frame) -> Frame:
        """The same rows, computed once and held by the workers until nobody refers to them."""
        # Not `cache()`: Spark would plan everything behind the rows again with each step, and never let go of them.
        return framed(frame.to_native().localCheckpoint())

    def rows(self, frame: Frame) -> list[dict[str, Any]]:
        """The rows in Python."""
        return list(arrow(frame).to_pylist())

    def numbered(self, frame: Frame, name: str) -> Frame:
        """The frame with a number of its own for every row, as text in a new column."""
        # Not consecutive: counting rows across a cluster would move them all to one machine.
        number = (F.monotonically_increasing_id() + 1).cast("string")
        return framed(frame.to_native().withColumn(name, number))

    def give_back(self, frame: Frame) -> Any:
        """A Spark DataFrame."""
        return frame.to_native()
