"""Which engine takes these tables? The one that already holds the invoices; the other tables move to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import narwhals as nw

from cartera.engine.opening import once_each, opened
from cartera.engine.plain import few_and_plain
from cartera.engine.results import computed, in_arrow
from cartera.errors import InputError
from cartera.facts.schema import TABLES, schema
from cartera.money import NO_CURRENCY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartera.engine.room import Room
    from cartera.facts.tables import Facts, Frame


@dataclass(frozen=True)
class Door:
    """An engine by the packages whose tables it takes; `module` has the function `room(invoices)` that makes it."""

    name: str
    module: str
    packages: tuple[str, ...]


DUCKDB = Door("DuckDB", "cartera.engine.duckdb", ("duckdb", "_duckdb"))
POLARS = Door("Polars", "cartera.engine.polars", ("polars",))
ENGINES = (
    DUCKDB,
    POLARS,
    Door("Spark", "cartera.engine.spark", ("pyspark",)),
    Door("Ibis", "cartera.engine.ibis", ("ibis",)),
)
IN_MEMORY = ("pyarrow", "pandas")


def open_facts(facts: Facts, room: Room | None = None) -> Facts:
    """The facts inside an engine: four lazy tables with every column of the schema, then the user's own dimensions.
    room: the engine that holds the tables already, where it is not the one that the invoices bring along.

    Raises InputError for a table of an unknown kind, a required column that is missing or a column that cannot be
    read as its type. Values that cannot be read raise when an answer is computed.
    """
    if facts.is_open:
        return facts
    tables = {name: nw.to_native(getattr(facts, name), pass_through=True) for name in TABLES}
    room = room or _room(tables)
    currency = facts.currency or NO_CURRENCY
    held = {name: _held(name, native, room) for name, native in tables.items()}
    frames: dict[str, Any] = {name: opened(name, frame, room, currency) for name, frame in held.items()}
    repeated: tuple[str, ...] = ()
    if tables["clients"] is not None:
        frames["clients"], repeated = once_each(frames["clients"], room)
    return replace(facts, engine=room, absent=_absent(held), repeated=repeated, **frames)


def gathered(facts: Facts) -> Facts:
    """The same facts computed once and held in memory: for those of few clients, over which an engine for many rows
    takes as long as over all. Those with a column that engines read each in its own way stay where they are.
    """
    frames: dict[str, Any] = {name: getattr(facts, name) for name in TABLES}
    tables: dict[str, Any] = {name: computed(in_arrow(frame)) for name, frame in frames.items()}
    if not few_and_plain(tables):
        return facts
    held = open_facts(replace(facts, engine=None, **tables))
    return replace(held, absent=facts.absent, repeated=facts.repeated)


def give_back(frame: Frame, facts_opened: Facts) -> Any:
    """The rows as the same kind of table as the user's invoices came in; lazy kinds stay lazy."""
    room: Any = facts_opened.engine
    return room.give_back(frame)


def _absent(held: Mapping[str, Frame | None]) -> frozenset[str]:
    """The tables and columns of the schema that were not given."""
    names: set[str] = set()
    for table, frame in held.items():
        given = [] if frame is None else frame.collect_schema().names()
        names |= {f"{table}.{column}" for column in schema(table) if column not in given}
        names |= {table} if frame is None else set()
    return frozenset(names)


def _held(name: str, native: Any, room: Room) -> Frame | None:
    try:
        return None if native is None else room.hold(native)
    except InputError as error:
        raise InputError(error.what, where=name, fix=error.fix) from error


def _room(tables: Mapping[str, Any]) -> Room:
    made: Room = import_module(_door(tables).module).room(tables["invoices"])
    return made


def _door(tables: Mapping[str, Any]) -> Door:
    """The engine of the invoices' own package; for tables of Python's world the quicker one that reads them alike."""
    invoices = tables["invoices"]
    package = type(invoices).__module__.partition(".")[0]
    for door in ENGINES:
        if package in door.packages:
            return door
    if package in IN_MEMORY or hasattr(invoices, "__arrow_c_stream__"):
        return POLARS if few_and_plain(tables) else DUCKDB
    raise InputError(
        f"cannot read a {type(invoices).__module__}.{type(invoices).__qualname__} as a table.",
        where="invoices",
        fix="Pass a DuckDB relation or a Polars, pandas, PyArrow, PySpark or Ibis table; "
        'for files use cartera.read("invoices.csv").',
    )
