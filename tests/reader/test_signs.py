"""Which sign has a credit note? Negative, whatever its file writes; what a document states itself is read alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reader.given import invoices, read

TURNED = "1 of 2 rows of credit notes is positive in the file: it is read as negative (-50.00)."
XERO = "ContactName,InvoiceNumber,InvoiceDate,Total,TaxTotal,Quantity,UnitAmount,LineAmount,TaxAmount,Type\n"
NOTE = (
    "A,1,31/01/2026,120.00,20.00,1,100,100.00,20.00,Sales invoice\n"
    "A,2,31/01/2026,12.00,2.00,1,10,10.00,2.00,Sales credit note\n"
)


@pytest.mark.parametrize(
    ("rows", "amounts", "notices"),
    [
        (("1,100,Factura", "2,50,Abono", "3,-50,Factura rectificativa"), ["100", "-50", "-50"], [TURNED]),
        (("1,100,Factura", "2,-50,Abono"), ["100", "-50"], []),
    ],
)
def test_a_file_of_both_signs_is_turned_row_by_row(
    tmp_path: Path, rows: tuple[str, ...], amounts: list[str], notices: list[str]
) -> None:
    text = "".join(f"A,2026-01-31,{row}\n" for row in rows)
    reading = read(tmp_path, f"Cliente,Fecha,Factura,Neto,Tipo\n{text}")
    assert ([amount for *_, amount in invoices(reading)], reading.notices) == (amounts, notices)
    assert reading.understood[-1].endswith(f"net {sum(map(int, amounts))}.00.")


def test_a_line_that_takes_something_off_a_credit_stays(tmp_path: Path) -> None:
    reading = read(tmp_path, "client,no,date,net,type\nA,2,2026-01-31,-50,Credit\nA,2,2026-01-31,5,Credit\n")
    assert (invoices(reading), reading.notices) == ([("A", "2026-01-31", "-45")], [])


def test_the_total_that_a_positive_credit_note_repeats_agrees(tmp_path: Path) -> None:
    reading = read(tmp_path, XERO + NOTE)
    assert [(control.stated, control.agrees) for control in reading.controls] == [("108.00", True)]
    wrong = read(tmp_path, XERO + NOTE.replace("12.00", "15.00"))
    assert "The file's own sums differ: the total of 2 says -15.00, the rows give -12.00." in wrong.notices


@pytest.mark.parametrize(
    ("total", "wrong"), [("150", []), ("50", []), ("60", ["Total says 60.00, the rows give 50.00"])]
)
def test_a_file_may_sum_its_credit_notes_either_way(tmp_path: Path, total: str, wrong: list[str]) -> None:
    rows = f"A,1,2026-01-31,100,Invoice\nA,2,2026-01-31,50,Credit note\nTotal,,,{total},\n"
    notices = read(tmp_path, f"client,number,date,net,type\n{rows}").notices
    assert notices[1:] == [f"The file's own sums differ: {one}." for one in wrong]
