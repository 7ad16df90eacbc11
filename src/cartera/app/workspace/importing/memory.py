"""How were files of this shape read the last time? Remembered per header and workspace, used where a file is open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.importing.answers import READING

if TYPE_CHECKING:
    from datetime import datetime

    from cartera.ledger.book import Book

NOT_KEPT = ("encoding",)  # belongs to one file, not to its shape
HOMES = "homes:"  # the memory of a header: a further column -> the fact table that it belongs to
CLIENTS = "clients:"  # the memory of a source: a client's new name -> the key it had


@dataclass(frozen=True)
class Remembered:
    """Earlier answers for a header. day: on which they were given, as ISO text."""

    answers: dict[str, Any] = field(default_factory=dict)
    day: str = ""


def remembered(book: Book, fingerprint: str) -> Remembered:
    """What was said about files of this header, nothing when none was imported yet."""
    from cartera.ledger.models import Mapping

    found = Mapping.objects.using(book.alias).filter(workspace_id=book.workspace_id, fingerprint=fingerprint).first()
    return Remembered(dict(found.answers), found.answered_at.date().isoformat()) if found else Remembered()


def renamed_clients(book: Book, source: str) -> dict[str, str]:
    """New name -> key, of clients that a person said are known under an earlier name."""
    return remembered(book, CLIENTS + source).answers


def known_homes(book: Book, fingerprint: str) -> dict[str, str]:
    """Further column -> fact table, of files of this header."""
    return remembered(book, HOMES + fingerprint).answers


def remember(book: Book, fingerprint: str, answers: dict[str, Any], at: datetime) -> None:
    """Keep the answers for the next file of this header; inside the transaction of the import."""
    from cartera.ledger.models import Mapping

    kept = {name: value for name, value in answers.items() if name not in NOT_KEPT and value}
    if not kept:
        return
    Mapping.objects.using(book.alias).update_or_create(
        workspace_id=book.workspace_id, fingerprint=fingerprint, defaults={"answers": kept, "answered_at": at}
    )


def of_reading(answers: dict[str, Any]) -> dict[str, Any]:
    """Those answers that the reader knows."""
    return {name: value for name, value in answers.items() if name in READING}
