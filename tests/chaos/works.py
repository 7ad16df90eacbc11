"""What is killed? Decisions, publishing, imports of files, backups, making tables, refreshing columns."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from cartera.ledger import database
from cartera.ledger.book import Book, create_book, open_book
from tests.chaos.verdict import Verdict, judged
from tests.ledger.facts import invoice_rows, moment
from tests.ledgers import KEY

Say = Callable[[object], None]
AT = datetime(2026, 3, 31, 9, tzinfo=UTC)
DAY = date(2026, 3, 31)


@dataclass
class Work:
    """Something to be killed. folder: of its own. address: of its ledger. done: what was acknowledged so far."""

    folder: Path
    address: str
    done: set[int]
    longest: ClassVar[float] = 0.15  # seconds after which it is killed at the latest
    is_of_files: ClassVar[bool] = False  # nothing of it lies in a database server

    def open(self) -> Book:
        return open_book(self.address, key=KEY)

    def prepare(self) -> None:
        create_book(self.address, "Acme", at=AT, key=KEY, currency="EUR")

    def work(self, say: Say) -> None:
        raise NotImplementedError

    def check(self) -> Verdict:
        """What is stored, and whether the ledger and its audit are whole."""
        book = self.open()
        found = judged(self.done, self.stored(book), self.whole)
        found.unopenable += damaged(book)
        return found

    whole: ClassVar[int] = 1

    def stored(self, book: Book) -> dict[int, int]:
        raise NotImplementedError

    def numbers(self) -> count:
        """What to do next: the first that was not acknowledged, whether or not it was stored."""
        return count(max(self.done, default=0) + 1)


def damaged(book: Book) -> int:
    """1 when the pages, the audit, or the count of versions are not as they should be."""
    from cartera.app.workspace.backup.proof import damages
    from cartera.ledger.audit import verify
    from cartera.ledger.models import Change

    with database.connection(book.alias).cursor() as cursor:
        wrong = damages(cursor) if database.is_sqlite(book.alias) else []
    made = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_made=True)
    versions = list(made.exclude(facts_version=None).order_by("number").values_list("facts_version", flat=True))
    numbers = list(made.order_by("number").values_list("number", flat=True))
    return int(
        bool(wrong or verify(book)[1])
        or versions != sorted(set(versions))
        or max(versions, default=0) != book.facts_version
        or not _written_under(book) <= set(versions)
        or numbers != list(range(1, len(numbers) + 1))
    )


def _written_under(book: Book) -> set[int]:
    """The versions under which facts begin or end, without those that an import lays and has not published."""
    from cartera.ledger.laid import laid
    from cartera.ledger.models import FACTS

    found: set[int] = set()
    for model in FACTS:
        rows: Any = model._default_manager.using(book.alias)
        for name in ("from_version", "until_version"):
            found |= set(rows.exclude(**{name: None}).values_list(name, flat=True).distinct())
    return found - {laid(book)}


class Decisions(Work):
    """Notes, one change each."""

    def work(self, say: Say) -> None:
        from cartera.ledger.entry import entry
        from cartera.ledger.models import Note

        book = self.open()
        say("ready")
        for number in self.numbers():
            with entry(book, "note", at=moment(number), by="Ana") as made:
                made.put(Note, str(number), client_id="acme", at=AT, by="Ana", text=f"Note {number}")
            say(number)

    def stored(self, book: Book) -> dict[int, int]:
        from cartera.ledger.models import Note

        return Counter(map(int, Note.objects.using(book.alias).values_list("key", flat=True)))


class Publishing(Work):
    """Invoices, three hundred at a time, staged and published."""

    longest = 0.3
    whole = 300

    def rows(self, number: int) -> list[tuple[Any, ...]]:
        return invoice_rows({f"{number}-{one}": Decimal(number) for one in range(self.whole)})

    def work(self, say: Say) -> None:
        from cartera.ledger.entry import entry
        from cartera.ledger.models import Invoice
        from cartera.ledger.stage import publish, stage

        book = self.open()
        say("ready")
        for number in self.numbers():
            staged = stage(book, Invoice, self.rows(number))
            with entry(book, "import", at=moment(number), by="Ana") as made:
                publish(made, staged)
            say(number)

    def stored(self, book: Book) -> dict[int, int]:
        from cartera.ledger.models import Invoice

        keys = Invoice.objects.using(book.alias).values_list("key", flat=True)
        return Counter(int(key.partition("-")[0]) for key in keys)


class Imports(Work):
    """Files of sixty invoices with two lines each, as the command imports them."""

    longest = 1.2
    whole = 60

    def file(self, number: int) -> Path:
        path = self.folder / f"sales-{number}.csv"
        rows = [
            f"Client {one % 7},F{number}-{one},2026-{1 + one % 9:02}-{10 + one % 9},{what},1,{one}.{number % 90 + 10}"
            for one in range(1, self.whole + 1)
            for what in ("Soap", "Brush")
        ]
        header = "Client,Invoice number,Invoice date,Product,Quantity,Net amount"
        path.write_text("\n".join([header, *rows]) + "\n")
        return path

    def work(self, say: Say) -> None:
        book = self.open()
        say("ready")
        for number in self.numbers():
            self.one(book, number)
            say(number)

    def one(self, book: Book, number: int) -> None:
        from cartera.app.clock import now
        from cartera.app.scope import EVERYTHING
        from cartera.app.workspace.importing.commit import commit
        from cartera.app.workspace.importing.prepare import Prepared, prepare

        prepared = prepare(EVERYTHING, book, self.file(number), today=DAY)
        if isinstance(prepared, Prepared):  # every other one lays its rows before it publishes them by a number
            commit(EVERYTHING, replace(prepared, few=0) if number % 2 else prepared, now=now, by="Ana")

    def stored(self, book: Book) -> dict[int, int]:
        from cartera.ledger.models import Batch, Invoice, Line

        self.one(book, next(self.numbers()))  # as a person does: the file that was being imported once more
        rows = Invoice.objects.using(book.alias).values_list("number", "document")
        lines = Counter(Line.objects.using(book.alias).values_list("document", flat=True))
        found = Counter(int(number[1:].partition("-")[0]) for number, document in rows if lines[document] == 2)
        loose = set(lines) - set(Invoice.objects.using(book.alias).values_list("document", flat=True))
        batches = Batch.objects.using(book.alias).count()
        if loose or len(rows) != found.total() or batches != len(found):
            found[-1] = 1  # lines of nothing, invoices without their lines, or a batch too many or too few: half
        return found


class Backups(Work):
    """Backups of a ledger into which others write."""

    longest = 0.8
    is_of_files = True

    def work(self, say: Say) -> None:
        book = self.open()
        say("ready")
        for number in self.numbers():
            self.one(book, self.folder / f"{number}.cartera")
            say(number)

    def one(self, book: Book, path: Path) -> None:
        from cartera.app.scope import EVERYTHING
        from cartera.app.workspace.backup.make import backup

        path.unlink(missing_ok=True)
        backup(EVERYTHING, book, str(path), by="Ana")

    def stored(self, book: Book) -> dict[int, int]:  # noqa: ARG002 - the files are looked at, not the ledger
        from cartera.app.workspace.backup.proof import unpacked
        from cartera.errors import CarteraError

        found: dict[int, int] = {}
        for path in self.folder.glob("*.cartera"):
            proof = self.folder / "proof"
            try:
                unpacked(path, proof, None)
                found[int(path.stem)] = 2
            except CarteraError:
                found[int(path.stem)] = 1
            proof.unlink()
        return found

    whole = 2


class Tables(Work):
    """The tables of a new ledger; the next opening goes on where this one was killed."""

    longest = 1.5
    is_of_files = True

    def prepare(self) -> None:
        pass

    def path(self) -> Path:
        return self.folder / f"{len(list(self.folder.glob('*.sqlite3')))}.sqlite3"

    def work(self, say: Say) -> None:
        path = self.path()
        path.touch()
        say("ready")
        alias = database.connect(str(path))
        database.migrate(alias)
        say(1)

    def check(self) -> Verdict:
        newest = self.folder / f"{len(list(self.folder.glob('*.sqlite3'))) - 1}.sqlite3"
        found = Verdict(acknowledged=1 in self.done)
        try:
            book = create_book(str(newest), "Acme", at=AT, key=KEY)
            found.unopenable += damaged(book) + bool(database.unapplied(book.alias)[0])
        except Exception as problem:  # noqa: BLE001 - whatever it is, the ledger cannot be used
            found.unopenable += 1
            found.examples.append(repr(problem))
        self.done.clear()
        return found


class Columns(Work):
    """The columns of changing facts."""

    longest = 2.0
    is_of_files = True

    def work(self, say: Say) -> None:
        from cartera.ledger.columns.refresh import refreshed
        from tests.ledger.facts import named

        book = self.open()
        say("ready")
        for number in self.numbers():
            named(book, {f"c{number}": f"Client {number}"})
            refreshed(book, self.folder / "columns", book.facts_version, lambda _: None).base.close()
            say(number)

    def stored(self, book: Book) -> dict[int, int]:
        from cartera.app.workspace.columns.connection import closed_connection
        from cartera.app.workspace.columns.sql import rows_of
        from cartera.ledger.columns.refresh import refreshed
        from cartera.ledger.columns.sheets import CLIENT

        folder = self.folder / "columns"
        made = refreshed(book, folder, book.facts_version, lambda _: None)
        rows = closed_connection(folder).execute(f"SELECT client_id FROM ({rows_of(made, CLIENT)})").fetchall()
        return Counter(int(client[1:]) for (client,) in rows)


def sqlite(path: Path) -> Any:
    """An open file that is closed at the end of the block."""
    return closing(sqlite3.connect(path))


WORKS: tuple[type[Work], ...] = (Decisions, Publishing, Imports, Backups, Tables, Columns)
