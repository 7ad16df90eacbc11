"""Which files do people and programs break, and how? Families of damage, each with many members, of one table."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Callable
from functools import partial
from typing import Any

import xlsxwriter

HEADER = ["Client", "Number", "Date", "Product", "Net", "City"]
COUNT = 14
MEMBERS = 14  # files of each family
AMOUNTS = (
    "1.234,56 1'234.56 (12.00) 12.00- EUR\u00a05 5\u00a0€ 1\u00a0234,5 - NaN 1e999 ٣٤ 0 -0 --5 1,2,3 0x1F ½ ∞"
    " 99999999999999.99"
).split(" ")
DATES = (
    "31/12/2026 12/31/2026 2026-02-29 29.02. 45000 -1 0 1900-01-00 31-Feb-26 today 9999-12-31 00/00/0000 2026W12 ٢٠٢٦"
).split(" ")
NAMES = (
    '=1+1|"|""|\'|,|;|\t|\n|\r|\0|\ufeff|\u202e|A\u0301|<script>|NULL|N/A|007|1e5| |$(rm)|../../x|😀|' + "A" * 3000
).split("|")
Rows = list[list[str]]


def table(chance: random.Random) -> Rows:
    """A clean table."""
    rows = [
        [f"Acme {i % 4}", str(100 + i), f"2026-0{1 + i % 9}-1{i % 9}", "Soap", f"{chance.randrange(1, 900)}.50", "Bath"]
        for i in range(COUNT)
    ]
    return [HEADER, *rows]


def text(rows: Rows, delimiter: str = ",", end: str = "\n") -> str:
    """The table as CSV; every cell that needs quotes has them."""
    return end.join(delimiter.join(_cell(cell, delimiter) for cell in row) for row in rows) + end


def _cell(cell: str, delimiter: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in f'{delimiter}"\r\n') else cell


def odd_cells(column: int, values: list[str], chance: random.Random) -> bytes:
    """Some cells of a column that say something odd."""
    rows = table(chance)
    for row in chance.sample(rows[1:], chance.randrange(1, COUNT)):
        row[column] = chance.choice(values)
    return text(rows).encode("utf-8", "surrogatepass")


def widths(chance: random.Random) -> bytes:
    """Rows that are too short and too long."""
    rows = table(chance)
    for row in chance.sample(rows[1:], 4):
        row[chance.randrange(1, 6) :] = ["x"] * chance.randrange(9)
    return text(rows).encode()


def quotes(chance: random.Random) -> bytes:
    """Quotes where none belong, or one of a pair gone."""
    found = list(text(table(chance)))
    for _ in range(chance.randrange(1, 6)):
        found.insert(chance.randrange(len(found)), '"')
    return "".join(found).encode()


def structure(chance: random.Random) -> bytes:
    """Titles, totals, blank rows, a header that comes again."""
    rows = table(chance)
    extra = [["Total", "", "", "", "999.00", ""], [""] * 6, list(HEADER), ["Report of 2026"], ["Page 1 of 2", "", ""]]
    for _ in range(chance.randrange(1, 5)):
        rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(extra)))
    return text(rows).encode()


def headers(chance: random.Random) -> bytes:
    """Headers that are double, empty, gone, shuffled or in pieces."""
    rows = table(chance)
    rows[0] = [chance.choice([*HEADER, "", "Date", "Net", "\n", "=A1", "Total"]) for _ in HEADER]
    return text(rows[chance.randrange(2) :]).encode()


def encodings(chance: random.Random) -> bytes:
    """Marks, other encodings, two in one file, bytes that spell nothing."""
    plain = text(table(chance)).replace("Bath", "Évry")
    mixed = plain[:200].encode("utf-8") + plain[200:].encode("cp1252")
    nothing = bytearray(plain.encode())
    nothing[chance.randrange(len(nothing))] = 0xFF
    whole = [plain.encode(name) for name in ("utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-32", "mac-roman")]
    return chance.choice([*whole, mixed, bytes(nothing), plain.encode("utf-16")[:-1]])


def ends(chance: random.Random) -> bytes:
    """Line ends of every kind, mixed, and signs that only look like them."""
    lines = text(table(chance), chance.choice(",;\t|")).split("\n")
    return "".join(
        line + chance.choice(["\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b", "\x85"]) for line in lines
    ).encode()


def delimiters(chance: random.Random) -> bytes:
    """Two signs in one file, or none that fits."""
    lines = text(table(chance), ";").splitlines()
    return "\n".join(chance.choice([line, line.replace(";", ","), line.replace(";", "  ")]) for line in lines).encode()


def cut(chance: random.Random) -> bytes:
    """A file that ends too early, or begins too late."""
    whole = text(table(chance)).encode()
    at = chance.randrange(len(whole))
    return whole[:at] if chance.random() < 0.5 else whole[at:]


def noise(chance: random.Random) -> bytes:
    """Bytes at random, alone or inside a table."""
    blob = chance.randbytes(chance.randrange(1, 400))
    whole = text(table(chance)).encode()
    at = chance.randrange(len(whole))
    return chance.choice(
        [blob, whole[:at] + blob + whole[at:], b"PK\x03\x04" + blob, b"\x1f\x8b" + blob, b"PAR1" + blob]
    )


def long_cells(chance: random.Random) -> bytes:
    """A cell of a megabyte, a row of ten thousand cells."""
    rows = table(chance)
    rows[3][chance.randrange(6)] = "x" * 1_200_000
    rows[5] += ["y"] * 10_000
    return text(rows).encode()


def documents(chance: random.Random) -> bytes:
    """Two invoices of one number, credit notes before their invoice, rows that come twice."""
    rows = table(chance)
    for row in chance.sample(rows[1:], 5):
        row[1] = "100"
        row[4] = chance.choice(["-5.50", "5.50", "0"])
    return text([rows[0], *rows[1:], *chance.sample(rows[1:], 3)]).encode()


def packed(chance: random.Random) -> bytes:
    """Archives that are damaged, nested or hold more than one file."""
    whole = text(table(chance)).encode()
    small, two = gzip.compress(whole), io.BytesIO()
    with zipfile.ZipFile(two, "w") as archive:
        for name in ("../a.csv", "b.csv")[: chance.randrange(1, 3)]:
            archive.writestr(name, whole)
    broken = bytearray(two.getvalue())
    broken[chance.randrange(len(broken))] ^= 0xFF
    return chance.choice([small, small[:-5], gzip.compress(small), two.getvalue(), bytes(broken), two.getvalue()[:-9]])


def json_text(chance: random.Random) -> bytes:
    """JSON that is cut, nested or of another shape."""
    rows = ",".join(f'{{"client":"A","date":"2026-01-0{i}","net":{i}}}' for i in range(1, 9))
    odd = [
        "[" * 5_000,
        '{"a":' * 3_000,
        f"[{rows}",
        f"[{rows},1,null,[]]",
        '[{"net":1e999}]',
        '[{"net":NaN}]',
        "[]",
        "{}",
    ]
    return chance.choice(odd).encode()


def workbook(chance: random.Random) -> bytes:
    """Sheets with formulas, errors, flags, numbers as text, days as numbers, and holes."""
    values: list[Any] = ["=1+1", "#REF!", True, 1e300, -0.0, "007", 45_000, "", None, "31/12/2026", "x" * 30_000]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for _ in range(chance.randrange(1, 3)):
            sheet = book.add_worksheet()
            sheet.write_row(chance.randrange(4), chance.randrange(3), HEADER)
            for row in range(5, 12):
                sheet.write_row(row, chance.randrange(3), chance.sample(values, 6))
    return file.getvalue()


def broken_workbook(chance: random.Random) -> bytes:
    """A workbook with a byte changed or the end gone."""
    whole = bytearray(workbook(chance))
    whole[chance.randrange(len(whole))] ^= chance.randrange(1, 256)
    return bytes(whole[: chance.randrange(1, len(whole))] if chance.random() < 0.3 else whole)


FAMILIES: dict[str, Callable[[random.Random], bytes]] = {
    **{f"odd {name}": partial(odd_cells, at, values) for at, (name, values) in enumerate(
        {"clients": NAMES, "numbers": NAMES, "dates": DATES, "products": NAMES, "amounts": AMOUNTS}.items()
    )},
    **{
        one.__name__.replace("_", " "): one
        for one in (
            widths, quotes, structure, headers, encodings, ends, delimiters, cut, noise, long_cells, documents, packed,
            json_text, workbook, broken_workbook,
        )
    },
    "odd cities": partial(odd_cells, 5, NAMES),
    "odd everything": lambda chance: odd_cells(chance.randrange(6), NAMES + DATES + AMOUNTS, chance),
}  # fmt: skip


def members(family: str, count: int = MEMBERS) -> list[bytes]:
    """Files of a family, the same ones in every run."""
    return [FAMILIES[family](random.Random(f"{family} {number}")) for number in range(count)]
