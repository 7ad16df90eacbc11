"""The facts in DuckDB, for the two contestants that ask it: opened from a file, nothing in memory yet."""

from __future__ import annotations

import duckdb
from benchmarks.data import DAY, Data

THREADS = 2


def connected(data: Data) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(data.database, read_only=True)
    connection.execute(f"SET threads = {THREADS}; SET VARIABLE day = DATE '{DAY}'")
    return connection
