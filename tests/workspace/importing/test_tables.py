"""Do the tables that a workspace exports come back as they were, and does any folder of fact tables come in?"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.ledger.facts import held
from tests.shells.shell import cartera
from tests.workspace.importing.bringing import Desk, clients, counts, invoices

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.importing.commit import commit
from cartera.app.workspace.importing.prepare import Earlier
from cartera.app.workspace.place import open_workspace
from cartera.errors import Ambiguous, CarteraError
from cartera.ledger.models import FACTS, Assignment, Batch, Contact, Interaction, Line, Mark, Note

BOOKS = (
    "Invoice No,Customer,City,Date,Product,Net,Due\n1001,Acme,Lisbon,2026-01-31,X,100.00,2026-02-28\n"
    "1001,Acme,Lisbon,2026-01-31,Y,10.00,2026-02-28\n1002,Bolt,Porto,2026-02-28,Z,70.50,\n1003,Crux,Faro,2024-02-28,Z,9,\n"
)
SAID = (
    "mark Crux lost --reason price --note '=too dear'",
    "note Acme 'wants a quote, \"soon\"'",
    "assign Acme 'Marta Ruiz'",
    "assign Bolt --nobody",
    "contact add Acme 'Jo Smith' --email jo@acme.com --primary",
    "log Acme call --on '2026-02-03 14:30' --about 'the new offer'",
    "plan Bolt 2027-05-01 500",
    "link Acme Bolt",
)
ANSWERS = (
    "composition --since 2025-01-01 --every month", "timeline", "client --where client_id=Acme", "activity",
)  # fmt: skip
FOLDER = {
    "clients": "client_id,name,interest,colour\na,Acme,true,red\nb,Bolt,,blue\n",
    "invoices": (
        "invoice_id,client_id,issued_on,amount,number\ni1,a,2026-01-31,100.00,7\ni2,b,2026-02-28,-5,\n,c,2026-03-01,8,\n"
    ),
    "lines": "invoice_id,product,amount\ni1,X,60\ni1,Y,40\ni9,Z,1\n",
    "marks": "client_id,mark,marked_on\nb,lost,2026-03-02\n",
    "contacts": "client_id,name,email\na,Jo,jo@a.com\na,jo,again@a.com\n",
    "interactions": "client_id,at,channel\na,2026-02-01 10:00,call\na,2026-02-01T10:00:00+02:00,mail\n",
    "notes": "client_id,at,by,text\na,2026-02-01,Ana,hello\n",
    "assignments": "client_id,rep,since_on\na,Ana,2026-01-01\n",
    "steps": "client_id,due_on,at,by,text,done_on\na,2026-05-01,2026-02-01 10:00,Ana,call,\n",
}


def folder(path: Path, **changed: str) -> Path:
    """The tables as files."""
    path.mkdir()
    for name, text in (FOLDER | changed).items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


@pytest.mark.thorough
@pytest.mark.parametrize("words", ["", "--raw", "--format parquet"])
def test_what_was_exported_answers_the_same_where_it_comes_in(workspace: str, tmp_path: Path, words: str) -> None:
    (tmp_path / "books.csv").write_text(BOOKS, encoding="utf-8")
    tables, other = tmp_path / "tables", str(tmp_path / "other")
    for line in (f"import {tmp_path / 'books.csv'} --yes", *SAID, f"export --output {tables} {words}"):
        assert cartera(f"{line} -w {workspace}").status == 0
    cartera(f"init {other} --currency EUR")
    done = cartera(f"import {tables} -w {other} --yes")
    assert "4 new, 0 changed, 0 unchanged documents, 1 new marks" in done.out
    for view in ANSWERS:
        asked = f"show {view} {{}} --day 2026-03-31 --format json"
        assert cartera(asked.format(other)).out == cartera(asked.format(workspace)).out != "", view
    again = cartera(f"import {tables} -w {other} --yes")
    assert (again.status, "nothing to do" in again.out) == (0, True)
    cartera(f"export -w {other} --output {tmp_path / 'again'} {words}")
    for path in tables.iterdir():
        if path.stem != "invoices":  # they name another source
            assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes(), path.name


def test_every_row_of_every_table_is_accounted_for(desk: Desk, tmp_path: Path) -> None:
    done = desk.imports(folder(tmp_path / "tables"))
    assert counts(done) == (3, 0, 0)
    batch = Batch.objects.using(desk.book.alias).get(change__number=done.number)
    assert (batch.rows_in, batch.rows_new, batch.rows_left_out, batch.rows_structural) == (25, 14, 2, 9)
    assert invoices(desk.book) == [
        ("i1", "a", "2026-01-31", "100.00"), ("i2", "b", "2026-02-28", "-5.00"), ("row 3", "c", "2026-03-01", "8.00"),
    ]  # fmt: skip
    assert clients(desk.book) == [("a", "Acme"), ("b", "Bolt"), ("c", None)]
    assert sorted(str(row.at) for row in held(desk.book, Interaction)) == [
        "2026-02-01 08:00:00+00:00", "2026-02-01 10:00:00+00:00",
    ]  # fmt: skip
    assert [(row.name, row.email) for row in held(desk.book, Contact)] == [("Jo", "jo@a.com")]
    assert [(row.client_id, row.rep, row.since_on) for row in held(desk.book, Assignment)] == [
        ("a", "Ana", date(2026, 1, 1))
    ]
    assert Line.objects.using(desk.book.alias).count() == 2


def test_the_same_tables_again_change_nothing_and_mended_ones_what_changed(desk: Desk, tmp_path: Path) -> None:
    desk.imports(folder(tmp_path / "tables"))
    assert isinstance(desk.prepared(tmp_path / "tables"), Earlier)
    more = folder(
        tmp_path / "more", notes=FOLDER["notes"] + "b,2026-02-02,Ana,more\n", clients="client_id,name\na,Acme\nb,Bolz\n"
    )
    looked = desk.looked(more)
    assert (looked.preview.changes["unchanged"], looked.preview.clients["changed"]) == (3, 1)
    assert looked.preview.said["notes"] == {"unchanged": 1, "new": 1, "left_out": 0}
    version = desk.book.facts_version
    commit(EVERYTHING, looked, now=desk.now, by="Ana")
    assert (desk.book.facts_version, held(desk.book, Note).count()) == (version + 1, 2)


def test_it_is_taken_back_whole(desk: Desk, tmp_path: Path) -> None:
    desk.undoes(desk.imports(folder(tmp_path / "tables")).number)
    assert [model.__name__ for model in FACTS if held(desk.book, model).exists()] == []


def test_taking_the_older_of_two_back_leaves_what_the_newer_found(desk: Desk, tmp_path: Path) -> None:
    first = desk.imports(folder(tmp_path / "tables"))
    desk.imports(folder(tmp_path / "more", lines="invoice_id,product,amount\ni1,X,60\ni1,Y,40\n"))
    desk.undoes(first.number)
    assert (held(desk.book, Mark).count(), held(desk.book, Contact).count(), len(invoices(desk.book))) == (1, 1, 3)


def test_refused_rows_are_asked_about_listed_and_gone_once_they_are_mended(workspace: str, tmp_path: Path) -> None:
    wrong = folder(
        tmp_path / "tables",
        notes=FOLDER["notes"] + "a,never,Ana,x\n",
        invoices=FOLDER["invoices"] + "i1,b,2026-03-03,1,\n",
    )
    asked = cartera(f"import {wrong} -w {workspace} --yes")
    assert (asked.status, "2 rows cannot be read" in asked.told) == (3, True)
    cartera(f"import {wrong} -w {workspace} --yes --with-rejects")
    listed = json.loads(cartera(f"imports rejects 1 -w {workspace} --format json").out)
    assert [(row["table"], row["reason"]) for row in listed] == [
        ("notes.csv", "BAD_DATE"),
        ("invoices.csv", "REPEATED_ID"),
    ]
    (wrong / "notes.csv").write_text(FOLDER["notes"])
    (wrong / "invoices.csv").write_text(FOLDER["invoices"])
    cartera(f"import {wrong} -w {workspace} --yes")
    assert json.loads(cartera(f"imports rejects 1 -w {workspace} --format json").out) == []


def test_who_was_forgotten_does_not_come_back(workspace: str, tmp_path: Path) -> None:
    place = folder(tmp_path / "tables")
    cartera(f"import {place} -w {workspace} --yes")
    cartera(f"person erase a -w {workspace} --contact Jo --yes")
    cartera(f"person erase b -w {workspace} --yes")
    again = folder(tmp_path / "again", notes="client_id,at,by,text\nb,2026-02-01,Ana,secret\n")
    cartera(f"import {again} -w {workspace} --yes --with-changes")
    book = open_workspace(workspace)
    assert not held(book, Contact).exists()
    assert "secret" not in {row.text for row in held(book, Note)}
    assert all(
        b"jo@a.com" not in bytes(one.file.data) for one in Batch.objects.using(book.alias).select_related("file")
    )


@pytest.mark.parametrize(
    ("changed", "option", "message"),
    [
        ({}, {"header_row": 2}, "--header-row: fact tables have their header in row 1."),
        ({}, {"mapping": {"issued_on": "When"}}, "whose columns are known by their names alone"),
        ({"notes": "client,at,text\n"}, {}, "notes.csv: there is no column client_id"),
    ],
)
def test_what_is_no_folder_of_fact_tables_is_told(
    desk: Desk, tmp_path: Path, changed: dict[str, str], option: dict[str, object], message: str
) -> None:
    with pytest.raises(CarteraError, match=message):
        desk.prepared(folder(tmp_path / "tables", **changed), **option)


def test_a_note_without_a_text_is_refused(desk: Desk, tmp_path: Path) -> None:
    looked = desk.looked(folder(tmp_path / "tables", notes=FOLDER["notes"] + "a,2026-02-02,Ana,\n"))
    assert [one.unclear for one in looked.preview.questions] == [
        "1 row cannot be read (1 MISSING_TEXT). Import the others?"
    ]
    with pytest.raises(CarteraError, match="a question of this import is open"):
        commit(EVERYTHING, looked, now=desk.now, by="Ana")
    assert Ambiguous.exit_status == 3
