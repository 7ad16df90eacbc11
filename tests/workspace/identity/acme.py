"""Clients in a workspace, as an import would leave them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.ledgers import MOMENT

if TYPE_CHECKING:
    from cartera.ledger.book import Book

ACME = {"client_id": "A1", "name": "Acme Ltd", "phone": "+44 20 7946 0958", "postcode": "N1 9GU"}
TWIN = {"client_id": "B7", "name": "ACME Limited", "phone": "020 7946 0958", "city": "London"}
NORTH = {"client_id": "N1", "name": "Acme North Ltd", "postcode": "M1 1AE"}
SOUTH = {"client_id": "S1", "name": "Acme South Ltd", "postcode": "M1 1AE"}


def fill(book: Book, *clients: dict[str, Any], invoices: int = 1) -> None:
    """Clients, each with an invoice on the first of January for every year from 2026 backwards."""
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Client, Invoice

    with entry(book, "import", at=MOMENT, by="Ana") as made:
        for given in clients:
            own = {name: value for name, value in given.items() if name in Client.COLUMNS}
            more = {name: value for name, value in given.items() if name not in Client.COLUMNS}
            made.put(Client, given["client_id"], source="file", **own, more=json.dumps(more))
            for number in range(invoices):
                key = f"{given['client_id']}-{number}"
                made.put(
                    Invoice, key, source="file", invoice_id=key, client_id=given["client_id"], kind="invoice",
                    state="issued", issued_on=date(2026 - number, 1, 1), amount=100, currency="EUR",
                )  # fmt: skip
