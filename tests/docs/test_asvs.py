"""Is every requirement of the security standard answered, and is the test there that an answer names?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.docs.from_asvs import ANSWERS, CHAPTERS, MET, NONE, Answer, answers

ROOT = Path(__file__).resolve().parents[2]
ASKED = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)  # of levels 1 and 2, chapter by chapter


def test_every_requirement_is_answered_once() -> None:
    count = Counter(one.chapter for one in answers())
    assert tuple(count[number] for number in range(1, len(CHAPTERS) + 1)) == ASKED
    assert len({one.id for one in answers()}) == len(answers()) == sum(ASKED)


@pytest.mark.parametrize("one", answers(), ids=lambda one: one.id)
def test_an_answer_says_how_and_names_a_test_that_is_there(one: Answer) -> None:
    assert one.answer in ANSWERS and one.level in "12" and one.words
    assert bool(one.shown_by) or one.answer != MET, "met says which test shows it"
    assert not one.shown_by or one.answer != NONE
    if one.shown_by:
        file, _, name = one.shown_by.partition("::")
        assert f"def {name}" in (ROOT / file).read_text(encoding="utf-8")
