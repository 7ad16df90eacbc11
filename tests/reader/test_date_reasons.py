"""Are the reasons true with which a question about dates prefers one answer?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reader.given import read

from cartera.errors import Ambiguous, Question

ROWS = "A,03/04/2026,{0},x\nB,05/02/2026,{0},y\n"


def asked(folder: Path, text: str) -> Question:
    with pytest.raises(Ambiguous) as refused:
        read(folder, text)
    (question,) = refused.value.questions
    return question


@pytest.mark.parametrize(
    ("header", "amount", "likely", "reasons"),
    [
        ("client,date,amount,source", "5", None, ()),
        ("client,date,amount,interest", "5", None, ()),
        ("client,date,amount,land", "5", None, ()),
        ("client,date,amount,article", "5", None, ()),
        ("client,date,montant,ville", "5", "dmy", ("the header is not English",)),
        ("kunde,datum,betrag,ort", "5", "dmy", ("the header is not English",)),
        ("client,date,amount,city", "$5.00", "mdy", ("the amounts are dollars",)),
        ("client,date,amount,city", "€5.00", "dmy", ("the currency is €",)),
        ("client,date,amount,city", '"5,50"', "dmy", ("the decimal sign is a comma",)),
        ("kunde,datum,betrag,ort", "$5.00", None, ()),
    ],
)
def test_customs_are_told_where_they_hold(
    tmp_path: Path, header: str, amount: str, likely: str | None, reasons: tuple[str, ...]
) -> None:
    question = asked(tmp_path, f"{header}\n{ROWS.format(amount)}")
    assert (question.preselected, question.reasons) == (likely, reasons)


def test_the_order_of_the_rows_speaks_for_the_reading_that_keeps_it(tmp_path: Path) -> None:
    rows = "".join(f"A,{day},5\n" for day in ("05/01/2026", "03/02/2026", "06/03/2026", "02/04/2026"))
    question = asked(tmp_path, f"client,date,amount\n{rows}")
    assert (question.preselected, question.reasons) == ("dmy", ("month first breaks the order of time in the rows",))


def test_a_due_date_is_not_before_its_invoice(tmp_path: Path) -> None:
    question = asked(tmp_path, "client,date,due date,amount\nA,03/04/2026,04/03/2026,5\nB,05/06/2026,06/05/2026,5\n")
    assert question.preselected == "mdy"
    assert question.reasons[0] == "day first puts a due date before its invoice"
