"""What can go wrong, said so that a person can mend it: what, where, how to fix."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from difflib import get_close_matches

from cartera.tongue import say, spoken

SOURCE = "SOURCE"  # among the words of a suggested command: the source that was asked
_WRITTEN: ContextVar[Callable[[tuple[str, ...]], str] | None] = ContextVar("written", default=None)
_TYPED: ContextVar[bool] = ContextVar("typed", default=True)
COMMAND = re.compile(r"\bcartera [a-z]|(?<![\w-])--[a-z]")  # a command, or an option of one
OPTION = re.compile(r"--[a-z]")
SENTENCE_END = re.compile(r"(?<=[.!?]) ")


class CarteraError(Exception):
    """An expected error. Shells print its text, never a traceback, and exit with `exit_status`.

    what: what is wrong, with the value found. where: file, line, row, column. fix: what to do, with an example.
    """

    exit_status = 2

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, "" if OPTION.match(where) and not _TYPED.get() else where, typed(fix)
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """Where, what and the fix as one line of text."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head} {self.fix}".strip()


class InputError(CarteraError):
    """A file or a table cannot be read as facts."""


class PolicyError(CarteraError):
    """A policy contradicts itself or cannot be read."""


class UnknownNameError(CarteraError):
    """A word that is none of the valid ones; the message offers the nearest. most: as many as it lists of them."""

    def __init__(
        self, kind: str, found: str, valid: Sequence[str], *, where: str = "", most: int | None = None
    ) -> None:
        self.kind, self.found, self.valid = kind, found, tuple(valid)
        shown = [*valid[:most], *(["…"] if most is not None and len(valid) > most else [])]
        near, listed = nearest(found, valid), ", ".join(shown)
        fix = say("Valid: {names}.", names=listed)
        if near:
            fix = say("Did you mean {name}? Valid: {names}.", name=repr(near), names=listed)
        what = say("unknown {kind} {name}.", kind=spoken(kind, "kind"), name=repr(found))
        super().__init__(what, where=where, fix=fix)


@dataclass(frozen=True)
class Question:
    """Something the input does not say and a person must.

    unclear: what is unclear. readings: option value -> what that reading would mean. option: the option that answers.
    preselected: the likelier answer, with its reasons; never taken without a person.
    """

    topic: str
    unclear: str
    option: str
    readings: dict[str, str]
    preselected: str | None = None
    reasons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The question with its readings and the options that answer it, over several lines."""
        lines = [self.unclear]
        for value, meaning in self.readings.items():
            likely = (
                "  (likelier: " + "; ".join(self.reasons) + ")" if value == self.preselected and self.reasons else ""
            )
            lines.append(f"  {self.option} {value:<8} {meaning}{likely}")
        return "\n".join(lines)


@dataclass
class Ambiguous(CarteraError):  # noqa: N818 - named in the public interface
    """The input has more than one reading: nothing was read; `questions` say what must be answered first."""

    questions: list[Question] = field(default_factory=list)
    where: str = ""
    exit_status = 3

    def __post_init__(self) -> None:
        CarteraError.__init__(self, "\n".join(q.text for q in self.questions), where=self.where)


def nearest(found: str, valid: Sequence[str]) -> str | None:
    """The valid word that looks most like `found`, or None when none is near."""
    close = get_close_matches(found.lower(), [v.lower() for v in valid], n=1, cutoff=0.5)
    return next((v for v in valid if close and v.lower() == close[0]), None)


def suggested(*words: str) -> str:
    """A command of the command line as it can be pasted: `cartera undo 12 -w acme`, words quoted where they must be.

    Whoever runs the program says by `suggest_by` how the workspace or the source at hand is named.
    """
    write = _WRITTEN.get()
    return f"cartera {shlex.join(words)}" if write is None else write(words)


def suggest_by(write: Callable[[tuple[str, ...]], str] | None) -> None:
    """From now on suggested commands are written so; None: plainly."""
    _WRITTEN.set(write)


@contextmanager
def on_pages() -> Iterator[None]:
    """Inside, nobody is told to type a command or an option: a page has neither."""
    before = _TYPED.set(False)
    try:
        yield
    finally:
        _TYPED.reset(before)


def typed(text: str) -> str:
    """The text; on pages without the sentences that hold a command or an option."""
    if _TYPED.get() or not COMMAND.search(text):
        return text
    return " ".join(one for one in SENTENCE_END.split(text) if not COMMAND.search(one))
