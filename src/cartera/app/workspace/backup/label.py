"""What does a backup say of itself? From when it is, of which workspace, which key belongs to it, and its figures."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

TABLE = "cartera_backup"
FORMAT = 1


@dataclass(frozen=True)
class Label:
    """What stands in the file beside the ledger. key: the fingerprint of the key, which is not in the file."""

    made_at: str
    workspace: str
    kind: str
    program: str
    key: str
    figures: dict[str, Any]
    format: int = FORMAT


def write(connection: Any, label: Label) -> None:
    """The label into an open SQLite file."""
    connection.execute(f"CREATE TABLE {TABLE} (told TEXT NOT NULL)")
    connection.execute(f"INSERT INTO {TABLE} VALUES (?)", [json.dumps(asdict(label), ensure_ascii=False)])  # noqa: S608 - our own name
    connection.commit()


def read(connection: Any) -> Label | None:
    """The label of an open SQLite file, None when it has none."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [TABLE]).fetchone():
        return None
    (told,) = connection.execute(f"SELECT told FROM {TABLE}").fetchone()  # noqa: S608 - our own name
    return Label(**json.loads(told))


def remove(connection: Any) -> None:
    """The ledger as it was, without the label."""
    connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
    connection.commit()
