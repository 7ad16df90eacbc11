"""Which number does a text write? One decimal sign for a whole column, proven by its cells or asked. No floats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from cartera.sources.files.grid import EXACT

Sign = Literal["point", "comma"]
Hint = Literal["point", "comma", "either", "none", "bad", "missing"]

MISSING = frozenset({"", "-", "\u2013", "\u2014", "n/a", "N/A", "na", "NA", "null", "NULL", "None"})
MOST_WHOLE_DIGITS = 14
MINUS = ("-", "\u2212")
_CURRENCY = r"(?:[A-Z]{1,3}\$|[A-Z]{3}|kr\.?|zł|Kč|Fr\.?|[$€£¥₹₺₽₩₪])"
NUMBER = re.compile(
    rf"(?P<open>\()?\s*(?P<lead>[-+\u2212])?\s*(?P<unit>{_CURRENCY})?\s*(?P<inner>[-+\u2212])?\s*"
    rf"(?P<digits>[0-9](?:[0-9.,'\u2019\s]*[0-9])?[.,]?|[.,][0-9]+)\s*(?P<unit2>{_CURRENCY})?\s*(?P<trail>-|CR|DR)?\s*(?P<close>\))?"
)
GROUPED_BY_BLANK = re.compile(r"[0-9]{1,3}(?:(['\u2019\s])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")
GROUPED = {
    sign: re.compile(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{2,3}})*{re.escape(sign)}\d{{3}}", re.ASCII) for sign in ".,"
}
# Arrow reads columns of nothing but such texts by itself, which is ten times faster.
PLAIN, OPEN = r"^-?[0-9]{1,14}(\.[0-9]{1,4})?$", r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"


@dataclass(frozen=True)
class Shape:
    """A text taken apart. digits: with their signs. hint: what it says about the column's decimal sign."""

    hint: Hint
    digits: str = ""
    negative: bool = False
    unit: str = ""


def shape(text: str) -> Shape:
    """What a trimmed text is made of."""
    if text in MISSING:
        return Shape("missing")
    if text.startswith(EXACT):
        return Shape("none" if _exact(text) is not None else "bad", text)
    match = NUMBER.fullmatch(text)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return Shape("bad")
    signs = [match["open"], match["lead"] in MINUS, match["inner"] in MINUS, match["trail"] in ("-", "CR")]
    digits, hint = _grouping(match["digits"])
    return Shape(hint, digits, sum(map(bool, signs)) % 2 == 1, match["unit"] or match["unit2"] or "")


def _grouping(digits: str) -> tuple[str, Hint]:
    """The digits without blanks between groups, and what their signs say."""
    if re.search(r"['\u2019\s]", digits):
        if not GROUPED_BY_BLANK.fullmatch(digits):
            return "", "bad"
        bare = re.sub(r"['\u2019\s]", "", digits)
        return bare, "comma" if "," in bare else "point" if "." in bare else "none"
    return digits, _hint(digits)


def _hint(digits: str) -> Hint:
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        last: Sign = "point" if digits.rfind(".") > digits.rfind(",") else "comma"
        return last if (points if last == "point" else commas) == 1 else "bad"
    if not points and not commas:
        return "none"
    sign: Sign = "point" if points else "comma"
    other: Sign = "comma" if points else "point"
    if points + commas > 1:
        return other
    whole, part = re.split(r"[.,]", digits)
    is_open = len(part) == 3 and 0 < len(whole) <= 3 and not whole.startswith("0")
    return "either" if is_open else sign


def written(found: Shape, sign: Sign) -> str | None:
    """The number as plain decimal text (`-1234.5`), or None when it cannot be read with this decimal sign."""
    if found.digits.startswith(EXACT):
        return _exact(found.digits)
    mark, group = (".", ",") if sign == "point" else (",", ".")
    whole, _, part = found.digits.partition(mark)
    if group in part or mark in part or (group in whole and not GROUPED[group].fullmatch(whole)):
        return None
    whole = whole.replace(group, "") or "0"
    if len(whole.lstrip("0")) > MOST_WHOLE_DIGITS:
        return None
    return ("-" if found.negative else "") + whole + (f".{part}" if part else "")


def _exact(text: str) -> str | None:
    try:
        value = Decimal(text[1:])
    except InvalidOperation:
        return None
    return f"{value:f}" if value.is_finite() and value.adjusted() < MOST_WHOLE_DIGITS else None


def looks(text: str) -> bool:
    """Whether a cell could be a number."""
    return shape(text.strip()).hint not in ("bad", "missing")


def is_plain(texts: Sequence[str]) -> bool:
    """Whether every text is empty or plain, like -1234.5, and none of them could be read with another sign."""
    array = pa.array([text for text in texts if text], pa.string())
    if not pc.all(pc.match_substring_regex(array, PLAIN), min_count=0).as_py():
        return False
    pointed = pc.sum(pc.match_substring(array, ".")).as_py() or 0
    undecided = pc.sum(pc.match_substring_regex(array, OPEN)).as_py() or 0
    return pointed == 0 or undecided < pointed


@dataclass(frozen=True)
class Signs:
    """Which cells of a column decide its decimal sign: one example text per sign, and one that fits both."""

    point: str | None
    comma: str | None
    either: str | None

    @property
    def sign(self) -> Sign | None:
        """The decimal sign that the cells prove, None when they contradict or do not say."""
        if (self.point is None) != (self.comma is None):
            return "point" if self.point is not None else "comma"
        return None

    @property
    def is_mixed(self) -> bool:
        """Whether cells prove both signs."""
        return self.point is not None and self.comma is not None

    @property
    def is_open(self) -> bool:
        """Whether cells need the sign and none proves it."""
        return self.point is None and self.comma is None and self.either is not None


def signs(texts: Iterable[str], shapes: Iterable[Shape]) -> Signs:
    """What the cells of one column prove."""
    first: dict[str, str] = {}
    for text, found in zip(texts, shapes, strict=True):
        first.setdefault(found.hint, text)
    return Signs(first.get("point"), first.get("comma"), first.get("either"))
