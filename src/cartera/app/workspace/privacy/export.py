"""Write down everything that is known of one person: JSON with all of it, and a CSV per table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera import money
from cartera.app.clock import now
from cartera.app.workspace.privacy.whom import subject_called
from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

PERSON, EXPORT = "person", "person export"


@dataclass(frozen=True)
class Written:
    """Files that were written. rows: by table. called: the person."""

    folder: Path
    rows: dict[str, int]
    called: str


def export_person(
    scope: Scope, book: Book, client: str, folder: Path, *, by: str, contact: str | None = None
) -> Written:
    """Everything about a client, or about one contact, in a new folder; the audit says who took it.

    CarteraError: the folder holds something.
    """
    from cartera.ledger.privacy.everything import everything

    scope.require(PERSON)
    subject, called = subject_called(scope, book, client, contact)
    tables = everything(subject)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            told = say("the folder {folder} holds something.", folder=repr(str(folder)))
            raise CarteraError(told, fix=say("Name a new one."))
        text = json.dumps(tables, ensure_ascii=False, indent=1, default=plain)
        (folder / "person.json").write_text(text, encoding="utf-8")
        for name, rows in tables.items():
            _table(folder / f"{name}.csv", rows)
    except OSError as problem:
        told = say("cannot write into {folder}: {problem}.", folder=str(folder), problem=str(problem.strerror))
        raise CarteraError(told, fix=say("Name another folder.")) from None
    _remember(book, subject.ids[0] if subject.ids else "", called, by)
    return Written(folder, {name: len(rows) for name, rows in tables.items()}, called)


def _remember(book: Book, client_id: str, called: str, by: str) -> None:
    from django.db import transaction

    from cartera.ledger import audit

    with transaction.atomic(using=book.alias):
        told = json.dumps({"exported": called}, ensure_ascii=False)
        audit.write(book, EXPORT, at=now(), by=by, client_id=client_id, value=told)


def plain(value: Any) -> str:
    """A value as text: days and moments as ISO, money as decimal text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return money.text(value) if isinstance(value, Decimal) else str(value)


def _table(path: Path, rows: list[dict[str, Any]]) -> None:
    from cartera.app.export.csv_text import writer_into
    from cartera.facts.guard import guarded

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = writer_into(file)
        writer.writerow(rows[0])
        for row in rows:
            writer.writerow([_cell(value, guarded) for value in row.values()])


def _cell(value: Any, guarded: Any) -> Any:
    if value is None or isinstance(value, int):
        return "" if value is None else str(value).lower() if isinstance(value, bool) else value
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else plain(value)
    return guarded(text)
