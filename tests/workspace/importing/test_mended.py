"""Do refused rows find their way back? As a file with its own columns, mended, imported, joined to its batch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.reader.given import workbook
from tests.workspace.importing.bringing import Desk, counts, invoices

from cartera.app.export.csv_text import encoded
from cartera.app.scope import EVERYTHING
from cartera.app.workspace.rejects import rejects
from cartera.cli.render.fit import fitting
from cartera.cli.render.table import sheet
from cartera.errors import InputError
from cartera.ledger.models import AuditEntry, Batch, RejectedRow

if TYPE_CHECKING:
    from cartera.views.view import Answer

BAD = (
    "Invoice No;Customer;Date;Amount\n"
    "1;Acme;31/01/2026;100,00\n"
    "2;=Beta;30/02/2026;50,00\n"
    "3;Gamma;01/02/2026;7,00\n"
    "4;Delta;02/02/2026;x\n"
)
LOOSE = "Customer,Date,Amount\nAcme,2026-01-31,100.00\nAcme,2026-01-31,x\n"


def refused(desk: Desk, number: int = 1) -> Answer:
    return rejects(EVERYTHING, desk.book, number, day=desk.day)


def test_the_audit_tells_who_took_refused_rows(desk: Desk) -> None:
    desk.imports(LOOSE, with_rejects=True)
    refused(desk)
    line = AuditEntry.objects.using(desk.book.alias).order_by("-number").first()
    assert line is not None
    assert (line.verb, line.value.value) == ("rejects", '{"after": {"import": 1, "refused_rows": 1}}')


def mended(desk: Desk, change: dict[str, str], number: int = 1, name: str = "mended.csv") -> Path:
    """The list of refused rows as a file, with some text changed."""
    text = encoded(refused(desk, number)).decode()
    for before, after in change.items():
        assert before in text
        text = text.replace(before, after)
    return desk.written(text.encode(), name)


def test_refused_rows_come_with_their_own_columns_and_why(desk: Desk) -> None:
    desk.imports(BAD, with_rejects=True)
    answer = refused(desk)
    assert [column.name for column in answer.columns] == [
        "line", "reason", "column", "hint", "Invoice No", "Customer", "Date", "Amount", "cartera_row",
    ]  # fmt: skip
    first, second = answer.rows.to_pylist()
    assert (first["Customer"], first["line"], first["reason"], first["column"]) == ("=Beta", "3", "BAD_DATE", "Date")
    assert (second["Amount"], second["reason"]) == ("x", "BAD_NUMBER")


def test_a_narrow_screen_leaves_out_the_files_own_columns(desk: Desk) -> None:
    header = ",".join(f"a rather long name of a further column {place}" for place in range(5))
    row = "{},Acme,{},1.00" + ",text" * 5 + "\n"
    text = f"Invoice No,Customer,Date,Amount,{header}\n"
    days = ("2026-01-31", "2026-02-01", "2026-02-02", "2026-02-03", "2026-02-30", "2026-02-31")
    text += "".join(row.format(number, day) for number, day in enumerate(days))
    desk.imports(text, with_rejects=True)
    answer = refused(desk)
    sheets = [sheet(column, answer.rows.to_pylist(), answer) for column in answer.columns]
    assert [one.column.name for one in fitting(sheets, 80)][:4] == ["line", "reason", "column", "hint"]


def test_no_cell_can_become_a_formula_and_none_keeps_the_mark(desk: Desk) -> None:
    desk.imports(BAD, with_rejects=True)
    path = mended(desk, {"30/02/2026": "28/02/2026", ",x,": ",9,"})
    assert "'=Beta" in path.read_text()
    desk.imports(path)
    assert ("2", "=Beta", "2026-02-28", "50.00") in invoices(desk.book)


NUL_CSV = b"Invoice No,Customer,Date,Amount\n1,Acme\x00,2026-01-31,1.00\n2,Acme,2026-01-31,2.00\n"
NUL_JSON = rb"""[{"client": "A\u0000", "date": "2026-01-31", "amount": "1.00"},
 {"client": "A\ud800", "date": "2026-01-31", "amount": "3.00"},
 {"client": "Acme", "date": "2026-01-31", "amount": "2.00"}]"""


@pytest.mark.parametrize(("data", "name", "count"), [(NUL_CSV, "nul.csv", 1), (NUL_JSON, "nul.json", 2)])
def test_what_no_database_takes_is_refused_row_by_row(desk: Desk, data: bytes, name: str, count: int) -> None:
    desk.imports(desk.written(data, name), with_rejects=True)
    assert [row[3] for row in invoices(desk.book)] == ["2.00"]
    assert [row["reason"] for row in refused(desk).rows.to_pylist()] == ["NOT_TEXT"] * count
    assert len(encoded(refused(desk)).splitlines()) == 1 + count


def test_a_row_that_somebody_added_moves_no_mark_to_another(desk: Desk) -> None:
    desk.imports(BAD, with_rejects=True)
    head, first, second, *_ = encoded(refused(desk)).decode().splitlines()
    added = ",,,,9,Extra,2026-02-03,1.00,"
    desk.imports(desk.written("\n".join([head, added, first.replace("30/02", "28/02"), second]).encode(), "m.csv"),
                 with_rejects=True)  # fmt: skip
    assert [row["Amount"] for row in refused(desk).rows.to_pylist()] == ["x"]


@pytest.mark.parametrize("text", ["\u00b2", "9" * 30])
def test_a_hidden_number_that_is_none_is_refused_in_a_sentence(desk: Desk, text: str) -> None:
    with pytest.raises(InputError, match="these are refused rows of another workspace"):
        desk.looked(f"client,date,amount,cartera_row\nA,2026-05-13,5.00,{text}\n")


def test_mended_rows_join_their_batch_and_are_read_as_its_file_was(desk: Desk) -> None:
    desk.imports(BAD, with_rejects=True)
    # Days of 12 and less alone would be a question: the file of the batch settled it.
    path = mended(desk, {"30/02/2026": "03/02/2026", ",x,": ',"9,50",'})
    seen = desk.looked(path)
    assert seen.preview.understood[0] == "These rows mend import 1 of sales.csv."
    desk.imports(path)
    assert [row[2:] for row in invoices(desk.book)][1:3] == [("2026-02-01", "7.00"), ("2026-02-02", "9.50")]
    batch = Batch.objects.using(desk.book.alias).get(change__number=2)
    assert (batch.source, batch.told["joins"]) == ("file", 1)
    assert refused(desk).rows.num_rows == 0


def test_what_was_not_mended_is_still_listed(desk: Desk) -> None:
    desk.imports(BAD, with_rejects=True)
    desk.imports(mended(desk, {"30/02/2026": "28/02/2026"}), with_rejects=True)
    assert [row["Amount"] for row in refused(desk).rows.to_pylist()] == ["x"]


def test_rows_whose_mending_was_taken_back_are_listed_again(desk: Desk) -> None:
    desk.imports(BAD, with_rejects=True)
    desk.imports(mended(desk, {"30/02/2026": "28/02/2026", ",x,": ",9,"}))
    assert refused(desk).rows.num_rows == 0
    desk.undoes(2)
    assert refused(desk).rows.num_rows == 2


def test_a_mended_row_that_looks_like_another_is_a_document_of_its_own(desk: Desk) -> None:
    desk.imports(LOOSE, with_rejects=True)
    path = mended(desk, {",x,": ",100.00,"})
    assert counts(desk.imports(path)) == (1, 0, 0)
    assert len(invoices(desk.book)) == 2


def test_rows_mended_twice_are_there_once(desk: Desk) -> None:
    desk.imports(LOOSE, with_rejects=True)
    path = mended(desk, {",x,": ",100.00,"})
    desk.imports(path)
    again = desk.written(path.read_bytes() + b"\n", "again.csv")
    assert counts(desk.imports(again)) == (0, 0, 1)


def test_the_whole_file_mended_at_its_source_finds_them(desk: Desk) -> None:
    desk.imports(LOOSE, with_rejects=True)
    desk.imports(mended(desk, {",x,": ",100.00,"}))
    assert counts(desk.imports(LOOSE.replace("x", "100.00"))) == (0, 0, 2)


def test_half_an_invoice_is_never_imported(desk: Desk) -> None:
    text = (
        "Invoice No,Customer,Date,Product,Amount\n1,Acme,2026-01-31,A,1.00\n1,Acme,2026-01-31,B,x\n"
        "1,Acme,2026-01-31,C,3.00\n1,Acme,2026-01-31,D,4.00\n2,Acme,2026-02-28,A,5.00\n"
    )
    desk.imports(text, with_rejects=True)
    assert [row[0] for row in invoices(desk.book)] == ["2"]
    reasons = [row.code for row in RejectedRow.objects.using(desk.book.alias).order_by("place")]
    assert reasons == ["INVOICE_INCOMPLETE", "BAD_NUMBER", "INVOICE_INCOMPLETE", "INVOICE_INCOMPLETE"]
    desk.imports(mended(desk, {",x,": ",2.00,"}))
    assert ("1", "Acme", "2026-01-31", "10.00") in invoices(desk.book)


def test_a_list_that_was_mended_in_a_spreadsheet_finds_its_batch(desk: Desk) -> None:
    desk.imports(LOOSE, with_rejects=True)
    (row,) = refused(desk).rows.to_pylist()
    cells = row | {"Amount": 5.5, "cartera_row": int(row["cartera_row"])}
    desk.imports(workbook(desk.folder / "mended.xlsx", {"Sheet": [[*row], [*cells.values()]]}))
    assert [one[3] for one in invoices(desk.book)] == ["100.00", "5.50"]
    assert refused(desk).rows.num_rows == 0


def test_cells_beyond_the_header_are_kept(desk: Desk) -> None:
    desk.imports("Customer,Date,Amount\nAcme,2026-01-31,1.00\nBeta,2026-01-31,1,50\n", with_rejects=True)
    (row,) = refused(desk).rows.to_pylist()
    assert (row["Amount"], row["unnamed 4"], row["reason"]) == ("1", "50", "TOO_LONG")
