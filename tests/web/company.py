"""Two small companies in one database, with everybody who may come and words of Rival that nobody else may ever see."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.place import named, place, private_file
from cartera.web.site import Site, site_at

if TYPE_CHECKING:
    from cartera.ledger.book import Book

KEY = b"a key of the tests, known to everybody"
MADE = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
ACME, RIVAL = "Acme", "Rival"
PEOPLE = {
    "owner": "olga@acme.example", "manager": "mario@acme.example", "rep": "ana@acme.example",
    "other_rep": "bruno@acme.example", "viewer": "vera@acme.example", "stranger": "sam@rival.example",
    "disabled": "dora@acme.example",
}  # fmt: skip
MEMBERS = (
    ("owner", "owner", "all", "", ""),
    ("manager", "manager", "team", "north", ""),
    ("rep", "rep", "own", "north", "Ana"),
    ("other_rep", "rep", "own", "south", "Bruno"),
    ("viewer", "viewer", "all", "", ""),
    ("disabled", "rep", "own", "north", "Ana"),
)
CANARY = "Zanzibar Kiwi"  # begins every name of Rival's
PASSWORD = "correct horse battery"
REPS = ("Ana", "Bruno")


def two_companies(folder: Path) -> Path:
    """The folder with both companies in one database."""
    from cartera.ledger.book import create_book

    folder.mkdir(parents=True)
    where = place(str(folder))
    private_file(where.key, KEY)
    acme = create_book(where.address, ACME, at=MADE, key=KEY, currency="EUR", time_zone="UTC")
    rival = create_book(where.address, RIVAL, at=MADE, key=KEY, currency="EUR", time_zone="UTC")
    fill(acme, "Client", REPS)
    fill(rival, CANARY, ("Kiwi Rep",))
    people(acme, rival)
    from cartera.ledger.database import disconnect

    disconnect(acme.alias)
    return folder


def opened(folder: Path) -> Site:
    """The site of the folder."""
    return site_at(str(folder))


def fill(book: Book, name: str, reps: tuple[str, ...]) -> None:
    """Twelve clients whose last invoices are 10, 50, 90 ... days old, by turns of the reps."""
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Client, Invoice

    today = datetime.now(UTC).date()
    with entry(book, "import", at=MADE, by="Olga", told={"file": "start.csv"}) as made:
        for n in range(12):
            key = f"{name[0].lower()}{n:02}"
            made.put(
                Client, key, source="start", client_id=key, name=f"{name} {n:02}", rep=reps[n % len(reps)],
                region="North" if n % 2 == 0 else "South", email=f"{key}@{name[0].lower()}.example",
                created_on=date(2023, 1, 1),
            )  # fmt: skip
            for k in range(4):
                day = today - timedelta(days=10 + 40 * n + 90 * k)
                made.put(Invoice, f"{key}-{k}", source="start", **invoice(f"{key}-{k}", key, day, 1000 + 100 * n + k))


def invoice(invoice_id: str, client: str, day: date, amount: int) -> dict[str, Any]:
    """An issued invoice."""
    return {
        "invoice_id": invoice_id, "client_id": client, "kind": "invoice", "state": "issued", "issued_on": day,
        "amount": Decimal(amount), "currency": "EUR", "number": invoice_id,
    }  # fmt: skip


def people(acme: Book, rival: Book) -> None:
    """Everybody's account and place."""
    from cartera.ledger.models import Membership, User

    made = {
        who: User.objects.db_manager(acme.alias).create_user(email, None, name=who) for who, email in PEOPLE.items()
    }
    for who, role, sees, team, rep in MEMBERS:
        Membership.objects.using(acme.alias).create(
            workspace_id=acme.workspace_id, user=made[who], role=role, sees=sees, team=team, rep=rep
        )
    Membership.objects.using(acme.alias).create(workspace_id=rival.workspace_id, user=made["stranger"], role="owner")
    User.objects.using(acme.alias).filter(email=PEOPLE["disabled"]).update(is_active=False)


def workspace_text(folder: Path, name: str) -> str:
    """What names one of both companies for a command."""
    return named(str(folder), name)
