"""Does every broken file end in an account of every row, or in one sentence? Over 500 of them, in 22 families."""

from __future__ import annotations

from contextlib import suppress

import pytest
from tests.hostile.families import FAMILIES, MEMBERS, members

from cartera.errors import CarteraError
from cartera.sources.files import Reading, ReadOptions, read_file

pytestmark = pytest.mark.thorough
FILES = 500


def test_there_are_enough_of_them():
    assert len(FAMILIES) * 2 * MEMBERS >= FILES


@pytest.mark.parametrize("family", FAMILIES)
def test_every_row_is_accounted_for_or_one_sentence_says_why_not(family, tmp_path):
    for number, content in enumerate(members(family, 2 * MEMBERS)):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(content)
        with suppress(CarteraError):  # one sentence; anything else fails the test
            check(read_file(path, ReadOptions()))


def check(reading: Reading) -> None:
    """The row equation, and as many rows as it says."""
    counts = reading.counts
    assert counts.rows_in == counts.accepted + counts.rejected + counts.structural
    assert counts.rejected == len(reading.problems)
    facts = reading.tables.get("lines", reading.tables["invoices"])
    assert facts.num_rows == counts.accepted - counts.left_out
