"""How far back does a sum look? The last 365 days on D are (D - 365, D], so that this year tiles with last year."""

from __future__ import annotations

from datetime import date

from cartera.calendar import add_days
from cartera.errors import UnknownNameError
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.tongue import say

YEAR, ALL = str(YEAR_DAYS), "all"
WINDOWS = (YEAR, ALL)


def window_start(window: str, day: date) -> date | None:
    """The day after which the window begins; None for the whole history. UnknownNameError for another word."""
    if window not in WINDOWS:
        raise UnknownNameError("window", window, WINDOWS, where="window")
    return None if window == ALL else add_days(day, -YEAR_DAYS)


def window_words(window: str) -> str:
    """The window in words that end a sentence: in the last 365 days."""
    return say("so far") if window == ALL else say("in the last {days} days", days=YEAR_DAYS)
