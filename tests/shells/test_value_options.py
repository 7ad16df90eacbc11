"""What do --window, --scores, --frequency and --measure do, and what do they say to a wrong word?"""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from tests.shared import shared
from tests.shells.shell import cartera

from cartera.app.scorings import scores
from cartera.errors import CarteraError

DAY = "--day 2026-03-31"


def test_the_published_scores_in_one_command() -> None:
    orders = shared("data", "r_rfm_data_orders.csv")
    ended = cartera(f"show rfm {orders} --day 2006-12-31 --window all --scores r --format json")
    rows = json.loads(ended.out)
    assert len(rows) == 995
    assert Counter(row["rfm_score"] // 100 for row in rows) == {1: 197, 2: 200, 3: 199, 4: 199, 5: 200}
    assert sum(Decimal(row["monetary"]) for row in rows) == 464_158
    assert list(rows[0]) == (
        "client_id name rfm_score r_score f_score m_score cell recency_days frequency monetary average_amount".split()
    )


def test_the_answer_says_how_it_was_asked(tmp_path: Path) -> None:
    breaks = tmp_path / "own.toml"
    breaks.write_text("recency = [1, 2, 3, 4]\nfrequency = [1, 2, 3, 4]\nmonetary = [1, 2, 3, 4]\n", encoding="utf-8")
    ended = cartera(f"show rfm_grid demo {DAY} --window all --frequency dates --scores {breaks}")
    told = " ".join(ended.out.split())
    assert "window all · scores recency 1 2 3 4, frequency 1 2 3 4, monetary 1 2 3 4 · frequency dates" in told
    assert "All time" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("rfm demo --window al", "--window: unknown window 'al'. Did you mean 'all'? Valid: 365, all."),
        ("rfm demo --scores quantil", "--scores: unknown scores 'quantil'. Did you mean 'quantile'?"),
        ("rfm demo --scores none.toml", "there is no file 'none.toml' with breaks. Write one, with recency ="),
        ("rfm demo --frequency date", "--frequency: unknown frequency 'date'. Did you mean 'dates'?"),
        ("rfm demo --measure amounts", "--measure: unknown measure 'amounts'. Did you mean 'amount'?"),
        ("rfm demo --measure profit", "--measure: the view 'rfm' does not take it."),
        ("composition demo --window all", "--window: the view 'composition' does not take it. It is for "),
    ],
)
def test_a_wrong_word_is_refused_before_anything_is_read(words: str, told: str) -> None:
    ended = cartera(f"show {words}")
    assert ended.status == 2
    assert told in " ".join(ended.told.split())
    assert not ended.out


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    breaks = tmp_path / "odd.toml"
    breaks.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CarteraError, match="cannot be read as text"):
        scores(str(breaks))
