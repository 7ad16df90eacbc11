"""Which tables of Python's own world are asked in memory? Few rows in plain types; all others are read by DuckDB."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from tests.engines.kinds import pandas_frame, relation

import cartera
from cartera.engine import open_facts, plain
from cartera.engine.duckdb import DuckDB
from cartera.engine.polars import Polars
from cartera.facts.tables import Facts

DAY = date(2024, 2, 29)
MONEY = pa.decimal128(18, 4)
AMOUNTS = pa.array([Decimal("10.0000")], MONEY)


def one(**columns: Any) -> pa.Table:
    given = {"client_id": ["a"], "issued_on": [date(2024, 1, 31)], "amount": AMOUNTS}
    return pa.table(given | columns)


def room(**tables: Any) -> type:
    return type(open_facts(Facts(**tables)).room)


@pytest.mark.parametrize(
    "columns",
    [{}, {"rep": ["Ana"], "region": ["North"], "size": [3], "is_new": [True], "signed": [date(2024, 1, 1)]}],
)
def test_few_rows_in_plain_types_are_asked_in_memory(columns: dict[str, Any]) -> None:
    assert room(invoices=one(**columns)) is Polars


@pytest.mark.parametrize(
    "columns",
    [
        {"amount": [2.00025]},
        {"amount": ["2.00025"]},
        {"amount": pa.array([Decimal("2.00025")], pa.decimal128(38, 10))},
        {"issued_on": ["2024-01-31"]},
        {"issued_on": [datetime(2024, 1, 31, 9)]},
        {"client_id": pa.array(["a"]).dictionary_encode()},
        {"signed": [datetime(2024, 1, 31, 9)]},
        {"weight": [1e-7]},
        {"weight": pa.array([Decimal("1.5")])},
    ],
)
def test_what_engines_read_in_their_own_ways_is_read_by_one(columns: dict[str, Any]) -> None:
    assert room(invoices=one(**columns)) is DuckDB


def test_two_columns_of_one_name_and_other_kinds_are_left_to_duckdb() -> None:
    twice = pa.Table.from_arrays([*one().columns, pa.array(["x"]), pa.array(["y"])], [*one().column_names, "x", "x"])
    assert not plain.few_and_plain({"invoices": twice})
    assert not plain.few_and_plain({"invoices": one(), "clients": relation(one())})
    assert not plain.few_and_plain({"invoices": pandas_frame(one())})
    assert plain.few_and_plain({"invoices": one(), "clients": None})


def test_many_rows_are_left_to_duckdb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "FEW", 1)
    assert room(invoices=one()) is Polars
    assert room(invoices=one(), marks=pa.table({"client_id": ["a"], "mark": ["lost"], "marked_on": [DAY]})) is DuckDB


@pytest.mark.parametrize("amounts", [[2.00025] * 4, ["2.00025"] * 4, ["0.00005"] * 4, [1e-5, 2.5, 3.00005, 1.0]])
def test_the_kind_of_table_does_not_change_the_money(amounts: list[Any]) -> None:
    table = pa.table({"client_id": ["a"] * 4, "issued_on": [date(2024, 1, 31)] * 4, "amount": amounts})
    told = [
        [row["amount"] for row in _rows(cartera.clients(Facts(invoices=kind(table)), day=DAY))]
        for kind in (relation, pandas_frame, lambda same: same)
    ]
    assert told[0] == told[1] == told[2]


def _rows(answer: Any) -> list[dict[str, Any]]:
    if hasattr(answer, "to_pylist"):
        return list(answer.to_pylist())
    return list(answer.to_dict("records")) if hasattr(answer, "to_dict") else answer.to_arrow_table().to_pylist()
