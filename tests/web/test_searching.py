"""Are clients found by what somebody types, and is nothing of them kept longer than their rows?"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from cartera.web import searching
from cartera.web.searching import SEARCHED, found


def asked(words: str, rows: Any, columns: tuple[str, ...] = SEARCHED) -> list[str]:
    visit: Any = SimpleNamespace(asked=SimpleNamespace(q=words))
    answer: Any = SimpleNamespace(rows=rows)
    return [row["client_id"] for row in found(visit, answer, columns).to_pylist()]


@pytest.fixture
def rows() -> Any:
    columns = {"client_id": ["a1", "b2", "c3"], "name": ["Café Zürich", "Cafe Bern", None], "phone": ["", "", "0441"]}
    return pa.table(columns)


@pytest.mark.parametrize(
    ("words", "those"),
    [("", ["a1", "b2", "c3"]), ("CAFÉ", ["a1", "b2"]), ("cafe zurich", ["a1"]), ("c3", ["c3"]), ("0441", [])],
)
def test_every_word_is_looked_for_without_accents_and_capitals(rows: Any, words: str, those: list[str]) -> None:
    assert asked(words, rows) == those
    assert asked(words, rows) == those, "the second time with what was kept"


def test_other_columns_of_the_same_rows_are_another_search(rows: Any) -> None:
    assert (asked("0441", rows), asked("0441", rows, (*SEARCHED, "phone"))) == ([], ["c3"])


def test_what_was_looked_at_goes_with_its_rows() -> None:
    before = len(searching._kept)
    rows = pa.table({"client_id": ["a1"], "name": ["Anna"]})
    assert asked("anna", rows) == ["a1"]
    assert len(searching._kept) == before + 1
    del rows
    assert len(searching._kept) == before
