"""Would the harness notice? Each kind of work done carelessly; a kill must make every one of them fail."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from cartera.ledger import database
from cartera.ledger.book import Book
from tests.chaos.verdict import Verdict
from tests.chaos.works import Backups, Columns, Decisions, Imports, Publishing, Say, Tables, Work, sqlite
from tests.ledger.facts import moment


class CarelessDecisions(Decisions):
    """A file that is appended to and never flushed."""

    def work(self, say: Say) -> None:
        with (self.folder / "notes.txt").open("a") as file:
            say("ready")
            for number in self.numbers():
                file.write(f"{number}\n")
                say(number)

    def check(self) -> Verdict:
        path = self.folder / "notes.txt"
        text = path.read_text() if path.exists() else ""
        stored = {int(line) for line in text.split("\n")[:-1]}
        return Verdict(acknowledged=len(self.done), lost=len(self.done - stored))


class CarelessPublishing(Publishing):
    """Row by row, each in a transaction of its own, and from the beginning again after a kill."""

    def work(self, say: Say) -> None:
        from cartera.ledger.entry import entry
        from cartera.ledger.models import Invoice

        book = self.open()
        say("ready")
        for number in self.numbers():
            for row in self.rows(number):
                with entry(book, "import", at=moment(number), by="Ana") as made:
                    made.put(Invoice, row[2], source="file", stream="invoices", **dict(values(row)))
            say(number)


class CarelessImports(Imports):
    """The batch is written after the invoices, in a transaction of its own."""

    def one(self, book: Book, number: int) -> None:
        from tests.ledger.facts import imported, invoice_rows

        if number:
            imported(book, invoice_rows({f"F{number}-{one}": 1 for one in range(self.whole)}))
            with (self.folder / "batches.txt").open("a") as file:
                file.write(json.dumps(number) + "\n")

    def check(self) -> Verdict:
        from cartera.ledger.models import Invoice

        book = self.open()
        keys = Invoice.objects.using(book.alias).values_list("key", flat=True)
        stored = {int(key[1:].partition("-")[0]) for key in keys}
        path = self.folder / "batches.txt"
        told = Counter(path.read_text().split()) if path.exists() else Counter()
        return Verdict(half=len(stored ^ set(map(int, told))), doubled=sum(count > 1 for count in told.values()))


class CarelessBackups(Backups):
    """The file is copied under its own name, without the log beside it, while it is written to."""

    def one(self, book: Book, path: Path) -> None:
        from tests.ledger.facts import named

        named(book, {"acme": path.stem})
        with Path(book.alias).open("rb") as source, path.open("wb") as target:
            while piece := source.read(4096):
                target.write(piece)


class CarelessTables(Tables):
    """Statement by statement, each for itself."""

    def prepare(self) -> None:
        alias = database.connect(str(self.folder / "model"))
        database.migrate(alias)
        database.disconnect(alias)

    def work(self, say: Say) -> None:
        path = self.path()
        path.touch()
        say("ready")
        with sqlite(self.folder / "model") as source:
            statements = [row[0] for row in source.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL")]
        with sqlite(path) as target:
            for statement in statements:
                if "sqlite_" not in statement.split("(")[0]:
                    target.execute(statement)
                    target.commit()
        say(1)


class CarelessColumns(Columns):
    """A file that is written anew in its place."""

    def work(self, say: Say) -> None:
        path = self.folder / "columns.json"
        say("ready")
        for number in self.numbers():
            rows = [f"c{one}" for one in range(2_000)]
            with path.open("w") as file:
                for row in rows:
                    file.write(json.dumps(row) + "\n")
            say(number)

    def check(self) -> Verdict:
        lines = (self.folder / "columns.json").read_text().splitlines()
        return Verdict(half=len(lines) not in (0, 2_000), lost=not lines)


def values(row: tuple[object, ...]) -> list[tuple[str, object]]:
    """The columns of a staged row, as an entry takes them."""
    from decimal import Decimal

    from cartera.ledger.models import Invoice

    pairs = dict(zip(Invoice.COLUMNS, row[5:], strict=True))
    pairs["amount"] = Decimal(str(pairs["amount"])) / 10_000
    return list(pairs.items())


TWINS: dict[type[Work], type[Work]] = {
    Decisions: CarelessDecisions,
    Publishing: CarelessPublishing,
    Imports: CarelessImports,
    Backups: CarelessBackups,
    Tables: CarelessTables,
    Columns: CarelessColumns,
}
