"""How do rows of a program become a fact table for the importer? As CSV, with what a row leaves out as it was."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from cartera.app.workspace.importing.stored import UNITS
from cartera.facts.schema import ALL, MONEY

Row = dict[str, Any]
KEYS = {
    "clients": ("client_id",),
    "invoices": ("invoice_id",),
    "lines": ("invoice_id", "line_no"),
    "marks": ("client_id", "mark", "marked_on", "recorded_at"),
}
"""Table -> the columns by which a row is known again."""
HIDDEN = ("source", "key", "digest", "is_deleted", "content_of_id", "document", "more", "place")


def columns(table: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The columns of a sheet with these rows: the needed ones, the keys, and all that any row names."""
    needed = [one.name for one in ALL[table] if one.required]
    return list(dict.fromkeys([*needed, *KEYS[table], *(name for row in rows for name in row)]))


def key_of(table: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """By what a row is known again, as text."""
    return tuple(cell(row.get(name)) for name in KEYS[table])


def completed(row: Mapping[str, Any], before: Mapping[str, Any] | None, names: Sequence[str]) -> Row:
    """The row with every column; what it does not name stays as it was before."""
    return {name: row[name] if name in row else (before or {}).get(name) for name in names}


def told(stored: Mapping[str, Any], table: str) -> Row:
    """A row of the ledger as a program writes it: days as ISO text, amounts as decimal text, further columns beside."""
    amounts = {one.name for one in ALL[table] if one.dtype == MONEY and one.name != "quantity"}
    more: Row = json.loads(stored.get("more") or "{}")
    values = {name: value for name, value in stored.items() if name not in HIDDEN}
    return more | {
        name: str(Decimal(value) / UNITS) if name in amounts and isinstance(value, int) else value
        for name, value in values.items()
    }


def cell(value: Any) -> str:
    """A value as a cell holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()


def sheet(names: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue()
