"""What does an import ask before it writes? Each question has an option that answers it."""

from __future__ import annotations

import pytest
from tests.ledger.facts import everything
from tests.workspace.importing.bringing import Desk, counts, invoices

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.importing.commit import commit
from cartera.errors import Ambiguous, CarteraError

HEAD = "Invoice No,Customer,Date,Amount\n"
MANY = HEAD + "".join(f"{n},Client {n % 7},2026-01-{n:02},{n}.00\n" for n in range(1, 29))


def options(desk: Desk, text: str, **said: object) -> list[str]:
    """The options of the open questions."""
    return [one.option for one in desk.looked(text, **said).preview.questions]


def test_refused_rows_are_a_question(desk: Desk) -> None:
    text = HEAD + "1,Acme,2026-01-31,100.00\n2,Acme,2026-02-30,5.00\n"
    assert options(desk, text) == ["--with-rejects"]
    assert options(desk, text, with_rejects=True) == []


def test_a_question_left_open_writes_nothing(desk: Desk) -> None:
    before = everything(desk.book)
    seen = desk.looked(HEAD + "1,Acme,2026-01-31,100.00\n2,Acme,2026-02-30,5.00\n")
    with pytest.raises(CarteraError, match="a question of this import is open"):
        commit(EVERYTHING, seen, now=desk.now, by="Ana")
    assert everything(desk.book) == before


def test_sums_that_differ_are_a_question(desk: Desk) -> None:
    text = HEAD + "1,Acme,2026-01-31,100.00\n2,Beta,2026-02-28,5.00\nTotal,,,106.00\n"
    assert options(desk, text) == ["--with-differences"]
    assert options(desk, text.replace("106.00", "105.00")) == []


def test_many_changes_are_a_question_and_a_few_are_not(desk: Desk) -> None:
    desk.imports(MANY)
    assert options(desk, MANY.replace("1.00", "9.50")) == []
    assert options(desk, MANY.replace(".00", ".50")) == ["--with-changes"]
    assert counts(desk.imports(MANY.replace(".00", ".50"), with_changes=True)) == (0, 28, 0)


def test_a_client_under_another_name_is_a_question(desk: Desk) -> None:
    desk.imports(HEAD + "1,Acme,2026-01-31,100.00\n2,Acme,2026-02-28,110.00\n3,Beta,2026-02-28,7.00\n")
    text = HEAD + "1,Acme Holding,2026-01-31,100.00\n2,Acme Holding,2026-02-28,110.00\n3,Beta,2026-02-28,7.00\n"
    (question,) = desk.looked(text).preview.questions
    assert (question.option, question.preselected) == ("--renamed", "same")
    assert "'Acme Holding' has the documents of 'Acme'" in question.unclear


def test_a_renamed_client_stays_one_and_is_remembered(desk: Desk) -> None:
    desk.imports(HEAD + "1,Acme,2026-01-31,100.00\n2,Beta,2026-02-28,7.00\n")
    text = HEAD + "1,Acme Holding,2026-01-31,100.00\n2,Beta,2026-02-28,7.00\n"
    assert counts(desk.imports(text, renamed="same"))[0] == 0
    more = text + "3,Acme Holding,2026-03-31,50.00\n"
    assert options(desk, more) == []
    desk.imports(more)
    assert [row[1] for row in invoices(desk.book)] == ["Acme", "Beta", "Acme"]


def test_another_client_is_added(desk: Desk) -> None:
    desk.imports(HEAD + "1,Acme,2026-01-31,100.00\n2,Beta,2026-02-28,7.00\n")
    text = HEAD + "1,Acme Holding,2026-01-31,100.00\n2,Beta,2026-02-28,7.00\n"
    desk.imports(text, renamed="other")
    assert len(invoices(desk.book)) == 3


OPEN = "Invoice No,Customer,Date,Amount\n1,Acme,01/02/2026,100.00\n2,Acme,03/02/2026,100.00\n"


def test_an_answer_is_remembered_for_files_of_the_same_header(desk: Desk) -> None:
    with pytest.raises(Ambiguous):
        desk.looked(OPEN)
    desk.imports(OPEN, date_order="mdy")
    seen = desk.looked(OPEN + "3,Acme,04/02/2026,100.00\n")
    assert seen.preview.understood[0] == "As on 2026-03-31: date order mdy."
    assert counts(desk.imports(seen.path)) == (1, 0, 2)


def test_a_file_that_decides_for_itself_does_not_heed_the_memory(desk: Desk) -> None:
    desk.imports(OPEN, date_order="mdy")
    seen = desk.looked(OPEN + "3,Acme,31/03/2026,100.00\n")
    assert not [line for line in seen.preview.understood if line.startswith("As on")]


def test_corrected_columns_are_remembered(desk: Desk) -> None:
    text = "Ref,Who,When,Much,Date\n1,Acme,2026-01-31,100.00,2026-02-01\n"
    desk.imports(text, mapping={"issued_on": "When", "net": "Much", "client": "Who", "number": "Ref"})
    seen = desk.looked(text + "2,Acme,2026-02-28,100.00,2026-03-01\n")
    assert seen.preview.understood[0] == "As on 2026-03-31: the columns."
    assert counts(desk.imports(seen.path)) == (1, 0, 1)
