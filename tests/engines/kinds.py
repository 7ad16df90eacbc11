"""Which kinds of table do users have? Each is made from an Arrow table; one whose package is absent is skipped."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from typing import Any

import pyarrow as pa
import pytest

Kind = Callable[[pa.Table], Any]
NUMBERS = count(1)


def arrow_table(table: pa.Table) -> Any:
    return table


def pandas_frame(table: pa.Table) -> Any:
    pytest.importorskip("pandas")
    return table.to_pandas()


def relation(table: pa.Table) -> Any:
    import duckdb

    return duckdb.connect().from_arrow(table)


def polars_frame(table: pa.Table) -> Any:
    return pytest.importorskip("polars").from_arrow(table)


def polars_lazy(table: pa.Table) -> Any:
    return polars_frame(table).lazy()


def ibis_table(table: pa.Table) -> Any:
    backend = pytest.importorskip("ibis").duckdb.connect()
    name = f"given_{next(NUMBERS)}"
    backend.con.from_arrow(table).create(name)
    return backend.table(name)


def spark_frame(table: pa.Table) -> Any:
    session = pytest.importorskip("pyspark.sql").SparkSession
    found = session.builder.master(os.environ["CARTERA_SPARK_MASTER"]).appName("engines").getOrCreate()
    return found.createDataFrame(table)


SPARK = pytest.param(spark_frame, id="spark", marks=pytest.mark.spark)
ENGINES = (
    pytest.param(relation, id="duckdb"),
    pytest.param(polars_lazy, id="polars"),
    SPARK,
)
KINDS = (
    *ENGINES,
    pytest.param(arrow_table, id="pyarrow"),
    pytest.param(pandas_frame, id="pandas"),
    pytest.param(polars_frame, id="polars-eager"),
    pytest.param(ibis_table, id="ibis"),
)
COMPARED = tuple(engine for engine in ENGINES if engine.id != "duckdb")  # with DuckDB
every_kind = pytest.mark.parametrize("kind", KINDS)
every_engine = pytest.mark.parametrize("kind", ENGINES)
every_other = pytest.mark.parametrize("kind", COMPARED)
