"""What keeps a spreadsheet from running a text as a formula? An apostrophe, put in front of it and taken off again."""

from __future__ import annotations

SIGN = "'"
# Spreadsheets run a cell that begins so; the last four are the full-width forms, which some of them accept as well.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - full width on purpose


def guarded(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet could run it."""
    return f"{SIGN}{text}" if runs(text) else text


def escaped(text: str) -> str:
    """The text as it stands, but one that looks guarded gets an apostrophe more, so that `unguarded` gives it back."""
    return f"{SIGN}{text}" if text.startswith(SIGN) and runs(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded or escaped; any other as it stands."""
    return text.removeprefix(SIGN) if text.startswith(SIGN) and runs(text) else text


def runs(text: str) -> bool:
    """Whether a spreadsheet could run the text, or what stands behind its apostrophes."""
    return text.lstrip(SIGN).startswith(FORMULA_STARTS)
