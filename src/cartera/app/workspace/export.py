"""Take the facts along: the tables of a workspace as files in our schema, which every command reads again."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.export.tables import FORMATS, write_table
from cartera.app.workspace.author import author
from cartera.app.workspace.columns.source import workspace_source
from cartera.app.workspace.people.table import people_tables
from cartera.app.workspace.place import open_workspace
from cartera.app.workspace.room import room
from cartera.errors import CarteraError, UnknownNameError
from cartera.facts.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.app.scope import Scope
    from cartera.facts.tables import Facts

EXPORT, MARGIN = "export", "margin"
COSTS = frozenset({"cost"})  # columns that tell what is earned, for who may see margins
ORDER = {
    "clients": ("client_id",),
    "invoices": ("issued_on", "invoice_id"),
    "lines": ("invoice_id", "line_no"),
    "marks": ("client_id", "marked_on", "recorded_at", "mark"),
}


@dataclass(frozen=True)
class Exported:
    """Tables that were written. rows: of each table that has any."""

    folder: Path
    rows: dict[str, int]
    notices: tuple[str, ...] = ()


def export(
    scope: Scope, text: str, output: str, *, kind: str = "csv", raw: bool = False, by: str | None = None
) -> Exported:
    """The fact tables of the workspace in a new folder, whole or not at all, with only the clients that may be seen.

    Costs go along for who may see margins.
    CarteraError: the folder holds something already, or cannot be written. UnknownNameError: no such format.
    """
    scope.require(EXPORT)
    if kind not in FORMATS:
        raise UnknownNameError("format", kind, FORMATS, where="--format")
    folder = Path(output)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CarteraError(f"{output} is there already.", where="--output", fix="Name a new folder.")
    opened = workspace_source(scope, text, {})
    with _new_folder(folder) as made:
        hidden = frozenset() if scope.allows(MARGIN) else COSTS
        rows = {name: _written(opened.facts, name, made / f"{name}.{kind}", hidden, raw=raw) for name in TABLES}
        rows |= _people(scope, text, made, kind, raw=raw)
    _remember(text, by, folder)
    return Exported(folder, {name: count for name, count in rows.items() if count}, opened.notices)


def _written(facts: Facts, name: str, path: Path, hidden: frozenset[str], *, raw: bool) -> int:
    """How many rows the table has; without any there is no file."""
    table = _ordered(facts, name)
    needed = {field.name for field in TABLES[name] if field.required}
    shown = [one for one in table.column_names if one not in hidden]
    said = [one for one in shown if one in needed or table.column(one).null_count < table.num_rows]
    if table.num_rows or name == "invoices":
        write_table(table.select(said), path, raw=raw)
    return int(table.num_rows)


def _people(scope: Scope, text: str, folder: Path, kind: str, *, raw: bool) -> dict[str, int]:
    """How many contacts and interactions there are; without any there is no file."""
    found = {name: table for name, table in people_tables(scope, open_workspace(text)).items() if table.num_rows}
    for name, table in found.items():
        write_table(table, folder / f"{name}.{kind}", raw=raw)
    return {name: table.num_rows for name, table in found.items()}


def _ordered(facts: Facts, name: str) -> Any:
    """The rows of a table in one order, whatever the engine's."""
    from cartera.engine import arrow

    table = arrow(getattr(facts, name))
    return table.sort_by([(column, "ascending") for column in ORDER[name]])


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A folder to write into, which gets its name when everything is in it."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with room(folder.parent, EXPORT) as beside:
            inner = beside / "tables"
            inner.mkdir()
            yield inner
            inner.rename(folder)
    except OSError as problem:
        raise CarteraError(
            f"cannot write {str(folder)!r}: {problem.strerror}.",
            where="--output",
            fix="Name a folder on a disk with room, where you may write.",
        ) from None


def _remember(text: str, by: str | None, folder: Path) -> None:
    """A line in the audit: who took the facts along."""
    book = open_workspace(text)
    from django.db import transaction

    from cartera.ledger import audit

    with transaction.atomic(using=book.alias):
        audit.write(book, EXPORT, at=now(), by=author(by), value=json.dumps({"folder": folder.name}))
