"""Do all contestants give the same rows as the check query? Compared both ways, duplicates counted.

Run as `python -m benchmarks.equal CONTESTANT QUESTION ROWS`; prints the number of rows, ends with 1 when rows differ.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import duckdb
from benchmarks.contestants import sql
from benchmarks.data import Data
from benchmarks.questions import question


def main(contestant: str, name: str, invoice_count: int) -> None:
    asked = question(name)
    data = Data(invoice_count, asked.with_decisions)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        right = sql.ready(data, asked)().to_arrow_table()
        module = import_module(f"benchmarks.contestants.{contestant}")
        answer = module.ready(data, asked)()
        given = as_arrow(module.shared(answer) if hasattr(module, "shared") else answer)
        columns = ", ".join(f"{c}::{kind(str(right.schema.field(c).type))} AS {c}" for c in right.column_names)
        for table, rows in (("expected", right), ("given", given)):
            connection.register(f"{table}_rows", rows)
            connection.execute(f"CREATE TABLE {table} AS SELECT {columns} FROM {table}_rows")
        missing, extra = (difference(connection, *pair) for pair in (("expected", "given"), ("given", "expected")))
    print(right.num_rows)
    if missing or extra or set(given.column_names) != set(right.column_names):
        sys.exit(f"{contestant}, {name}, {invoice_count:,} invoices: {missing:,} rows missing, {extra:,} too many")


def difference(connection: duckdb.DuckDBPyConnection, these: str, those: str) -> int:
    rows = connection.execute(f"SELECT count(*) FROM (FROM {these} EXCEPT ALL FROM {those})").fetchall()
    return int(rows[0][0])


def kind(arrow: str) -> str:
    if arrow.startswith("decimal"):
        return "DECIMAL(38, 4)"
    return "DATE" if arrow.startswith("date") else "VARCHAR"


def as_arrow(answer: Any) -> Any:
    if isinstance(answer, duckdb.DuckDBPyRelation):
        return answer.to_arrow_table()
    if hasattr(answer, "to_arrow"):
        return answer.to_arrow()
    import pyarrow as pa

    return pa.Table.from_pandas(answer, preserve_index=False)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
