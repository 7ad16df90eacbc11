"""Which rows of the columns are facts? SQL over their files: those of the base that did not end, and those since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cartera.ledger.columns.changed import ENDED, SHEET
from cartera.ledger.columns.refresh import Columns
from cartera.ledger.columns.sheets import DOCUMENT, INVOICE, LINE, ROW, Sheet


def rows_of(columns: Columns, sheet: Sheet) -> str:
    """A SELECT of every row of a sheet that holds, with its columns by their names."""
    base, delta = columns.base, columns.delta
    parts = [_read(files, _without_ended(columns, sheet, is_base)) for files, is_base in (
        (base.files(sheet.name), True),
        (delta.files(sheet.name) if delta else [], False),
    ) if files]  # fmt: skip
    return " UNION ALL BY NAME ".join(parts)


def names_of(columns: Columns, sheet: Sheet) -> dict[str, str]:
    """Column in the answer -> column in the files, of those in which any row says something; one spelling of each."""
    filled: dict[str, str] = {}
    for part in (columns.base, columns.delta):
        for name, says in (part.columns(sheet.name) if part else {}).items():
            if says:
                spelled = filled.get(name.casefold(), name)
                filled[name.casefold()] = min(name, spelled)
    declared = [cell.name for cell in sheet.cells]
    known = [name for name in declared if name in filled.values()]
    return {name: name for name in (*known, *sorted(set(filled.values()) - set(known)))}


def quoted(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def named(name: str) -> str:
    """A column's name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Iterable[str]) -> str:
    """Columns, one after the other."""
    return ", ".join(map(named, names))


def chosen(columns: Mapping[str, str], of: str = "") -> str:
    """Expressions under their names. of: the table, where there are several."""
    dot = f"{of}." if of else ""
    return ", ".join(f"{dot}{named(source)} AS {named(name)}" for name, source in columns.items())


def _read(files: list[str], condition: str) -> str:
    paths = ", ".join(map(quoted, files))
    return f"SELECT * FROM read_parquet([{paths}], union_by_name = true){condition}"


def _without_ended(columns: Columns, sheet: Sheet, is_base: bool) -> str:
    files = columns.delta.files(ENDED.name) if is_base and columns.delta else []
    if not files:
        return ""
    key, of = (DOCUMENT, INVOICE) if sheet is LINE else (ROW, sheet)
    gone = f"SELECT {key} FROM read_parquet([{', '.join(map(quoted, files))}]) WHERE {SHEET} = {quoted(of.name)}"
    return f" WHERE {key} NOT IN ({gone} AND {key} IS NOT NULL)"
