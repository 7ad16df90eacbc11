"""Does every row find its place whatever happens to the file? Signs changed, lost or doubled anywhere."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reader.given import read

from cartera.errors import CarteraError

HEADER = "Client,Number,Date,Product,Qty,Price,Net,City,Note"
ROWS = [
    f'"Acme, {i % 3}",{100 + i // 2},2026-0{1 + i % 9}-1{i % 9},Soap,{i},2.50,{i * 2.5:.2f},Bath,"a ""b"" {i}"'
    for i in range(12)
]
CLEAN = "\r\n".join([HEADER, *ROWS]) + "\r\n"
SIGNS = [*',;\t|"\r\n\0 .-/', "", '""', ",,", "\r\n", "9", "x", "é"]

spots = st.integers(0, len(CLEAN) - 1)
wounds = st.lists(st.tuples(spots, st.integers(0, 2), st.sampled_from(SIGNS)), min_size=1, max_size=4)


def polluted(hits: list[tuple[int, int, str]]) -> str:
    """The clean file with a few signs replaced, removed or added."""
    found = CLEAN
    for at, width, sign in hits:
        found = found[:at] + sign + found[at + width :]
    return found


@settings(max_examples=80)
@given(wounds)
def test_the_row_equation_holds_or_one_sentence_says_why_not(hits: list[tuple[int, int, str]]) -> None:
    with TemporaryDirectory() as folder:
        try:
            reading = read(Path(folder), polluted(hits).encode())
        except CarteraError:
            return
    counts = reading.counts
    assert counts.rows_in == counts.accepted + counts.rejected + counts.structural
    assert counts.rejected == len(reading.problems)
    facts = reading.tables.get("lines", reading.tables["invoices"])
    assert facts.num_rows == counts.accepted - counts.left_out
    assert counts.data_rows >= len(ROWS) - 2 * len(hits), "a wound swallowed rows"


@settings(max_examples=40)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_one_sentence_or_a_reading(content: bytes) -> None:
    with TemporaryDirectory() as folder, suppress(CarteraError):
        read(Path(folder), content)
