"""By which scores is a client judged? Kinds by name, or fixed breaks written in a TOML file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cartera.errors import InputError, UnknownNameError


def scores(text: str) -> Any:
    """The kind of scores called `text`, or the breaks in the file `text` when it ends in .toml.

    UnknownNameError for another word, CarteraError with line, value and fix for a file that cannot be used.
    """
    from cartera.portfolio.scores import KINDS

    if text in KINDS:
        return text
    if text.lower().endswith(".toml"):
        return from_file(Path(text))
    raise UnknownNameError("scores", text, (*KINDS, "FILE.toml"), where="--scores")


def from_file(path: Path) -> Any:
    """The breaks in a TOML file."""
    from cartera.portfolio.breaks import EXAMPLES, read_breaks

    try:
        written = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        lines = ", ".join(f"{axis} = {example}" for axis, example in EXAMPLES.items())
        raise InputError(f"there is no file {str(path)!r} with breaks.", fix=f"Write one, with {lines}.") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError("the breaks cannot be read as text.", where=str(path), fix=f"({problem})") from None
    return read_breaks(written, str(path))
