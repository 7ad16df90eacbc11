"""Contacts and interactions that are refused, with the whole message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.shells.shell import cartera
from tests.workspace.identity.acme import ACME, fill

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.people.contacts import import_contacts
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from pathlib import Path

    from cartera.ledger.book import Book


REFUSED = {
    "contact add A1 ' '": "a contact has a name. For example: cartera contact add Acme 'Jo Smith' -w PLACE.",
    "log A1 fax": "unknown channel 'fax'. Valid: call, e-mail, meeting, chat, visit.",
    "log A1 call --on soon": "--on: 'soon' is no day or time. Write 2026-03-31 or '2026-03-31 14:30'.",
    "log A1 call --direction up": "--direction: unknown direction 'up'. Valid: in, out.",
    "log A1": "log does not understand 'A1'. For example: cartera log Acme call --about 'the new offer' -w PLACE,"
    " or cartera log import calls.csv -w PLACE.",
}


def test_refused_lines(workspace: str) -> None:
    from cartera.app.workspace.place import open_workspace

    fill(open_workspace(workspace), ACME)
    told = {line: cartera(f"{line} -w {workspace}").told.strip() for line in REFUSED}
    assert {line: one.replace(workspace, "PLACE") for line, one in told.items()} == REFUSED


FILES = {
    "a,b\n1,2\n": "people.csv: there is no column for client_id or client (found a, b). Name the columns in the first"
    " line, such as: client,contact,role,email,phone",
    "client_id,client,role\n1,2,3\n": "people.csv: there is no column for the contact's name. Call it `contact`, beside"
    " `client`.",
    "client,contact\nNobody,Jo\n": "people.csv: none of the rows can be read. The first: people.csv, line 2, column"
    " client: UNKNOWN_CLIENT 'Nobody'. Import its invoices first, or correct the name.",
}


@pytest.mark.parametrize("text", FILES)
def test_refused_files(book: Book, tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CarteraError) as caught:
        import_contacts(EVERYTHING, book, path, by="Ana")
    assert str(caught.value) == FILES[text]
