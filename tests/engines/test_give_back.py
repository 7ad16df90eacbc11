"""Does the same kind of table come back, and is the user's own database left as it was?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from tests.engines.kinds import Kind, every_kind

from cartera.engine import arrow, give_back, open_facts
from cartera.engine.duckdb import DuckDB
from cartera.facts.tables import Facts

CHANCE = "SELECT 'a' AS client_id, DATE '2024-01-31' AS issued_on, CAST(random() * 1e6 AS DECIMAL(18, 4)) AS amount"
MONEY = pa.decimal128(18, 4)
SMALL = pa.table(
    {"client_id": ["a"], "issued_on": [date(2024, 1, 31)], "amount": pa.array([Decimal("10.0000")], MONEY)}
)
SMALL_MARKS = pa.table({"client_id": ["a"], "mark": ["lost"], "marked_on": [date(2024, 2, 2)]})


def returned(native: Any) -> Any:
    facts = open_facts(Facts(invoices=native))
    return give_back(facts.invoices.select("client_id", "issued_on", "amount"), facts)


@every_kind
def test_the_same_kind_comes_back(kind: Kind) -> None:
    native = kind(SMALL)
    answer = returned(native)
    assert type(answer) is type(native)
    assert arrow(open_facts(Facts(invoices=answer)).invoices.select(SMALL.column_names)).equals(SMALL)


def test_pandas_gets_dates_of_the_kind_it_gave() -> None:
    pd = pytest.importorskip("pandas")
    objects = SMALL.to_pandas()
    stamps = objects.assign(issued_on=pd.to_datetime(objects["issued_on"]))
    assert returned(objects)["issued_on"].tolist() == [date(2024, 1, 31)]
    assert returned(stamps)["issued_on"].tolist() == [pd.Timestamp(datetime(2024, 1, 31))]


def test_pandas_keeps_money_decimal() -> None:
    pytest.importorskip("pandas")
    assert returned(SMALL.to_pandas())["amount"].tolist() == [Decimal("10.0000")]


def test_a_relation_comes_back_on_its_own_connection() -> None:
    connection = duckdb.connect()
    answer = returned(connection.from_arrow(SMALL))
    connection.execute("CREATE TABLE beside AS SELECT 'a' AS client_id")
    assert len(answer.join(connection.table("beside"), "client_id").fetchall()) == 1


def test_nothing_stays_in_the_database_of_a_relation() -> None:
    connection = duckdb.connect()
    facts = open_facts(Facts(invoices=connection.from_arrow(SMALL), marks=SMALL_MARKS))
    kept = facts.room.keep(facts.invoices.join(facts.marks, on="client_id"))
    assert len(arrow(kept)) == 1
    left = "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal"
    assert connection.sql(left).fetchall() == []


def test_a_kept_frame_outlives_the_facts() -> None:
    facts = open_facts(Facts(invoices=SMALL))
    kept = facts.room.keep(facts.invoices).select("client_id")
    del facts
    assert arrow(kept)["client_id"].to_pylist() == ["a"]


def test_keeping_computes_once() -> None:
    connection = duckdb.connect()
    facts = open_facts(Facts(invoices=connection.sql(CHANCE)))
    kept = facts.room.keep(facts.invoices)
    assert arrow(kept) == arrow(kept)
    assert arrow(facts.invoices) != arrow(facts.invoices)


def test_our_own_connection_sees_no_files() -> None:
    facts = open_facts(Facts(invoices=SMALL), DuckDB(SMALL))
    native: Any = facts.invoices.to_native()
    with pytest.raises(duckdb.PermissionException):
        native.query("v", "SELECT * FROM read_csv('/etc/hostname')").fetchall()
