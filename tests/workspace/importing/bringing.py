"""How does a test bring a file into a workspace? As the command does, with its own clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.ledger.facts import held
from tests.ledgers import KEY, MOMENT, fresh
from tests.reader.given import table

from cartera import money
from cartera.app.scope import EVERYTHING
from cartera.app.workspace.importing.answers import Answers
from cartera.app.workspace.importing.commit import Done, commit
from cartera.app.workspace.importing.prepare import Earlier, Prepared, prepare
from cartera.app.workspace.place import place
from cartera.ledger.book import create_book
from cartera.ledger.models import Client, Invoice
from cartera.ledger.undo import undo

if TYPE_CHECKING:
    import pytest

    from cartera.ledger.book import Book

TODAY = date(2026, 3, 31)
FLAGS = ("with_rejects", "with_differences", "with_changes", "renamed", "replace")


@dataclass
class Desk:
    """A person at a workspace. folder: for the files. day: today there."""

    book: Book
    folder: Path
    day: date = TODAY
    minutes: int = field(default=0)

    def now(self) -> datetime:
        """A moment that rises with each look."""
        self.minutes += 1
        return datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=UTC) + timedelta(minutes=self.minutes)

    def written(self, text: str | bytes, name: str = "sales.csv") -> Path:
        """A file with this content."""
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else table(text).encode())
        return path

    def prepared(
        self, file: Path | str, source: str | None = None, *, name: str = "sales.csv", **said: Any
    ) -> Prepared | Earlier:
        """What the import would do."""
        path = file if isinstance(file, Path) else self.written(file, name)
        reading = {key: value for key, value in said.items() if key not in FLAGS}
        answers = Answers(reading, **{key: value for key, value in said.items() if key in FLAGS})
        return prepare(EVERYTHING, self.book, path, answers, today=self.day, source=source)

    def looked(self, file: Path | str, source: str | None = None, **said: Any) -> Prepared:
        """As `prepared`, for a file that was not imported before."""
        found = self.prepared(file, source, **said)
        assert isinstance(found, Prepared)
        return found

    def imports(self, file: Path | str, source: str | None = None, **said: Any) -> Done:
        """The file, imported."""
        return commit(EVERYTHING, self.looked(file, source, **said), now=self.now, by="Ana")

    def undoes(self, number: int) -> None:
        """The change, taken back."""
        undo(self.book, number, at=self.now(), by="Ana")


def at_a_workspace(folder: Path, templates: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in a folder with a new workspace, which the commands find by themselves."""
    address = Path(fresh("sqlite", folder, templates))
    place(str(address.parent)).key.write_bytes(KEY)
    create_book(str(address), "Acme", at=MOMENT, key=KEY, currency="EUR")
    monkeypatch.setenv("CARTERA_WORKSPACE", str(address.parent))
    monkeypatch.chdir(folder)


def counts(done: Done) -> tuple[int, int, int]:
    """Documents new, changed, unchanged."""
    documents = done.plan.documents
    return documents.count("new"), documents.count("changed"), documents.count("unchanged")


def invoices(book: Book) -> list[tuple[Any, ...]]:
    """(invoice, client, day, amount) of what holds now, in the order of days."""
    rows = held(book, Invoice).order_by("issued_on", "invoice_id")
    return [(row.invoice_id, row.client_id, row.issued_on.isoformat(), money.text(row.amount)) for row in rows]


def clients(book: Book) -> list[tuple[Any, ...]]:
    """(client, name) of what holds now."""
    return [(row.client_id, row.name) for row in held(book, Client).order_by("client_id")]
