"""Forgetting a person: not one byte of them is left, the money is as it was, and no import brings them back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.ledgers import closed
from tests.shells.shell import cartera

from cartera.app.workspace.place import open_workspace, place

if TYPE_CHECKING:
    from cartera.ledger.book import Book

# Each in a column of its own; all of them must be gone. Letters beyond ASCII, as JSON may write them otherwise.
CANARY = {
    "client": "Zebedee Canarín", "email": "zebedee@canary.example", "phone": "+351 919 191 919",
    "street": "Rua da Canária 77", "remark": "allergic to canarinhos", "contact": "Canuta Araripe",
    "contact_mail": "canuta@araripe.example", "note": "owes a birdcage", "said": "sang about millet",
}  # fmt: skip
HEADER = "client,email,phone,street,remark,number,date,amount\n"


def csv_of(*rows: str) -> str:
    return HEADER + "\n".join(rows) + "\n"


def theirs(number: str, day: str, amount: str) -> str:
    return ",".join((*(CANARY[name] for name in ("client", "email", "phone", "street", "remark")), number, day, amount))


FIRST = csv_of(
    theirs("1", "2026-01-05", "100.00"), theirs("2", "2026-02-05", "250.50"), theirs("9", "2026-02-31", "7.00"),
    "Acme,info@acme.example,1,Main Street 1,,3,2026-02-06,70.00",
)  # fmt: skip
SECOND = csv_of(
    theirs("1", "2026-01-05", "100.00"), theirs("2", "2026-02-05", "250.50"), theirs("4", "2026-03-05", "30.00"),
    theirs("9", "2026-02-31", "7.00"),
)  # fmt: skip


def imported(workspace: str, folder: Path, text: str, name: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    done = cartera(f"import {path} -w {workspace} --yes --with-rejects --by Ana")
    path.unlink()
    assert done.status == 0, done.told
    return done.out + done.told


def told_about(workspace: str, folder: Path) -> None:
    """A workspace that knows the person by every way in which one becomes known."""
    imported(workspace, folder, FIRST, "first.csv")
    who = f"'{CANARY['client']}' -w {workspace} --by Ana"
    for line in (
        f"contact add {who} '{CANARY['contact']}' --email {CANARY['contact_mail']}",
        f"log {who} call --about '{CANARY['said']}' --on 2026-02-07",
        f"note {who} '{CANARY['note']}'",
        f"note Acme 'a friend of {CANARY['client']}' -w {workspace} --by Ana",
        f"note Acme 'called {CANARY['client'].upper()} twice' -w {workspace} --by Ana",
        f"mark {who} lost --note '{CANARY['note']}' --on 2026-03-01",
        f"show activity {workspace} --day 2026-03-31",
    ):
        done = cartera(line)
        assert done.status == 0, f"{line}: {done.told}"


def left(workspace: str) -> list[str]:
    """Where any canary still stands: in the bytes of the folder, or in the rows of the database."""
    where = place(workspace)
    book = open_workspace(workspace)
    found = [
        f"{name} in {row}" for name, row in rows(book) for word in CANARY.values() if word.casefold() in row.casefold()
    ]
    closed(book.alias)
    for path in (one for one in where.folder.rglob("*") if one.is_file()):
        data = path.read_bytes()
        for word in (*CANARY.values(), CANARY["client"].upper()):
            shapes = (word.encode(), word.encode("utf-16-le"), json.dumps(word).strip('"').encode())
            found += [f"{word} in {path.name}"] if any(shape in data for shape in shapes) else []
    return found


def rows(book: Book) -> list[tuple[str, str]]:
    from cartera.ledger.privacy.tags import all_models

    return [
        (model.__name__, str({**row, "data": bytes(row.get("data") or b"")}))
        for model in all_models()
        for row in model._default_manager.using(book.alias).values()
    ]


def amounts(workspace: str) -> dict[str, Decimal]:
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.models import Invoice

    found = held(open_workspace(workspace), Invoice).values_list("number", "amount")
    return dict(found)


def erased(workspace: str) -> Any:
    return cartera(f"person erase '{CANARY['client']}' -w {workspace} --yes --by Ana")


@pytest.mark.thorough
def test_the_canary_sings_before(workspace: str, tmp_path: Path) -> None:
    told_about(workspace, tmp_path)
    assert len(left(workspace)) > len(CANARY), "a test that finds nothing before proves nothing after"


def test_not_one_byte_is_left_and_the_money_is_as_it_was(workspace: str, tmp_path: Path) -> None:
    told_about(workspace, tmp_path)
    before = amounts(workspace)
    done = erased(workspace)
    assert done.status == 0, done.told
    assert " 1 kept file emptied. Its invoices stay under erased-" in done.out
    assert left(workspace) == []
    assert amounts(workspace) == before
    shown = cartera(f"show clients {workspace} --day 2026-03-31 --format csv").out
    assert "erased-" in shown and "Acme" in shown
    from cartera.ledger.audit import verify

    assert verify(open_workspace(workspace))[1] == []


@pytest.mark.thorough
def test_no_import_brings_them_back(workspace: str, tmp_path: Path) -> None:
    told_about(workspace, tmp_path)
    erased(workspace)
    told = imported(workspace, tmp_path, SECOND, "second.csv")
    assert "asked to be forgotten" in told
    assert left(workspace) == []
    assert sorted(amounts(workspace)) == ["1", "2", "3", "4"]
    assert imported(workspace, tmp_path, FIRST, "first.csv")
    assert left(workspace) == [] and len(amounts(workspace)) == 4


@pytest.mark.thorough
def test_erasing_cannot_be_undone(workspace: str, tmp_path: Path) -> None:
    told_about(workspace, tmp_path)
    number = erased(workspace).out.partition("(change ")[2].partition(")")[0]
    done = cartera(f"undo {number} -w {workspace}")
    assert (done.status, done.told) == (2, f"change {number} forgot a person; that cannot be undone.\n")


@pytest.mark.thorough
def test_one_contact_goes_and_the_client_stays(workspace: str, tmp_path: Path) -> None:
    told_about(workspace, tmp_path)
    cartera(f"log '{CANARY['client']}' call --about 'spoke with {CANARY['contact']}' -w {workspace}")
    done = cartera(f"person erase '{CANARY['client']}' --contact '{CANARY['contact']}' -w {workspace} --yes")
    assert done.status == 0, done.told
    found = left(workspace)
    assert not [one for one in found if CANARY["contact"] in one.partition(" in ")[0] or CANARY["contact"] in one]
    assert [one for one in found if CANARY["client"] in one]
    path = tmp_path / "contacts.csv"
    path.write_text(
        f"client,contact\n{CANARY['client']},{CANARY['contact']}\n{CANARY['client']},Kim\n", encoding="utf-8"
    )
    told = cartera(f"contact import {path} -w {workspace}").told
    assert "ERASED_PERSON" in told and CANARY["contact"] not in cartera(f"contact list -w {workspace}").out


@pytest.mark.thorough
def test_everything_is_handed_over(workspace: str, tmp_path: Path) -> None:
    told_about(workspace, tmp_path)
    folder = tmp_path / "all"
    done = cartera(f"person export '{CANARY['client']}' --output {folder} -w {workspace}")
    assert done.status == 0, done.told
    told = json.loads((folder / "person.json").read_text(encoding="utf-8"))
    assert {
        "clients",
        "invoices",
        "contacts",
        "interactions",
        "notes",
        "marks",
        "changes",
        "audit",
        "files",
    } <= told.keys()
    text = (folder / "person.json").read_text(encoding="utf-8")
    assert [word for word in CANARY.values() if word not in text] == []
    assert sorted(one.stem for one in folder.glob("*.csv")) == sorted(told)
    from cartera.ledger.models import AuditEntry

    assert AuditEntry.objects.using(open_workspace(workspace).alias).latest("number").verb == "person export"
    assert cartera(f"person export '{CANARY['client']}' --output {folder} -w {workspace}").told == (
        f"the folder {str(folder)!r} holds something. Name a new one.\n"
    )


@pytest.mark.thorough
def test_it_is_asked_first(workspace: str, tmp_path: Path) -> None:
    told_about(workspace, tmp_path)
    done = cartera(f"person erase '{CANARY['client']}' -w {workspace}")
    assert done.status == 2 and "cannot be undone. If that is meant: " in done.told and done.told.endswith("--yes.\n")
    wrong = cartera(f"person erase '{CANARY['client']}' --contact Kim -w {workspace} --yes")
    assert wrong.told == f"unknown contact 'Kim'. Valid: {CANARY['contact']}.\n"


@pytest.mark.thorough
def test_a_restored_backup_forgets_again(workspace: str, tmp_path: Path) -> None:
    told_about(workspace, tmp_path)
    before = tmp_path / "before.cartera"
    made = cartera(f"backup {before} -w {workspace}")
    assert made.status == 0, made.told
    erased(workspace)
    back = tmp_path / "back"
    done = cartera(f"restore {before} {back} --key {place(workspace).key}")
    assert done.status == 0, done.told
    assert left(str(back))
    assert cartera(f"person again {workspace} -w {back} --by Ana").out == "Forgot 1 person again.\n"
    assert left(str(back)) == []


@pytest.mark.thorough
def test_an_other_workspace_says_nothing_about_this_one(workspace: str, tmp_path: Path) -> None:
    other = tmp_path / "other"
    cartera(f"init {other}")
    assert cartera(f"person again {other} -w {workspace}").told == (
        "the two workspaces have different keys: one is no backup of the other."
        " Name the workspace from which the backup was made.\n"
    )


@pytest.mark.thorough
def test_numbers_that_read_like_the_clients_id_stay_numbers(workspace: str, tmp_path: Path) -> None:
    from cartera.ledger.models import Batch, Client

    text = (
        "customer id,client,invoice number,date,amount\n1,Zoe Zimmer,1,2026-01-05,100.00\n2,Bolt,2,2026-01-06,50.00\n"
    )
    imported(workspace, tmp_path, text, "ids.csv")
    done = cartera(f"person erase 1 -w {workspace} --yes")
    assert done.status == 0, done.told
    book = open_workspace(workspace)
    told = Batch.objects.using(book.alias).values_list("told", flat=True)[0]
    imported(workspace, tmp_path, text + "1,Zoe Zimmer,3,2026-02-05,70.00\n", "more.csv")
    assert amounts(workspace) == {"1": Decimal(100), "2": Decimal(50), "3": Decimal(70)}
    names = Client.objects.using(book.alias).values_list("client_id", "name")
    assert {name for _, name in names} == {None, "Bolt"} and "1" not in {client_id for client_id, _ in names}
    assert "erased-" not in json.dumps(told)
