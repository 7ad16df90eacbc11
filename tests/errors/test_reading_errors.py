"""Every way in which a file cannot be read, with the whole sentence that a person gets."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest
from tests.reader.given import written

from cartera.errors import Ambiguous, CarteraError
from cartera.sources.files import ReadOptions, read_file
from cartera.sources.files.folder import read_folder

READABLE = "Give a table as CSV, XLSX, XLS, ODS, Parquet or JSON."
GOOD = "client,date,net\nA,2026-01-31,1\n"

FILES: dict[str, tuple[bytes | str, dict[str, object], str]] = {
    "empty.csv": (b"", {}, "empty.csv: the file is empty (0 bytes). Export it again and check its size."),
    "empty.xlsx": (b"", {}, "empty.xlsx: the file is empty (0 bytes). Export it again and check its size."),
    "blank.csv": (b"\n \r\n", {}, "blank.csv: the file is empty (4 bytes). Export it again and check its size."),
    "scan.csv": (b"%PDF-1.7 ...", {}, f"scan.csv: this is no table: it holds a PDF. {READABLE}"),
    "noise.csv": (bytes(range(256)), {}, f"noise.csv: this is no table: it holds binary data. {READABLE}"),
    "cut.csv.gz": (
        gzip.compress(b"a,b" * 999)[:20],
        {},
        "cut.csv.gz: the gzip archive is damaged or cut off. Download or pack it again.",
    ),
    "cut.xlsx": (
        b"PK\x03\x04 broken",
        {},
        "cut.xlsx: the workbook or zip archive is damaged or cut off. Save or download it again.",
    ),
    "cut.parquet": (
        b"PAR1 broken PAR1",
        {},
        "cut.parquet: the Parquet file is damaged or cut off. Write or download it again.",
    ),
    "note.txt": (
        "Dear all\nthe figures follow\n",
        {},
        (
            "note.txt: no columns were found: the first line is 'Dear all'. Give a table with a client, a date and an "
            "amount per row, divided by commas, semicolons, tabs or pipes."
        ),
    ),
    "header.csv": (
        "client,date,net\n",
        {},
        "header.csv: there is a header (client, date, net) but no row below it. Export it again with its rows.",
    ),
    "nodate.csv": (
        "client,net\nA,1\nB,2\n",
        {},
        (
            "nodate.csv: no column can be the day of the invoice: none of client, net holds dates. "
            "Add one, or name it: --map issued_on=COLUMN."
        ),
    ),
    "noamount.csv": (
        "client,date,city\nA,2026-01-31,Bath\n",
        {},
        (
            "noamount.csv: no column can be the amount: none of client, date, city holds numbers. "
            "Add one, or name it: --map amount=COLUMN."
        ),
    ),
    "allbad.csv": (
        "client,date,net\nA,2026-02-30,1\nB,2026-02-31,2\n",
        {"mapping": {"issued_on": "date"}},
        (
            "allbad.csv: column 'date' was named as issued_on, but holds no such values (found '2026-02-30'). "
            "Name another: --map issued_on=COLUMN."
        ),
    ),
    "norows.csv": (
        "client,date,net\nA,2026-01-31,\nB,2026-02-28,\n,,5\n",
        {},
        (
            "norows.csv: none of the 3 rows can be read (2 MISSING_AMOUNT, 1 MISSING_DATE). The first: norows.csv, "
            "line 2, column net: MISSING_AMOUNT. Give the amount, such as 1234.56; 0 when there is none."
        ),
    ),
    "payments.csv": (
        "client,date,type,net\nA,2026-01-31,Payment,5\n",
        {},
        "payments.csv: all 1 rows are payments and the like. Export the invoices.",
    ),
    "role.csv": (
        GOOD,
        {"mapping": {"issed_on": "date"}},
        "role.csv: unknown role 'issed_on'. Did you mean 'issued_on'? Valid: {roles}.",
    ),
    "column.csv": (
        GOOD,
        {"mapping": {"issued_on": "dte"}},
        "column.csv: unknown column 'dte'. Did you mean 'date'? Valid: client, date, net.",
    ),
    "encoding.csv": (
        GOOD,
        {"encoding": "utf-7000"},
        "encoding.csv: there is no encoding 'utf-7000'. Use for example utf-8, cp1252, utf-16 or latin-1.",
    ),
    "ascii.csv": (
        "client,date,net\nÉ,2026-01-31,1\n",
        {"encoding": "ascii"},
        "ascii.csv: byte 16 is not ascii. Leave --encoding out to have it found.",
    ),
    "sheet.csv": (
        GOOD,
        {"sheet": "2026"},
        "sheet.csv: there is no sheet '2026': this is no workbook. Leave --sheet out.",
    ),
    "meaning.csv": (
        "client,date,net,type\nA,2026-01-31,1,Barter\n",
        {"mapping": {"kind": "type", "kind:Barter": "invoise"}},
        (
            "--map: unknown meaning of the kind 'Barter' 'invoise'. Did you mean 'invoice'? "
            "Valid: invoice, credit_note, left_out."
        ),
    ),
    "word.csv": (
        "client,date,net,type\nA,2026-01-31,1,Invoice\n",
        {"mapping": {"kind:Barter": "invoice"}},
        "word.csv: unknown kind 'barter'. Valid: Invoice.",
    ),
    "kindless.csv": (
        GOOD,
        {"mapping": {"kind:Barter": "invoice"}},
        "kindless.csv: kind:barter was explained, but no column holds a kind. Name it: --map kind=COLUMN.",
    ),
    "unknown.csv": (
        "client,date,net,type\nA,2026-01-31,1,Barter\n",
        {"mapping": {"kind:Swap": "invoice", "kind": "type"}},
        (
            "unknown.csv: column 'type' was named as kind, but holds no such values (found 'Barter'). "
            "Name another: --map kind=COLUMN."
        ),
    ),
    "null.csv": (
        "client,date,net\nA,0001-01-01,1\n",
        {"mapping": {"issued_on": "date"}},
        (
            "null.csv: column 'date' was named as issued_on, but holds no such values (found '0001-01-01'). "
            "Name another: --map issued_on=COLUMN."
        ),
    ),
    "row.csv": (GOOD, {"header_row": 9}, "row.csv: there is no row 9 for the header. Give 1 to 2."),
    "list.json": ("[]", {}, "list.json: the JSON holds no rows. Give an array of objects, one per invoice."),
    "half.json": (
        '[{"client": "A"}',
        {},
        (
            "half.json, line 1: this is no JSON (Expecting ',' delimiter: line 1 column 17 (char 16)). "
            "Mend the line or export it again."
        ),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    from cartera.sources.files.names import ALL_ROLES

    content, options, sentence = FILES[name]
    path = written(tmp_path, content, name) if not name.endswith(".gz") else tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(content)
    with pytest.raises(CarteraError) as refused:
        read_file(path, ReadOptions(**options))
    assert str(refused.value) == sentence.replace("{roles}", ", ".join(sorted(ALL_ROLES)))
    assert refused.value.exit_status == 2


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "invoices.csv")
    with pytest.raises(CarteraError) as refused:
        read_file(tmp_path / "invoice.csv")
    assert str(refused.value) == f"there is no file '{tmp_path}/invoice.csv'. Did you mean '{tmp_path}/invoices.csv'?"


def test_an_archive_of_several_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", GOOD)
        archive.writestr("b.csv", GOOD)
    with pytest.raises(CarteraError) as refused:
        read_file(tmp_path / "a.zip")
    assert str(refused.value) == "a.zip: the zip archive holds 2 files (a.csv, b.csv). Unpack it and give one file."


def test_an_archive_that_unpacks_without_end(tmp_path: Path) -> None:
    path = written(tmp_path, "x,y\n" * 4_000_000, "bomb.csv.gz")
    with pytest.raises(CarteraError) as refused:
        read_file(path)
    assert str(refused.value) == (
        "bomb.csv.gz: the archive unpacks to more than is reasonable. Unpack it yourself if you trust it, and split it."
    )


OPTIONS = {
    "date_order": ("ydm", "unknown date order 'ydm'. Did you mean 'ymd'? Valid: dmy, mdy, ymd."),
    "decimal": ("coma", "unknown decimal sign 'coma'. Did you mean 'comma'? Valid: comma, point."),
    "delimiter": (
        "semi",
        "unknown delimiter 'semi'. Did you mean 'semicolon'? Valid: comma, semicolon, tab, pipe, space.",
    ),
    "currency": (
        "EURO",
        "--currency: unknown currency 'EURO'. Did you mean EUR? Write a code such as EUR or USD.",
    ),
    "amounts": ("gross", "amounts 'gross' cannot be read. Write net, gross:20, per-line or per-invoice."),
}


@pytest.mark.parametrize("option", OPTIONS)
def test_an_answer_that_is_none(option: str) -> None:
    found, sentence = OPTIONS[option]
    with pytest.raises(CarteraError) as refused:
        ReadOptions(**{option: found})
    assert str(refused.value) == sentence


FOLDERS: dict[str, tuple[dict[str, str], str]] = {
    "nothing": (
        {},
        "the folder holds no table. Add invoices.csv with at least the columns client_id, issued_on and amount.",
    ),
    "no invoices": (
        {"clients.csv": "client_id\nc1\n"},
        (
            "the folder holds no invoices (found clients.csv). Add invoices.csv with at least the columns client_id, "
            "issued_on and amount."
        ),
    ),
    "other files": (
        {"notes.csv": GOOD, "our_orders.csv": GOOD},
        (
            "the folder holds no invoices (found notes.csv, our_orders.csv). Add invoices.csv with at least "
            "the columns client_id, issued_on and amount. "
            "Or name one file of another shape: {folder}/our_orders.csv"
        ),
    ),
    "two of one": (
        {"invoices.csv": GOOD, "invoices.csv.gz": GOOD},
        "invoices.csv and invoices.csv.gz both hold invoices. Keep one of them.",
    ),
}


@pytest.mark.parametrize("case", FOLDERS)
def test_a_folder_that_cannot_be_read(tmp_path: Path, case: str) -> None:
    files, sentence = FOLDERS[case]
    for name, text in files.items():
        written(tmp_path, text, name)
    with pytest.raises(CarteraError) as refused:
        read_folder(tmp_path)
    assert str(refused.value) == f"{tmp_path}: {sentence}".replace("{folder}", str(tmp_path))


TABLES = {
    "client_id,issued,amount\nc1,2026-01-31,1\n": "invoices.csv: there is no column issued_on "
    "(found: client_id, issued, amount). Is it 'issued'? Rename it to issued_on.",
    "client_id,issued_on,amount\nc1,31/01/2026,1\n": "none of the 1 rows can be read (1 BAD_DATE). "
    "The first: invoices.csv, line 2, column issued_on: BAD_DATE '31/01/2026'. "
    "Write 2026-01-31 (year-month-day).",
    "client_id,issued_on,amount\nc1,01/02/2026,1\n": "none of the 1 rows can be read (1 BAD_DATE). "
    "The first: invoices.csv, line 2, column issued_on: BAD_DATE '01/02/2026'. "
    "Write 2026-02-01 or 2026-01-02 (year-month-day), or give --date-order.",
    "client_id,issued_on,amount\nc1,2026-02-30,1\n": "none of the 1 rows can be read (1 BAD_DATE). "
    "The first: invoices.csv, line 2, column issued_on: BAD_DATE '2026-02-30'. "
    "Write a date that exists, such as 2026-03-31.",
    "client_id,issued_on,amount\nc1,0001-01-01,1\n": "none of the 1 rows can be read (1 BAD_DATE). "
    "The first: invoices.csv, line 2, column issued_on: BAD_DATE '0001-01-01'. "
    "This is a program's empty date: leave the cell empty where it may be, or write the real day.",
    "client_id,issued_on,amount,kind\nc1,2026-01-31,1,bill\n": "none of the 1 rows can be read (1 UNKNOWN_TYPE). "
    "The first: invoices.csv, line 2, column kind: UNKNOWN_TYPE 'bill'. Use one of invoice, credit_note.",
}


@pytest.mark.parametrize("text", TABLES)
def test_a_fact_table_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    written(tmp_path, text, "invoices.csv")
    with pytest.raises(CarteraError) as refused:
        read_folder(tmp_path)
    assert str(refused.value) == TABLES[text]


QUESTIONS = {
    "client,date,net\nA,01/02/2026,1.50\n": (
        "sales.csv: The dates can be read in two ways: no day in column date is above 12.\n"
        "  --date-order dmy      day first: 01/02/2026 is 2026-02-01; from 2026-02-01 to 2026-02-01\n"
        "  --date-order mdy      month first: 01/02/2026 is 2026-01-02; from 2026-01-02 to 2026-01-02"
    ),
    "client,date,net\nA,2026-01-31,1.000\n": (
        "sales.csv: The numbers in column net can be read in two ways: 1.000 may be a thousand or a fraction.\n"
        "  --decimal point    a point divides the decimals: 1.000 is 1, the different values sum to 1\n"
        "  --decimal comma    a comma divides the decimals: 1.000 is 1000, the different values sum to 1000"
    ),
    "who,sold,shipped,x,y\nA,2026-01-31,2026-02-01,1.50,2.50\n": (
        "sales.csv: Which column is the day of the invoice?\n"
        "  --map issued_on=sold holds 2026-01-31\n"
        "  --map issued_on=shipped holds 2026-02-01\n"
        "Which column is the amount?\n"
        "  --map amount=x holds 1.50\n"
        "  --map amount=y holds 2.50"
    ),
    "A,2026-01-31,1.50\nB,2026-02-28,2\n": None,
}


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_the_file_does_not_say_is_asked(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text, "sales.csv")
    sentence = QUESTIONS[text]
    if sentence is None:
        assert read_file(path).tables["invoices"].num_rows == 2
        return
    with pytest.raises(Ambiguous) as asked:
        read_file(path)
    assert str(asked.value) == sentence
    assert asked.value.exit_status == 3
