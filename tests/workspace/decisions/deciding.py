"""How does a test decide? With a fixed day and a moment that rises with each decision."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.deciding import marking, planning, replanning, saying, undoing
from cartera.app.workspace.deciding.act import Act, Done
from cartera.app.workspace.deciding.matching import match_new
from cartera.app.workspace.deciding.standing import segments
from cartera.app.workspace.deciding.whom import client_called
from cartera.ledger.entry import entry
from cartera.ledger.models import Change, Client, Invoice
from cartera.ledger.plans import holding

if TYPE_CHECKING:
    from cartera.ledger.book import Book

TODAY = date(2026, 3, 31)
Row = tuple[str, str, date, str]  # id, client, day, amount


def ago(days: int) -> date:
    """So many days before today; negative for after."""
    return TODAY - timedelta(days=days)


@dataclass
class Desk:
    """A person at a workspace. day: today there."""

    book: Book
    day: date = TODAY
    minutes: int = field(default=0)

    @property
    def act(self) -> Act:
        """The next decision."""
        self.minutes += 1
        return Act("Ana", datetime(2026, 3, 31, 9, tzinfo=UTC) + timedelta(minutes=self.minutes), self.day)

    @property
    def changes(self) -> int:
        """How many changes there are."""
        return Change.objects.using(self.book.alias).filter(workspace_id=self.book.workspace_id).count()

    def plan(self, client: str, on: date, amount: str = "1200") -> Done:
        """One invoice planned."""
        whom = client_called(EVERYTHING, self.book, client)
        return planning.plan(
            EVERYTHING, self.book, whom, planning.alike(self.book, whom, [on], Decimal(amount)), self.act
        )

    def move(self, plan: str, on: date) -> Done:
        """A plan moved."""
        return replanning.move(EVERYTHING, self.book, plan, on, self.act)

    def drop(self, plan: str) -> Done:
        """A plan dropped."""
        return replanning.drop(EVERYTHING, self.book, plan, self.act)

    def mark(self, client: str, word: str, **more: Any) -> Done:
        """A client marked."""
        whom = client_called(EVERYTHING, self.book, client)
        return marking.mark(EVERYTHING, self.book, whom, word, self.act, on=more.pop("on", self.day), **more)

    def note(self, client: str, text: str) -> Done:
        """Something noted."""
        return saying.note(EVERYTHING, self.book, client_called(EVERYTHING, self.book, client), text, self.act)

    def assign(self, client: str, rep: str) -> Done:
        """A client given to a rep."""
        whom = client_called(EVERYTHING, self.book, client)
        return saying.assign(EVERYTHING, self.book, whom, rep, self.act, since=self.day)

    def undo(self, number: int) -> Done:
        """A change taken back."""
        return undoing.undo(EVERYTHING, self.book, str(number), self.act)

    def brought(self, *invoices: Row, clients: tuple[str, ...] = (), drafts: tuple[Row, ...] = ()) -> int:
        """The number of an import of invoices (id, client, day, amount), which closes the plans that they keep."""
        act = self.act
        with entry(self.book, "import", at=act.at, by=act.by) as made:
            for one in clients:
                made.put(Client, one, source="file", client_id=one, name=one.title(), created_on=ago(800), more="{}")
            for state, rows in (("issued", invoices), ("planned", drafts)):
                for invoice_id, client, on, amount in rows:
                    made.put(
                        Invoice, invoice_id, source="file", invoice_id=invoice_id, client_id=client, kind="invoice",
                        state=state, issued_on=on, known_on=min(on, self.day), amount=Decimal(amount), currency="EUR",
                        more="{}",
                    )  # fmt: skip
            match_new(made, day=self.day)
            number: int = made.change.number
        return number

    def segment(self, client: str) -> str | None:
        """Where the client stands today."""
        return segments(self.book, [client], self.day).get(client)

    def row(self, plan: str) -> Any:
        """The plan as it is now; None when it is gone."""
        return holding(self.book).filter(invoice_id=plan).first()
