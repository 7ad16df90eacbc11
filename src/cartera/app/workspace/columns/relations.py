"""Which tables do the questions read of a workspace? Invoices, lines and marks under the client that counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cartera.app.workspace.columns.clients import clients
from cartera.app.workspace.columns.rates import rated
from cartera.app.workspace.columns.sql import listed, named, names_of, rows_of, value
from cartera.ledger.columns.refresh import Columns
from cartera.ledger.columns.sheets import ASSIGNMENT, DOCUMENT, INVOICE, LINE, MARK, ROW

MEMBER = "member_id"  # the client itself, where its invoices count as those of its parent
NEEDED = ("invoice_id", "client_id", "issued_on", "amount")
OWN = {ROW, DOCUMENT}
MOVED, NOBODY = "moved", "nobody"


@dataclass(frozen=True)
class Moved:
    """Clients that stand under another id than their own. shown: id -> that id. leading: the one before roll-up."""

    shown: dict[str, str]
    leading: dict[str, str]

    @property
    def rolls_up(self) -> bool:
        """Whether any client counts as its parent."""
        return any(self.leading.get(one, one) != other for one, other in self.shown.items())


def tables(connection: Any, columns: Columns, moved: Moved, currency: str) -> dict[str, Any]:
    """Fact table -> relation on this connection; None for one without a row, except the invoices."""
    if moved.shown:
        _put_moved(connection, moved)
    found = {
        "invoices": _invoices(connection, columns, moved, currency),
        "lines": _lines(columns),
        "marks": _marks(columns, moved),
        "clients": clients(connection, columns, is_moved=bool(moved.shown)),
    }
    return {name: connection.sql(text) if text else None for name, text in found.items()}


def _invoices(connection: Any, columns: Columns, moved: Moved, currency: str) -> str:
    rows = rows_of(columns, INVOICE)
    if not rows:
        return (
            "SELECT NULL::VARCHAR AS invoice_id, NULL::VARCHAR AS client_id, NULL::DATE AS issued_on,"
            " NULL::DECIMAL(18, 4) AS amount WHERE false"
        )
    kept = list(dict.fromkeys(name for name in (*NEEDED, *names_of(columns, INVOICE)) if name not in OWN))
    told = f"SELECT {listed(kept)} FROM ({rows})"
    told = rated(connection, columns, told, kept, currency)
    if moved.shown:
        told = _under(told, kept, with_member=moved.rolls_up)
    return _without_rep(connection, columns, told) if "rep" in kept else told


def _under(told: str, names: list[str], *, with_member: bool = False) -> str:
    """The rows under the client that they count for. member_id: the client itself, before it counts as its parent."""
    others = [name for name in names if name != "client_id"]
    member = f", coalesce(m.leading, r.client_id) AS {named(MEMBER)}" if with_member else ""
    rest = "".join(f", r.{named(name)}" for name in others)
    return (
        f"SELECT coalesce(m.shown, r.client_id) AS client_id{rest}{member} FROM ({told}) r"
        f" LEFT JOIN {MOVED} m ON m.client_id = r.client_id"
    )


def _without_rep(connection: Any, columns: Columns, told: str) -> str:
    """The rows without the rep of the invoice where a person said that the client is nobody's."""
    assigned = rows_of(columns, ASSIGNMENT)
    if not assigned:
        return told
    shown = f"SELECT client_id FROM ({assigned}) WHERE rep = ''"
    connection.execute(f"CREATE TEMP TABLE {NOBODY} AS {shown}")
    if not value(connection, f"SELECT count(*) FROM {NOBODY}"):
        return told
    return (
        f"SELECT * REPLACE (CASE WHEN client_id IN (SELECT client_id FROM {NOBODY}) THEN NULL ELSE rep END AS rep)"
        f" FROM ({told})"
    )


def _lines(columns: Columns) -> str:
    kept = [name for name in names_of(columns, LINE) if name not in OWN]
    rows = rows_of(columns, LINE)
    return f"SELECT {listed(kept)} FROM ({rows})" if rows and kept else ""


def _marks(columns: Columns, moved: Moved) -> str:
    rows = rows_of(columns, MARK)
    names = [name for name in names_of(columns, MARK) if name not in OWN]
    if not rows or not names:
        return ""
    told = f"SELECT {listed(names)} FROM ({rows})"
    return _under(told, names) if moved.shown else told


def _put_moved(connection: Any, moved: Moved) -> None:
    """The moves as a small table beside the columns."""
    import pyarrow as pa

    ids = sorted(moved.shown)
    rows = pa.table(
        {
            "client_id": pa.array(ids, pa.string()),
            "shown": pa.array([moved.shown[one] for one in ids], pa.string()),
            "leading": pa.array([moved.leading.get(one, one) for one in ids], pa.string()),
        }
    )
    connection.register("moved_rows", rows)
    connection.execute(f"CREATE TEMP TABLE {MOVED} AS SELECT * FROM moved_rows")
    connection.unregister("moved_rows")
