"""Which text do the bytes spell? A byte order mark, else strict UTF-8, else cp1252; never a statistical guess."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from cartera.errors import InputError
from cartera.tongue import say

MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with mark"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)


@dataclass(frozen=True)
class Decoded:
    """text: with its line ends as they are. suspect: the text may hold signs that are no text, look before reading."""

    text: str
    encoding: str
    suspect: bool = False


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of the bytes. InputError: an encoding that is unknown or does not fit."""
    if encoding is not None:
        return _as_told(data, name, encoding)
    for mark, codec, label in MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], codec, label)
    try:
        return _checked(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252", "cp1252")


def _as_told(data: bytes, name: str, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except LookupError:
        fix = say("Use for example utf-8, cp1252, utf-16 or latin-1.")
        raise InputError(
            say("there is no encoding {encoding}.", encoding=repr(encoding)), where=name, fix=fix
        ) from None
    except UnicodeDecodeError as error:
        fix = say("Leave --encoding out to have it found.")
        raise InputError(
            say("byte {start} is not {encoding}.", start=error.start, encoding=encoding), where=name, fix=fix
        ) from None
    return _checked(text.removeprefix("\ufeff"), encoding)


def _decoded(data: bytes, codec: str, label: str) -> Decoded:
    # A byte that spells nothing becomes U+FFFD here and costs its row, not the file.
    return _checked(data.decode(codec, errors="replace"), label)


def _checked(text: str, label: str) -> Decoded:
    return Decoded(text, label, suspect="\0" in text or "\ufffd" in text)
