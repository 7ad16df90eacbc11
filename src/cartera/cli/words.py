"""What do the words after a command mean? Pairs such as DIM=VALUE, and words out of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.errors import CarteraError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def pairs(words: Iterable[str] | None, option: str, example: str) -> list[tuple[str, str]]:
    """NAME=VALUE words as pairs; a word without the sign is refused with an example."""
    found = []
    for word in words or ():
        name, sign, value = word.partition("=")
        if not sign or not name.strip():
            raise CarteraError(f"{word!r} is no NAME=VALUE.", where=option, fix=f"For example {option} {example}.")
        found.append((name.strip(), value.strip()))
    return found


def one_of(kind: str, word: str | None, valid: Sequence[str], option: str) -> None:
    """Nothing when the word is valid or not given; else an error that offers the nearest."""
    if word is not None and word not in valid:
        raise UnknownNameError(kind, word, valid, where=option)


def whole(word: str, option: str) -> int:
    """The word as a number from 0 on; refused with an example otherwise."""
    if not word.isascii() or not word.isdigit():
        raise CarteraError(f"{word!r} is no whole number.", where=option, fix=f"For example {option} 10.")
    return int(word)
