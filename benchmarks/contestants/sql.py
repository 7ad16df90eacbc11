"""The check query: the same rule written by hand from its text, for DuckDB alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import duckdb
from benchmarks.contestants.engine import connected
from benchmarks.data import QUERIES, Data

if TYPE_CHECKING:
    from benchmarks.questions import Question

Ask = Callable[[], duckdb.DuckDBPyRelation]


def ready(data: Data, question: Question) -> Ask:
    connection = connected(data)
    text = (QUERIES / f"{question.query}.sql").read_text()
    return lambda: connection.sql(text).materialize()
