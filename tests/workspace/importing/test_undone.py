"""What does taking an import back leave? What was there, what people decided, what is held newer."""

from __future__ import annotations

from tests.ledger.facts import held
from tests.workspace.importing.bringing import Desk, clients, invoices

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.deciding.act import Act
from cartera.app.workspace.deciding.undoing import undo
from cartera.ledger.entry import entry
from cartera.ledger.models import FACTS, Note

SALES = "Invoice No,Customer,Date,Amount\n1,Acme,2026-01-31,100.00\n2,Beta,2026-02-28,7.00\n"


def holding(desk: Desk) -> list[tuple[object, ...]]:
    """Everything that holds now, by what it says."""
    return sorted(
        (model.__name__, row.source, row.key, row.digest) for model in FACTS for row in held(desk.book, model)
    )


def test_taking_back_an_import_leaves_the_facts_as_they_were(desk: Desk) -> None:
    desk.imports(SALES)
    before, version = holding(desk), desk.book.facts_version
    desk.imports(SALES.replace("7.00", "8.00") + "3,Gamma,2026-03-31,1.00\n")
    desk.undoes(2)
    assert holding(desk) == before
    assert desk.book.facts_version > version


def test_a_client_with_a_note_stays(desk: Desk) -> None:
    desk.imports(SALES)
    with entry(desk.book, "note", at=desk.now(), by="Ana") as made:
        made.put(Note, "1", client_id="Acme", at=desk.now(), by="Ana", text="likes tea")
    desk.undoes(1)
    assert clients(desk.book) == [("Acme", "Acme")]
    assert invoices(desk.book) == []


def test_what_a_newer_file_holds_as_it_was_stays_when_the_older_is_taken_back(desk: Desk) -> None:
    desk.imports(SALES)
    desk.imports(SALES + "3,Gamma,2026-03-31,1.00\n")
    before = holding(desk)
    told = undo(EVERYTHING, desk.book, "1", Act("Ana", desk.now(), desk.day))
    assert told.effect == "No fact changes."  # nobody decided about anybody
    assert holding(desk) == before
    desk.undoes(2)
    assert holding(desk) == []


def test_taking_back_the_newer_one_leaves_what_the_older_brought(desk: Desk) -> None:
    desk.imports(SALES)
    before = holding(desk)
    desk.imports(SALES + "3,Gamma,2026-03-31,1.00\n")
    desk.undoes(2)
    assert holding(desk) == before
    desk.undoes(3)
    assert len(invoices(desk.book)) == 3


def test_a_file_taken_back_can_be_imported_again(desk: Desk) -> None:
    desk.imports(SALES)
    before = holding(desk)
    desk.undoes(1)
    desk.imports(SALES)
    assert holding(desk) == before
