"""Which day does a text name? One order of day and month for all date columns of a file, proven or asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cartera.sources.files.grid import EXACT
from cartera.sources.files.names import normalised

TIME = r"(?:[T ,]+\d{1,2}[:h.]\d{2}.*)?"
YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})" + TIME, re.ASCII)
NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})" + TIME, re.ASCII)
COMPACT = re.compile(r"(?:19|20)\d{6}", re.ASCII)
DAY_MONTH = re.compile(
    r"(?:[^\W\d]+\.?,? )?(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[ \-/]*(?:de |of )?"
    r"([^\W\d]+)\.?,?[ \-/]*(?:de )?(\d{4}|\d{2})" + TIME
)
MONTH_DAY = re.compile(r"(?:[^\W\d]+\.?,? )?([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + TIME)
SPELLED = re.compile(r"[^\W\d]+ \d{1,2}, \d{4}|\d{1,2} [^\W\d]+ \d{4}")
SERIAL = re.compile(r"\d{1,7}(?:\.\d+)?", re.ASCII)
NULL_DATE = re.compile(r"0\d{3}-\d\d-\d\d|\d\d[-/.]\d\d[-/.]0\d{3}", re.ASCII)
EXCEL_EPOCH, LAST_SERIAL = date(1899, 12, 30), 2_958_465
FIRST_TWO_DIGIT_YEAR = 1970
OLDEST_USUAL = date(1990, 1, 1)
FIRST_YEAR = 1000  # programs write 0001-01-01 where they hold no date

# Three letters tell most months apart; June and July, and March and May in French, need four or more.
MONTHS = {
    1: "jan january janeiro enero ene janvier janv januar gennaio gen januari janner",
    2: "feb february fevereiro fev febrero fevrier fevr februar febbraio februari",
    3: "mar march marco marzo mars marz maerz mrz maart mrt",
    4: "apr april abril abr avril avr aprile",
    5: "may maio mai mayo maggio mag mei",
    6: "jun june junho junio juin juni giugno giu",
    7: "jul july julho julio juillet juil juli luglio lug",
    8: "aug august agosto ago aout augustus",
    9: "sep sept september setembro set septiembre septembre settembre",
    10: "oct october outubro out octubre octobre okt oktober ottobre ott",
    11: "nov november novembro noviembre novembre",
    12: "dec december dezembro dez diciembre dic decembre dezember dicembre",
}
MONTH_OF = {word: month for month, words in MONTHS.items() for word in words.split()}


@dataclass(frozen=True)
class Pending:
    """Three numbers whose order is still to be decided, as they stand in the text."""

    first: int
    second: int
    year: int
    is_short: bool = False  # the last number has two digits and could be a day

    def day(self, order: str) -> date | None:
        """The day under this order, or None when there is no such day."""
        if order == "ymd":
            return _date(_full_year(self.first), self.second, self.year % 100) if self.is_short else None
        day, month = (self.first, self.second) if order == "dmy" else (self.second, self.first)
        return _date(self.year, month, day)


Reading = date | Pending | None


def read(text: str) -> Reading:
    """The day that a trimmed text names, the numbers still to be ordered, or None when it is no date."""
    if text.startswith(EXACT):
        return _exact(text[1:])
    if match := YEAR_FIRST.fullmatch(text):
        return _date(int(match[1]), int(match[3]), int(match[4]))
    if match := NUMERIC.fullmatch(text):
        year = int(match[4])
        is_short = len(match[4]) == 2
        return Pending(int(match[1]), int(match[3]), _full_year(year) if is_short else year, is_short)
    if COMPACT.fullmatch(text):
        return _compact(text)
    return _named(text)


def hint(text: str) -> str:
    """How to mend a cell that is no date, where its text tells; empty where the usual advice holds."""
    if NULL_DATE.match(text):
        return "This is a program's empty date: leave the cell empty where it may be, or write the real day."
    found = read(text)
    if not isinstance(found, Pending):
        return ""
    days = [day.isoformat() for order in ("dmy", "mdy") if (day := found.day(order))]
    both = " or ".join(dict.fromkeys(days))
    return f"Write {both} (year-month-day){', or give --date-order' if len(set(days)) > 1 else ''}." if days else ""


def looks(text: str) -> bool:
    """Whether a cell could be a date by itself; a bare number could be anything."""
    text = text.strip()
    if not text or text[0] == EXACT or text.isdigit():
        return False
    found = read(text)
    if isinstance(found, Pending):
        return any(found.day(order) for order in ("dmy", "mdy"))
    return found is not None


def _exact(text: str) -> date | None:
    if COMPACT.fullmatch(text):
        return _compact(text)
    if not SERIAL.fullmatch(text):
        return None
    days = int(float(text))
    return EXCEL_EPOCH + timedelta(days=days) if 0 < days <= LAST_SERIAL else None


def _compact(text: str) -> date | None:
    return _date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _named(text: str) -> date | None:
    if match := MONTH_DAY.fullmatch(text):
        return _with_month(match[1], match[2], match[3])
    if match := DAY_MONTH.fullmatch(text):
        return _with_month(match[2], match[1], match[3])
    return None


def _with_month(word: str, day: str, year: str) -> date | None:
    month = MONTH_OF.get(normalised(word))
    full = int(year) if len(year) > 2 else _full_year(int(year))
    return _date(full, month, int(day)) if month else None


def _full_year(two_digits: int) -> int:
    return 2000 + two_digits if two_digits < FIRST_TWO_DIGIT_YEAR - 1900 else 1900 + two_digits


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Evidence:
    """What the rows say. day_first, month_first: readings that only fit that order. open: readings that fit both."""

    day_first: tuple[Pending, ...]
    month_first: tuple[Pending, ...]
    open: tuple[Pending, ...]

    @property
    def order(self) -> str | None:
        """The order proven by the rows; None when it must be asked or does not matter."""
        if bool(self.day_first) != bool(self.month_first):
            return "dmy" if self.day_first else "mdy"
        return None

    @property
    def is_mixed(self) -> bool:
        """Whether rows prove both orders."""
        return bool(self.day_first and self.month_first)

    @property
    def is_open(self) -> bool:
        """Whether some day changes with the order and no row decides."""
        return not self.day_first and not self.month_first and any(p.first != p.second for p in self.open)


def evidence(readings: Iterable[Reading]) -> Evidence:
    """What these readings say about the order of day and month."""
    pending = [r for r in readings if isinstance(r, Pending)]
    day_first = tuple(p for p in pending if p.first > 12 and 0 < p.second <= 12 and p.first <= 31)
    month_first = tuple(p for p in pending if p.second > 12 and 0 < p.first <= 12 and p.second <= 31)
    both = tuple(p for p in pending if 0 < p.first <= 12 and 0 < p.second <= 12)
    return Evidence(day_first, month_first, both)


def last_named_day(texts: Iterable[str]) -> date | None:
    """The latest day spelled with a month's name inside some texts: a report's own date."""
    spelled = (match[0] for text in texts for match in SPELLED.finditer(text))
    return max(filter(None, map(_named, spelled)), default=None)
