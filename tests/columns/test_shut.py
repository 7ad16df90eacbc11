"""Does the engine that reads the columns reach anything else? Twenty ways out, each also tried with the door open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from cartera.app.workspace.columns import connection as connection_module
from cartera.app.workspace.columns.connection import closed_connection

OUTSIDE = [
    "SELECT * FROM read_csv('{outside}/secret.csv')",
    "SELECT * FROM read_text('{outside}/secret.csv')",
    "SELECT * FROM read_blob('{outside}/secret.csv')",
    "SELECT * FROM read_parquet('{outside}/secret.parquet')",
    "SELECT * FROM '{outside}/secret.csv'",
    "SELECT * FROM read_parquet('{inside}/../outside/secret.parquet')",
    "SELECT * FROM glob('{outside}/*')",
    "ATTACH '{outside}/other.duckdb' AS other",
    "COPY (SELECT 1) TO '{outside}/stolen.csv'",
    "EXPORT DATABASE '{outside}/stolen'",
    "CREATE TABLE t AS SELECT 1; COPY t TO '{outside}/stolen.parquet'",
    "IMPORT DATABASE '{outside}/stolen'",
    "SET lock_configuration = false",
]
EVERYWHERE = [  # nothing that a test could show to work elsewhere
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET allowed_directories = ['/']",
    "CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')",
    "SELECT * FROM read_csv('https://example.org/a.csv')",
    "SELECT getenv('HOME')",
]


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    found = {"inside": tmp_path / "inside", "outside": tmp_path / "outside"}
    for path in found.values():
        path.mkdir()
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS a) TO '{found['outside']}/secret.csv'")
        connection.execute(f"COPY (SELECT 1 AS a) TO '{found['outside']}/secret.parquet'")
        connection.execute(f"COPY (SELECT 2 AS a) TO '{found['inside']}/own.parquet'")
    return found


def tried(connection: Any, statement: str, folders: dict[str, Path]) -> Any:
    return connection.execute(statement.format(**folders)).fetchall()


@pytest.mark.parametrize("statement", OUTSIDE + EVERYWHERE)
def test_a_way_out_is_refused(statement: str, folders: dict[str, Path]) -> None:
    connection = closed_connection(folders["inside"])
    with pytest.raises(duckdb.Error):
        tried(connection, statement, folders)
    assert sorted(path.name for path in folders["outside"].iterdir()) == ["secret.csv", "secret.parquet"]


@pytest.mark.parametrize("statement", [one for one in OUTSIDE if "IMPORT" not in one and "lock" not in one])
def test_the_same_way_is_open_without_the_settings(statement: str, folders: dict[str, Path]) -> None:
    with duckdb.connect() as connection:
        tried(connection, statement, folders)


def test_its_own_files_can_be_read(folders: dict[str, Path]) -> None:
    connection = closed_connection(folders["inside"])
    assert tried(connection, "SELECT a FROM read_parquet('{inside}/own.parquet')", folders) == [(2,)]


def test_who_opens_it_again_gets_a_connection_of_its_own(folders: dict[str, Path]) -> None:
    first, second = (closed_connection(folders["inside"]) for _ in range(2))
    first.close()
    assert tried(second, "SELECT a FROM read_parquet('{inside}/own.parquet')", folders) == [(2,)]
    with pytest.raises(duckdb.Error):
        tried(second, "SELECT * FROM read_csv('{outside}/secret.csv')", folders)


def test_an_engine_that_broke_is_replaced(folders: dict[str, Path]) -> None:
    connection_module._database(str(folders["inside"])).close()
    again = closed_connection(folders["inside"])
    assert tried(again, "SELECT a FROM read_parquet('{inside}/own.parquet')", folders) == [(2,)]
