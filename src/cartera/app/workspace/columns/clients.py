"""Who is each client? One row, however many sources and replaced clients tell of it, with the rep that people say."""

from __future__ import annotations

from typing import Any

from cartera.app.workspace.columns.sql import listed, named, names_of, rows_of, value
from cartera.ledger.columns.refresh import Columns
from cartera.ledger.columns.sheets import ASSIGNMENT, CLIENT, INVOICE, ROW, SOURCE
from cartera.ledger.entry import MANUAL

OWN = {ROW, SOURCE}
TABLE = "client_rows"
NOBODY = "SELECT NULL::VARCHAR AS client_id, NULL::BIGINT AS _row, NULL::VARCHAR AS _source WHERE false"


def clients(connection: Any, columns: Columns, *, is_moved: bool) -> str:
    """A SELECT of the clients, each in one row; empty when there is nothing to say of any."""
    rows, assigned = rows_of(columns, CLIENT), rows_of(columns, ASSIGNMENT)
    names = [name for name in names_of(columns, CLIENT) if name not in OWN]
    if not names and not assigned:
        return ""
    if not names:
        rows, names = NOBODY, ["client_id"]
    if not is_moved and not assigned and not _is_repeated(connection, rows):
        return f"SELECT {listed(names)} FROM ({rows})"
    _put(connection, rows, names, is_moved=is_moved)
    if assigned:
        _assign(connection, columns, assigned, names, is_moved=is_moved)
    return f"SELECT * FROM {TABLE}"


def _is_repeated(connection: Any, rows: str) -> bool:
    told = f"SELECT count(*) > count(DISTINCT client_id) FROM ({rows})"
    return bool(value(connection, told))


def _put(connection: Any, rows: str, names: list[str], *, is_moved: bool) -> None:
    """One row per client: what it says itself goes first, a person's word before a source's, then the replaced ones.

    A child's address is not its parent's: children that count as their parent tell nothing of it.
    """
    shown = _shown(rows, is_moved=is_moved)
    order = f"client_id <> shown, _source <> '{MANUAL}', _source, _row"
    told = "".join(
        f", first({named(name)} ORDER BY {order}) FILTER (WHERE {named(name)} IS NOT NULL) AS {named(name)}"
        for name in names
        if name != "client_id"
    )
    connection.execute(
        f"CREATE TEMP TABLE {TABLE} AS SELECT shown AS client_id{told} FROM ({shown}) GROUP BY shown ORDER BY shown"
    )


def _assign(connection: Any, columns: Columns, assigned: str, names: list[str], *, is_moved: bool) -> None:
    """The rep that a person named, in place of the sources'; an empty one is nobody."""
    shown = _shown(assigned, is_moved=is_moved)
    said = (
        f"SELECT shown AS client_id, nullif(first(rep ORDER BY client_id <> shown, client_id), '') AS rep"
        f" FROM ({shown}) GROUP BY shown"
    )
    if "rep" not in names:
        connection.execute(f"ALTER TABLE {TABLE} ADD COLUMN rep VARCHAR")
    connection.execute(f"CREATE TEMP TABLE assigned AS {said}")
    # Clients of whom only invoices tell have no row yet.
    invoiced = rows_of(columns, INVOICE)
    if invoiced:
        shown = _shown(invoiced, is_moved=is_moved)
        connection.execute(
            f"INSERT INTO {TABLE} (client_id) SELECT client_id FROM assigned WHERE client_id NOT IN"
            f" (SELECT client_id FROM {TABLE}) AND client_id IN (SELECT shown FROM ({shown}))"
        )
    connection.execute(f"UPDATE {TABLE} c SET rep = a.rep FROM assigned a WHERE a.client_id = c.client_id")


def _shown(rows: str, *, is_moved: bool) -> str:
    """The rows with the id that each stands under, without those that count as their parent."""
    if not is_moved:
        return f"SELECT *, client_id AS shown FROM ({rows}) WHERE client_id IS NOT NULL"
    return (
        f"SELECT r.*, coalesce(m.shown, r.client_id) AS shown FROM ({rows}) r LEFT JOIN moved m"
        " ON m.client_id = r.client_id WHERE r.client_id IS NOT NULL AND (m.leading IS NULL OR m.leading = m.shown)"
    )
