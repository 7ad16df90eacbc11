"""Which word does a portfolio get? Its clients per segment, and the first row of the definition that holds."""

from __future__ import annotations

import pytest

from cartera.portfolio.policy import AnyPolicy, Policy
from cartera.portfolio.shape import ShapeLimits, shape_of

LADDER = ("no_activity", "new", "active", "sleeping_away", "hibernating", "leaving", "lost", "cancelled")
EXAMPLES = (
    # no activity, new, active, sleeping away, hibernating, leaving, lost, cancelled
    ("can't tell", (0, 0, 0, 0, 0, 0, 0, 0), "nobody"),
    ("can't tell", (1, 1, 1, 1, 0, 0, 90, 9), "four, whatever is outside"),
    ("mature", (0, 0, 5, 0, 0, 0, 0, 0), "five are enough"),
    ("inaccurate", (20, 0, 80, 0, 0, 0, 0, 0), "exactly a fifth without activity"),
    ("mature", (19, 0, 81, 0, 0, 0, 0, 0), "just below a fifth"),
    ("inaccurate", (20, 0, 0, 80, 0, 0, 0, 0), "wins over declining"),
    ("declining", (0, 10, 39, 17, 17, 17, 0, 0), "51 of 100 cooling"),
    ("growing", (0, 11, 40, 19, 20, 10, 0, 0), "49 of 100 cooling, half active at most"),
    ("mixed", (0, 10, 40, 20, 20, 10, 0, 0), "exactly half cooling is not declining, and no majority is new or active"),
    ("mixed", (0, 10, 50, 20, 10, 10, 0, 0), "exactly half active, as many new as leaving"),
    ("mature", (0, 10, 51, 19, 10, 10, 0, 0), "as many new as leaving keep it mature"),
    ("mixed", (0, 9, 51, 20, 10, 10, 0, 0), "fewer new than leaving do not"),
    ("growing", (0, 20, 51, 19, 5, 5, 0, 0), "a fifth new is too many for mature"),
    ("mature", (0, 19, 52, 19, 5, 5, 0, 0), "just below a fifth"),
    ("mixed", (0, 5, 45, 20, 20, 10, 0, 0), "nothing holds"),
    ("declining", (0, 10, 39, 17, 17, 17, 900, 90), "lost and cancelled are outside the portfolio"),
)


@pytest.mark.parametrize(("word", "clients"), [e[:2] for e in EXAMPLES], ids=[f"{e[0]}: {e[2]}" for e in EXAMPLES])
def test_the_word_is_that_of_the_first_row_that_holds(word: str, clients: tuple[int, ...]) -> None:
    told, sentence = shape_of(dict(zip(LADDER, clients, strict=True)), Policy.kopilot(), ShapeLimits())
    assert told == word
    assert sentence.startswith(word.capitalize())
    assert sentence.endswith(".")


TWO_PERIODS = ("prospect", "new", "active", "recovered", "almost_inactive", "inactive")


@pytest.mark.parametrize(
    ("word", "clients"),
    [
        ("can't tell", (99, 1, 1, 1, 1, 99)),
        ("declining", (0, 20, 20, 9, 51, 0)),
        ("mature", (0, 10, 70, 10, 10, 0)),
        ("growing", (0, 30, 40, 10, 20, 0)),
        ("mixed", (0, 5, 45, 20, 30, 0)),
    ],
)
def test_the_policy_with_two_periods_has_a_shape_too(word: str, clients: tuple[int, ...]) -> None:
    policy: AnyPolicy = Policy.salescope()
    assert shape_of(dict(zip(TWO_PERIODS, clients, strict=True)), policy, ShapeLimits())[0] == word


def test_the_limits_can_be_moved() -> None:
    counts = dict(zip(LADDER, (0, 10, 39, 17, 17, 17, 0, 0), strict=True))
    assert shape_of(counts, Policy.kopilot(), ShapeLimits(declining_share=0.6))[0] == "mixed"
    told, sentence = shape_of(counts, Policy.kopilot(), ShapeLimits(fewest_clients=101))
    assert (told, "101" in sentence) == ("can't tell", True)
