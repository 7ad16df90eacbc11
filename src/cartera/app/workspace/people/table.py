"""What people said in a workspace, as tables to be taken along: contacts, interactions, notes, reps, next steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cartera.app.workspace.identity.who import held
from cartera.app.workspace.people.contacts import contacts
from cartera.app.workspace.people.interactions import interactions

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book


def people_tables(scope: Scope, book: Book) -> dict[str, Any]:
    """The Arrow tables by name, under the leading ids; `at` on the clock of the workspace."""
    import pyarrow as pa

    from cartera.ledger.links import links
    from cartera.ledger.models import Assignment, Contact, Interaction, Note, Step

    told = links(book)
    found: dict[str, Any] = {}
    listed: tuple[tuple[str, Any, Any], ...] = (
        ("contacts", Contact, contacts(scope, book)),
        ("interactions", Interaction, interactions(scope, book)[::-1]),
        ("notes", Note, _told(scope, book, Note, "at")),
        ("assignments", Assignment, _told(scope, book, Assignment, "since_on")),
        ("steps", Step, _told(scope, book, Step, "due_on")),
    )
    for name, model, rows in listed:
        own = [{**row, "client_id": told.leading(row["client_id"])} for row in rows]
        own = _first_of_each(rows, own) if model is Assignment else own
        columns = {column: pa.array([_plain(row[column]) for row in own]) for column in model.COLUMNS}
        found[name] = pa.table(columns)
    return found


def _told(scope: Scope, book: Book, model: Any, day: str) -> list[dict[str, Any]]:
    """The rows that hold, by client and day; a moment on the clock of the workspace."""
    zone = ZoneInfo(book.workspace.time_zone)
    rows = held(book, model).order_by("client_id", day, "pk").values(*model.COLUMNS)
    return [
        {name: value.astimezone(zone) if name == "at" else value for name, value in row.items()}
        for row in rows
        if scope.clients is None or row["client_id"] in scope.clients
    ]


def _first_of_each(rows: list[dict[str, Any]], led: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per client: its own before those of clients that were linked to it."""
    order = sorted(range(len(rows)), key=lambda at: (led[at]["client_id"] != rows[at]["client_id"], at))
    first: dict[str, int] = {}
    for at in order:
        first.setdefault(led[at]["client_id"], at)
    return [led[at] for at in sorted(first.values())]


def _plain(value: Any) -> Any:
    """Nothing for an empty text, and a moment as the clock there shows it."""
    if value == "":
        return None
    return value.replace(tzinfo=None) if hasattr(value, "tzinfo") else value
