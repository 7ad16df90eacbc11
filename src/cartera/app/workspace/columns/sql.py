"""Which rows of the columns are facts? SQL over their files: those of the base that did not end, and those since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cartera.ledger.columns.changed import ENDED, KEY, SHEET
from cartera.ledger.columns.refresh import Columns
from cartera.ledger.columns.sheets import DOCUMENT, LINE, ROW, Sheet


def rows_of(columns: Columns, sheet: Sheet) -> str:
    """A SELECT of every row of a sheet that holds, with its columns by their names."""
    base, delta = columns.base, columns.delta
    parts = [_read(files, _without_ended(columns, sheet, is_base)) for files, is_base in (
        (base.files(sheet.name), True),
        (delta.files(sheet.name) if delta else [], False),
    ) if files]  # fmt: skip
    return " UNION ALL BY NAME ".join(parts)


def names_of(columns: Columns, sheet: Sheet) -> list[str]:
    """The columns in which any row says something: the declared ones, then the further ones by name."""
    values: Counter[str] = Counter(columns.base.columns(sheet.name))
    if columns.delta:
        values.update(columns.delta.columns(sheet.name))
        values.subtract(columns.delta.ended(sheet.name))
    spelled: dict[str, str] = {}
    for name in sorted(name for name, count in values.items() if count > 0):
        spelled.setdefault(name.casefold(), name)
    says = set(spelled.values())
    declared = [cell.name for cell in sheet.cells if cell.name in says]
    return [*declared, *sorted(says.difference(declared))]


def quoted(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A column's name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Iterable[str]) -> str:
    """Columns, one after the other, spelled as they are here."""
    return ", ".join(f"{named(name)} AS {named(name)}" for name in names)


def value(connection: Any, told: str) -> Any:
    """The one value that a SELECT gives. All of it is fetched: a result that is half read holds its connection."""
    return connection.execute(told).fetchall()[0][0]


def _read(files: list[str], condition: str) -> str:
    paths = ", ".join(map(quoted, files))
    return f"SELECT * FROM read_parquet([{paths}], union_by_name = true){condition}"


def _without_ended(columns: Columns, sheet: Sheet, is_base: bool) -> str:
    files = columns.delta.files(ENDED.name) if is_base and columns.delta else []
    if not files:
        return ""
    key = DOCUMENT if sheet is LINE else ROW
    gone = f"SELECT {KEY} FROM read_parquet([{', '.join(map(quoted, files))}]) WHERE {SHEET} = {quoted(sheet.name)}"
    return f" WHERE {key} NOT IN ({gone})"
