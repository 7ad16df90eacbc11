"""Who may come in, at the command line: invited, given a role, disabled, let in again when locked out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.ledgers import KEY, MOMENT

from cartera.app.workspace.access import invitations, passwords
from cartera.app.workspace.place import open_workspace, place, server_key
from cartera.cli.main import main


@pytest.fixture
def acme(tmp_path: Path, templates: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """A workspace with an owner who cannot sign in."""
    from tests.ledgers import fresh

    from cartera.ledger.book import create_book
    from cartera.ledger.models import Membership, User

    address = fresh("sqlite", tmp_path, templates)
    text = str(Path(address).parent)
    place(text).key.write_bytes(KEY)
    book = create_book(address, "Acme", at=MOMENT, key=KEY)
    user = User.objects.db_manager(book.alias).create_user("olga@acme.example", None, name="Olga")
    Membership.objects.using(book.alias).create(workspace_id=book.workspace_id, user=user, role="owner")
    monkeypatch.chdir(text)
    return text


def run(*words: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The exit status and everything that was said."""
    status = main(["people", *words])
    said = capsys.readouterr()
    return status, said.out + said.err


def test_people_are_invited_and_listed(acme: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run(
        "invite", "ana@acme.example", "rep", "--rep", "Ana", "--url", "https://crm.acme.example", capsys=capsys
    )
    assert status == 0
    link = said.split()[5]
    assert link.startswith("https://crm.acme.example/join/")
    assert invitations.invited(open_workspace(acme).alias, link.rpartition("/")[2]) is not None
    assert run("list", capsys=capsys) == (0, "olga@acme.example  owner, all clients\n")
    status, said = run("list", "--json", capsys=capsys)
    assert json.loads(said)[0]["role"] == "owner"


def test_the_last_owner_stays(acme: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = "olga@acme.example is the last owner of this workspace. Make somebody else an owner first.\n"
    for word in ("disable", "remove"):
        assert run(word, "olga@acme.example", capsys=capsys) == (2, told)
    assert run("role", "olga@acme.example", "viewer", capsys=capsys) == (2, told)
    assert run("enable", "olga@acme.example", capsys=capsys) == (0, "olga@acme.example may come in again.\n")
    assert acme


def test_an_owner_who_is_locked_out_gets_a_link(acme: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run("reset", "OLGA@acme.example", capsys=capsys)
    assert status == 0
    code, token = said.split()[5].split("/")[-2:]
    person = passwords.person_of(open_workspace(acme).alias, server_key(acme)[1], code, token)
    assert person is not None and person.email == "olga@acme.example"


def test_nobody_by_that_name(acme: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = run("disable", "olg@acme.example", capsys=capsys)
    assert (status, said) == (
        2, "unknown person 'olg@acme.example'. Did you mean 'olga@acme.example'? Valid: olga@acme.example.\n"
    )  # fmt: skip
    assert acme
