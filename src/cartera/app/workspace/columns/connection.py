"""In what are the columns read? A DuckDB that reaches one folder and no network, and cannot be talked out of it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from cartera.app.workspace.columns.sql import quoted

KEPT = 4  # folders; to make one takes longer than to read a small workspace


def closed_connection(folder: Path) -> Any:
    """A connection of its own to a DuckDB that reads the files in this folder and nothing else."""
    import duckdb

    try:
        return _database(str(folder)).cursor()
    except duckdb.Error:  # an engine that broke once answers nobody any more
        _database.cache_clear()
        return _database(str(folder)).cursor()


@lru_cache(maxsize=KEPT)
def _database(folder: str) -> Any:
    import duckdb

    connection = duckdb.connect()
    # The order matters: a folder can be allowed, and a setting made, only until the door is shut.
    for setting in (
        f"SET allowed_directories = [{quoted(folder + '/')}]",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(setting)
    return connection
