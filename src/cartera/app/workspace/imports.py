"""What was imported, when and by whom, where did every row go, and which imports are in force?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding.answers import listed
from cartera.views.view import Answer, Column

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import Batch

QUESTION = "What was imported, and where did every row go?"
COLUMNS = (
    Column("batch", "Batch", "count"),
    Column("file", "File"),
    Column("source", "Source"),
    Column("imported_on", "On", "date"),
    Column("by", "By"),
    Column("state", "State"),
    Column("rows_in", "Rows read", "count"),
    Column("rows_new", "New", "count", minor=True),
    Column("rows_changed", "Changed", "count", minor=True),
    Column("rows_unchanged", "Unchanged", "count", minor=True),
    Column("rows_left_out", "Left out", "count", minor=True),
    Column("rows_rejected", "Rejected", "count"),
    Column("rows_structural", "Structural", "count", minor=True),
    Column("documents_new", "Documents new", "count"),
    Column("documents_changed", "Documents changed", "count", minor=True),
    Column("documents_removed", "Documents removed", "count", minor=True),
    Column("clients_new", "Clients new", "count", minor=True),
    Column("first_on", "From", "date"),
    Column("last_on", "To", "date"),
    Column("sums", "Sums"),
)


def imports(scope: Scope, book: Book, *, day: date) -> Answer:
    """One row per import, the newest first."""
    scope.require("imports")
    rows = [_row(batch) for batch in _batches(book)]
    return listed("imports", QUESTION, COLUMNS, rows, _sentence(rows), day=day)


def _batches(book: Book) -> Any:
    from cartera.ledger.models import Batch

    batches = Batch.objects.using(book.alias).filter(change__workspace_id=book.workspace_id, change__is_made=True)
    return batches.select_related("change", "change__undone_by").defer("file__data").order_by("-change__number")


def _row(batch: Batch) -> dict[str, Any]:
    change, told = batch.change, batch.told
    own = {one.name: getattr(batch, one.name, None) for one in COLUMNS}
    return own | {
        "batch": change.number,
        "file": told.get("name", ""),
        "imported_on": change.made_at.date(),
        "by": change.by,
        "state": f"undone by {change.undone_by.number}" if change.undone_by else "in force",
        "sums": "; ".join(_sum(one) for one in told.get("sums", [])),
    }


def _sum(one: dict[str, Any]) -> str:
    currency = f" {one['currency']}" if one.get("currency") else ""
    return f"{one['count']:,} {one['kind'].replace('_', ' ')}: {one['amount']}{currency}"


def _sentence(rows: list[dict[str, Any]]) -> str:
    """How many imports there are, and whether the rows of each add up."""
    if not rows:
        return "Nothing was imported yet."
    count = len(rows)
    undone = sum(row["state"] != "in force" for row in rows)
    read, rejected = sum(row["rows_in"] for row in rows), sum(row["rows_rejected"] for row in rows)
    said = f"{count:,} import{'' if count == 1 else 's'}, {undone:,} of them undone; {read:,} rows read"
    return f"{said}, {rejected:,} of them rejected."
