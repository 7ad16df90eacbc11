"""The contacts and interactions of a workspace as tables, to be taken along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.people.contacts import contacts
from cartera.app.workspace.people.interactions import interactions

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book


def people_tables(scope: Scope, book: Book) -> dict[str, Any]:
    """contacts and interactions as Arrow tables, under the leading ids; `at` on the clock of the workspace."""
    import pyarrow as pa

    from cartera.ledger.links import links
    from cartera.ledger.models import Contact, Interaction

    told = links(book)
    found: dict[str, Any] = {}
    listed: tuple[tuple[str, Any, Any], ...] = (
        ("contacts", Contact, contacts(scope, book)),
        ("interactions", Interaction, interactions(scope, book)[::-1]),
    )
    for name, model, rows in listed:
        own = [{**row, "client_id": told.leading(row["client_id"])} for row in rows]
        columns = {column: pa.array([_plain(row[column]) for row in own]) for column in model.COLUMNS}
        found[name] = pa.table(columns)
    return found


def _plain(value: Any) -> Any:
    """Nothing for an empty text, and a moment as the clock there shows it."""
    if value == "":
        return None
    return value.replace(tzinfo=None) if hasattr(value, "tzinfo") else value
