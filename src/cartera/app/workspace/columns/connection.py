"""In what are the columns read? A DuckDB that reaches one folder and no network, and cannot be talked out of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cartera.app.workspace.columns.sql import quoted


def closed_connection(folder: Path) -> Any:
    """A DuckDB that reads the files in this folder and nothing else."""
    import duckdb

    connection = duckdb.connect()
    # The order matters: a folder can be allowed, and a setting made, only until the door is shut.
    for setting in (
        f"SET allowed_directories = [{quoted(str(folder) + '/')}]",
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(setting)
    return connection
