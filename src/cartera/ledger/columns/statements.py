"""Which rows are read? SQL that says the same on SQLite and PostgreSQL; the numbers in it are our own."""

from __future__ import annotations

from cartera.ledger.columns.sheets import LINE, Sheet


def holding(sheet: Sheet, workspace: int, version: int) -> str:
    """Every row that holds at a version. The signs keep the database from looking each row up in an index."""
    held = f"+{{0}}.workspace_id = {workspace} AND +{{0}}.from_version <= {version} AND {_open(version)}"
    return _chosen(sheet, held)


def begun(sheet: Sheet, workspace: int, base: int, version: int) -> str:
    """Every row that holds at a version and did not at an earlier one; found by index."""
    held = (
        f"{{0}}.workspace_id = {workspace} AND {{0}}.from_version > {base} AND {{0}}.from_version <= {version}"
        f" AND {_open(version)}"
    )
    return _chosen(sheet, held)


def ended(sheet: Sheet, workspace: int, base: int, version: int) -> str:
    """Every row that held at an earlier version and no longer does; found by index."""
    held = (
        f"{{0}}.workspace_id = {workspace} AND {{0}}.until_version > {base} AND {{0}}.until_version <= {version}"
        f" AND {{0}}.from_version <= {base} AND NOT {{0}}.is_deleted"
    )
    return _chosen(sheet, held)


def changed_count(sheet: Sheet, workspace: int, base: int, version: int, most: int) -> str:
    """How many rows began or ended between two versions, counted up to a limit."""
    between = f"> {base} AND t.{{0}} <= {version}"
    parts = (
        f"SELECT count(*) FROM (SELECT 1 FROM {sheet.table} t WHERE t.workspace_id = {workspace}"
        f" AND t.{name} {between.format(name)} LIMIT {most}) counted"
        for name in ("from_version", "until_version")
    )
    return "SELECT " + " + ".join(f"({part})" for part in parts)


def _open(version: int) -> str:
    return f"({{0}}.until_version IS NULL OR {{0}}.until_version > {version}) AND NOT {{0}}.is_deleted"


def _chosen(sheet: Sheet, held: str) -> str:
    columns = ", ".join(f'{cell.of} AS "{cell.name}"' for cell in sheet.cells)
    if sheet is LINE:
        return f"SELECT {columns} FROM ledger_invoice i JOIN {sheet.table} t ON t.document = i.document WHERE " + (
            held.format("i")
        )
    return f"SELECT {columns} FROM {sheet.table} t WHERE {held.format('t')}"
