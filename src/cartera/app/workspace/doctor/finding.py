"""What does the doctor say? One finding per thing looked at, without anybody's name in it."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from cartera.app.workspace.place import Place
    from cartera.ledger.book import Book

Level = Literal["ok", "warn", "red"]


@dataclass(frozen=True)
class Finding:
    """name: what was looked at. told: what was found. fix: what to do; empty when all is well."""

    level: Level
    name: str
    told: str
    fix: str = ""


@dataclass(frozen=True)
class Patient:
    """What is looked at. book: None when the ledger could not be opened. now: this moment."""

    place: Place
    book: Book | None
    now: datetime

    def command(self, words: str) -> str:
        """The command about this workspace, to paste."""
        return f"cartera {words} -w {quote(self.place.text)}"


def ok(name: str, told: str) -> Finding:
    """All is well."""
    return Finding("ok", name, told)


def warn(name: str, told: str, fix: str) -> Finding:
    """It works, and should be seen to."""
    return Finding("warn", name, told, fix)


def red(name: str, told: str, fix: str) -> Finding:
    """Facts are in danger, or cannot be reached."""
    return Finding("red", name, told, fix)
