"""What does a question receive? Four tables with every column of the schema, and the engine that holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import narwhals as nw

Frame = nw.LazyFrame[Any]


class Engine(Protocol):
    """What the core asks of whatever holds the tables."""

    def table(self, columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any]) -> Frame:
        """A small table made in Python (a calendar), inside the engine."""
        ...

    def keep(self, frame: Frame) -> Frame:
        """The same rows, computed once: for a small intermediate that is used twice."""
        ...

    def rows(self, frame: Frame) -> list[dict[str, Any]]:
        """The rows in Python, for a handful of them."""
        ...


@dataclass(frozen=True)
class Facts:
    """The only input of every question.

    As a user makes it: `Facts(invoices=df, clients=df, marks=df, lines=df)`, each any DuckDB relation or Polars,
    pandas, PyArrow, PySpark or Ibis table; only invoices(client_id, issued_on, amount) is needed. `currency` is the
    one to report in: money in another without a rate is told apart, never added. Opened by an engine (`is_open`),
    every table is there with all columns of the schema, then the user's own dimensions; `absent` names the tables
    ("marks") and columns ("invoices.credits") that the user did not give, so that no question looks for them;
    `repeated` the clients whose table held them more than once, of which one row was made. `contacts` and
    `interactions` are the rows of one client alone, for its profile; `steps` what is to be done next, of all of them:
    client_id, due_on and text.
    """

    invoices: Frame | Any
    clients: Frame | Any = None
    marks: Frame | Any = None
    lines: Frame | Any = None
    currency: str | None = None
    engine: Engine | None = None
    absent: frozenset[str] = frozenset()
    repeated: tuple[str, ...] = ()
    contacts: tuple[Mapping[str, Any], ...] = ()
    interactions: tuple[Mapping[str, Any], ...] = ()
    steps: tuple[Mapping[str, Any], ...] = ()

    def gives(self, *names: str) -> bool:
        """Whether the user gave any of these tables ("marks") or columns ("invoices.credits")."""
        return any(name not in self.absent for name in names)

    @property
    def room(self) -> Engine:
        """The engine that holds the tables; every question needs it."""
        if self.engine is None:
            raise TypeError("these facts are not opened yet: cartera.engine.open_facts(facts)")
        return self.engine

    @property
    def is_open(self) -> bool:
        """Whether an engine has taken the tables."""
        return self.engine is not None
