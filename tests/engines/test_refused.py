"""What is said about a table that cannot be read? The table, what was found, and what to do."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from tests.engines.kinds import Kind, every_engine

from cartera.engine import arrow, open_facts
from cartera.errors import InputError
from cartera.facts.tables import Facts

DAY = date(2024, 1, 31)


def refusal(**tables: Any) -> str:
    with pytest.raises(InputError) as refused:
        arrow(open_facts(Facts(**tables)).invoices)
    return refused.value.sentence


def test_a_missing_column_names_the_nearest() -> None:
    assert refusal(invoices=pa.table({"client": ["a"], "issued_on": [DAY], "amount": [1]})) == (
        "invoices: there is no column 'client_id'; the columns found are 'client', 'issued_on', 'amount'. "
        "Rename the column that holds it: {'client': 'client_id'}."
    )


def test_a_missing_column_of_another_table_names_the_table() -> None:
    invoices = pa.table({"client_id": ["a"], "issued_on": [DAY], "amount": [1]})
    assert refusal(invoices=invoices, marks=pa.table({"client_id": ["a"], "mark": ["lost"]})) == (
        "marks: there is no column 'marked_on'; the columns found are 'client_id', 'mark'. "
        "Rename the column that holds it: {'mark': 'marked_on'}."
    )


@every_engine
def test_numbers_are_no_dates(kind: Kind) -> None:
    invoices = kind(pa.table({"client_id": ["a"], "issued_on": [45322], "amount": [1]}))
    assert refusal(invoices=invoices) == (
        "invoices: the column 'issued_on' holds Int64, which cannot be read as a date, a timestamp or text such as "
        "2026-03-31. Convert it, or rename it if it means something else."
    )


@every_engine
@pytest.mark.parametrize("column", ["issued_on", "amount"])
def test_text_that_is_not_what_it_should_be(kind: Kind, column: str) -> None:
    columns: dict[str, list[Any]] = {"client_id": ["a"], "issued_on": [DAY], "amount": [1]}
    said = refusal(invoices=kind(pa.table(columns | {column: ["31/01/2024"]})))
    assert said.startswith("a value cannot be read as its column's type (")
    assert "31/01/2024" in said
    assert said.endswith(
        "Dates are 2026-03-31 and amounts 1234.50; correct the value, or read the file with cartera.read()."
    )


def test_a_column_of_mixed_types() -> None:
    pd = pytest.importorskip("pandas")
    invoices = pd.DataFrame({"client_id": pd.Series(["a", 1], dtype=object), "issued_on": [DAY, DAY], "amount": [1, 1]})
    said = refusal(invoices=invoices)
    assert said.startswith("invoices: a column mixes types (")
    assert said.endswith('Give it one type, for example df["client_id"] = df["client_id"].astype("string").')


@pytest.mark.parametrize("table", ["invoices", "marks"])
def test_what_is_no_table(table: str) -> None:
    invoices = pa.table({"client_id": ["a"], "issued_on": [DAY], "amount": [1]})
    said = refusal(**({"invoices": invoices} | {table: "invoices.csv"}))
    assert said.startswith(f"{table}: cannot read a builtins.str as a table. Pass a DuckDB relation or a Polars,")


def test_a_connection_that_reads_nothing_from_python() -> None:
    connection = duckdb.connect()
    connection.execute("SET enable_external_access = false")
    invoices = connection.sql("SELECT 'a' AS client_id, DATE '2024-01-31' AS issued_on, 1 AS amount")
    assert refusal(invoices=invoices) == (
        "the DuckDB connection of the invoices does not read tables from Python. "
        "Pass the rows instead: Facts(invoices=relation.to_arrow_table())."
    )


def test_a_backend_that_cannot_number_rows() -> None:
    polars, ibis = pytest.importorskip("polars"), pytest.importorskip("ibis")
    invoices = polars.DataFrame({"client_id": ["a"], "issued_on": [DAY], "amount": [1]})
    said = refusal(invoices=ibis.polars.connect({"invoices": invoices}).table("invoices"))
    assert said.startswith("the engine of the tables cannot compute this (")
    assert said.endswith("Pass the rows instead, for example Facts(invoices=table.to_pyarrow()).")
