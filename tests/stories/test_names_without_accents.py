"""Is a client found by its name as somebody types it who lacks the accents?"""

from __future__ import annotations

import pytest

from cartera.app.client import fitting

KNOWN = {"c1": "Hotel Açores", "c2": "Hotel Acores Lda", "c3": "Søren & Søn", "c4": "Café", "c5": "Cafe"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hotel açores", ["c1"]),
        ("hotel acores", ["c1"]),
        ("hotel acores l", ["c2"]),
        ("café", ["c4"]),
        ("cafe", ["c5"]),
        ("CAFÈ", ["c4", "c5"]),
        ("hotel", ["c1", "c2"]),
        ("", []),
    ],
)
def test_exact_names_first_then_those_without_accents_then_beginnings(typed, found):
    assert fitting(KNOWN, typed.casefold()) == found
