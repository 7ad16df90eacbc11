"""Contacts and interactions: by hand, from files, for one client or for all, each row accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.ledgers import MOMENT
from tests.shells.shell import cartera
from tests.workspace.identity.acme import ACME, NORTH, SOUTH, TWIN, fill

from cartera.app.scope import EVERYTHING, Scope
from cartera.app.workspace.identity.link import link_same
from cartera.app.workspace.people.contacts import add_contact, contacts, import_contacts
from cartera.app.workspace.people.interactions import import_interactions, interactions, log

if TYPE_CHECKING:
    from pathlib import Path

    from cartera.ledger.book import Book

CONTACTS = (
    "Customer,Contact,Title,E-mail,Phone,Primary,Birthday\n"
    "Acme Ltd,Jo Smith,Buyer,jo@acme.com,+44 20 1,yes,1980-01-01\n"
    "N1,Kim,,,,,\n"
    "Nobody,Lee,,,,,\n"
    "Acme Ltd,,,,,,\n"
    "Acme Ltd,jo  smith,,,,,\n"
    ",,,,,,\n"
)
CALLS = (
    "date,client,type,direction,about,user\n"
    "2026-03-30 17:05,Acme Ltd,Phone call,out,the new offer,Ana\n"
    "2026-03-30 17:05,Acme Ltd,Phone call,out,the new offer,Ana\n"
    "30/03/2026,Acme Ltd,call,,,\n"
    "31/12/2026x,Acme Ltd,call,,,\n"
    "2026-03-29,Acme Ltd,fax,,,\n"
    "2026-03-29,N1,Visit,in,shop,\n"
)


def written(folder: Path, text: str) -> Path:
    path = folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_contacts_of_a_file(book: Book, tmp_path: Path) -> None:
    fill(book, ACME, NORTH)
    found = import_contacts(EVERYTHING, book, written(tmp_path, CONTACTS), by="Ana")
    assert found.taken.account.equation == "7 rows read = 2 accepted + 3 rejected + 2 structural"
    assert found.unused == ("Birthday",)
    assert [one.sentence for one in found.problems] == [
        "people.csv, line 4, column Customer: UNKNOWN_CLIENT 'Nobody'. Import its invoices first, or correct the name.",
        "people.csv, line 5, column Contact: MISSING_NAME. Give the contact's name.",
        "people.csv, line 6, column Contact: REPEATED_CONTACT 'jo  smith'. Keep one row per contact and client.",
    ]
    assert [(row["client_id"], row["name"], row["role"], row["is_primary"]) for row in contacts(EVERYTHING, book)] == [
        ("A1", "Jo Smith", "Buyer", True), ("N1", "Kim", "", False),
    ]  # fmt: skip
    again = import_contacts(EVERYTHING, book, written(tmp_path, CONTACTS), by="Ana")
    assert again.taken.counts == "0 new, 0 changed, 2 unchanged"


def test_interactions_of_a_file_and_equal_rows_stay_two(book: Book, tmp_path: Path) -> None:
    fill(book, ACME, NORTH)
    found = import_interactions(EVERYTHING, book, written(tmp_path, CALLS), by="Ana")
    assert found.taken.account.equation == "7 rows read = 3 accepted + 3 rejected + 1 structural"
    assert [one.sentence for one in found.problems] == [
        "people.csv, line 4, column date: BAD_DATE '30/03/2026'. Write 2026-03-30 (year-month-day).",
        "people.csv, line 5, column date: BAD_DATE '31/12/2026x'. Write 2026-03-31 or 2026-03-31 14:30.",
        "people.csv, line 6, column type: UNKNOWN_CHANNEL 'fax'. Use one of: call, e-mail, meeting, chat, visit.",
    ]
    again = import_interactions(EVERYTHING, book, written(tmp_path, CALLS), by="Ana")
    assert again.taken.counts == "0 new, 0 changed, 3 unchanged"


def test_times_are_those_on_the_clock_of_the_workspace(book: Book) -> None:
    from cartera.ledger.models import Interaction, Workspace

    Workspace.objects.using(book.alias).update(time_zone="Asia/Tokyo")
    fill(book, ACME)
    log(EVERYTHING, book, "A1", "call", by="Ana", on="2026-03-30 17:05")
    log(EVERYTHING, book, "A1", "visit", by="Ana", on="2026-03-31")
    assert Interaction.objects.using(book.alias).earliest("id").at.isoformat() == "2026-03-30T08:05:00+00:00"
    assert [f"{row['at']:%Y-%m-%d %H:%M}" for row in interactions(EVERYTHING, book)] == [
        "2026-03-31 12:00", "2026-03-30 17:05",
    ]  # fmt: skip


def test_a_contact_is_changed_and_what_is_not_said_stays(book: Book) -> None:
    from cartera.ledger.undo import undo

    fill(book, ACME)
    add_contact(EVERYTHING, book, "A1", "Jo Smith", by="Ana", email="jo@acme.com")
    number, sentence = add_contact(EVERYTHING, book, "Acme Ltd", "jo smith", by="Ana", phone="1")
    assert sentence == "Changed jo smith at Acme Ltd (A1)"
    assert [(row["email"], row["phone"]) for row in contacts(EVERYTHING, book)] == [("jo@acme.com", "1")]
    undo(book, number, at=MOMENT, by="Ana")
    assert [(row["name"], row["phone"]) for row in contacts(EVERYTHING, book)] == [("Jo Smith", "")]


def test_the_people_of_a_linked_client_are_the_leading_clients(book: Book) -> None:
    fill(book, ACME, TWIN)
    add_contact(EVERYTHING, book, "B7", "Jo", by="Ana")
    log(EVERYTHING, book, "B7", "chat", by="Ana", on="2026-03-30")
    link_same(EVERYTHING, book, "A1", "B7", by="Ana")
    assert len(contacts(EVERYTHING, book, "A1")) == len(interactions(EVERYTHING, book, "A1")) == 1


def test_who_sees_some_clients_sees_their_people(book: Book) -> None:
    fill(book, ACME, SOUTH)
    add_contact(EVERYTHING, book, "A1", "Jo", by="Ana")
    assert contacts(Scope(clients=frozenset({"S1"})), book) == []


def test_at_the_command_line(workspace: str, tmp_path: Path) -> None:
    from cartera.app.workspace.place import open_workspace

    fill(open_workspace(workspace), ACME, NORTH)
    told = cartera(f"contact add A1 'Jo Smith' --email jo@acme.com --primary -w {workspace}").out
    assert told.startswith("Added Jo Smith at Acme Ltd (A1) (change 2). To take it back: ")
    assert cartera(f"contact list A1 -w {workspace}").out == "A1  Jo Smith  jo@acme.com\n"
    done = cartera(f"log 'Acme Ltd' call --on 2026-03-30 --about 'the new offer' -w {workspace} --by Ana")
    assert done.out.startswith("Logged a call with Acme Ltd (A1) on 2026-03-30: the new offer (change 3). To take")
    assert cartera(f"log list -w {workspace}").out == "2026-03-30 12:00  A1  call  the new offer  Ana\n"
    assert cartera(f"contact import {written(tmp_path, CONTACTS)} -w {workspace}").told.startswith(
        "Not kept: the columns"
    )
    assert cartera(f"log import {written(tmp_path, CALLS)} -w {workspace}").out.startswith("7 rows read = 3 accepted")


@pytest.mark.thorough
def test_the_profile_shows_people_and_the_workspace_names_the_rules(workspace: str) -> None:
    from cartera.app.workspace.place import open_workspace

    fill(open_workspace(workspace), ACME, TWIN)
    cartera(f"contact add A1 'Jo Smith' --email jo@acme.com --primary -w {workspace}")
    cartera(f"log B7 call --on 2026-03-30 --about 'the new offer' --direction out -w {workspace} --by Ana")
    cartera(f"link A1 B7 -w {workspace}")
    shown = cartera(f"show client {workspace} --where client_id=A1 --day 2026-03-31 --format csv").out
    assert 'interactions,call,2026-03-30,,,,"the new offer, we began, by Ana"\n' in shown
    assert 'contacts,Jo Smith,,,,,"jo@acme.com, primary"\n' in shown
    assert (
        "interactions" not in cartera(f"show client {workspace} --where client_id=A1 --day 2026-03-29 --format csv").out
    )
    cartera(f"settings policy salescope -w {workspace}")
    assert "inactive" in cartera(f"show composition {workspace} --day 2026-03-31 --format csv").out
    assert "hibernating" in cartera(f"show composition {workspace} --policy kopilot --day 2026-03-31 --format csv").out


@pytest.mark.thorough
def test_people_are_taken_along(workspace: str, tmp_path: Path) -> None:
    from cartera.app.workspace.place import open_workspace

    fill(open_workspace(workspace), ACME)
    cartera(f"contact add A1 'Jo Smith' --email jo@acme.com --primary -w {workspace}")
    cartera(f"log A1 call --on '2026-03-30 17:05' --about '=the offer' -w {workspace} --by Ana")
    done = cartera(f"export --output {tmp_path / 'out'} -w {workspace}")
    assert done.status == 0, done.told
    assert (tmp_path / "out" / "contacts.csv").read_text().splitlines()[1].startswith("A1,Jo Smith,,jo@acme.com,,true")
    assert "A1,2026-03-30" in (tmp_path / "out" / "interactions.csv").read_text()
    assert "'=the offer" in (tmp_path / "out" / "interactions.csv").read_text()
    assert cartera(f"show clients {tmp_path / 'out'} --day 2026-03-31").status == 0
