"""What of people's words and raw rows has been kept for long enough? Listed, or taken away for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.deciding.answers import listed
from cartera.app.workspace.privacy.erase import ERASE, shred
from cartera.views.view import Answer, Column

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

COLUMNS = (
    Column("kind", "Kind"),
    Column("what", "What"),
    Column("kept_days", "Kept for", "days"),
    Column("row_count", "Due", "count"),
    Column("oldest_on", "Oldest", "date"),
)
NAMES = {
    "SourceFile": "files as they were imported", "RejectedRow": "cells of refused rows", "Note": "notes",
    "Interaction": "interactions", "Step": "next steps", "Mark": "remarks on marks", "Change": "remarks on changes",
    "AuditValue": "words in the audit", "RawRecord": "records of connected systems",
    "RawVersion": "their earlier versions", "Problem": "what was wrong with them",
}  # fmt: skip


def retention(scope: Scope, book: Book, asked: Mapping[str, int | None], *, day: date) -> Answer:
    """One row per table whose texts age: how many are older than they are kept. asked: days by kind, else the usual."""
    from cartera.ledger.privacy.retention import due

    scope.require(ERASE)
    found = due(book, _kept(asked), now())
    rows = [
        {"kind": one.kind, "what": NAMES[one.table], "kept_days": one.kept_days, "row_count": one.rows,
         "oldest_on": one.oldest and one.oldest.date()}
        for one in found
    ]  # fmt: skip
    count = sum(one.rows for one in found)
    told = "Nothing is older than it is kept." if not count else f"{count:,} due; --yes takes them away, for ever."
    return listed("retention", "What has been kept for long enough?", COLUMNS, rows, told, day=day)


def forget_due(
    scope: Scope, book: Book, text: str, asked: Mapping[str, int | None], *, by: str
) -> tuple[int | None, int, bool]:
    """The number of the change, None when nothing was due; how much it took away; and whether every byte is gone."""
    from cartera.ledger.privacy.retention import forget_due as forgotten

    scope.require(ERASE)
    number, found = forgotten(book, _kept(asked), at=now(), by=by)
    return number, sum(one.rows for one in found), number is None or shred(book, text)


def _kept(asked: Mapping[str, int | None]) -> dict[str, Any]:
    from cartera.ledger.privacy.retention import KINDS

    return KINDS | {kind: days for kind, days in asked.items() if days is not None}
