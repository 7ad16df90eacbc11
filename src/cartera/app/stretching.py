"""How does a page look in a language of longer words? Strange letters, a third longer, fields kept."""

from __future__ import annotations

import re

MORE = 0.35  # French and Spanish run 20 to 30 % longer than English
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
STRANGE = "áƀćďéƒĝĥíĵķĺɱñóþɋŕšţúṽŵẋýžÁƁĆĎÉƑĜĤÍĴĶĹṀÑÓÞɊŔŠŢÚṼŴẊÝŽ"
LETTERS = str.maketrans(PLAIN, STRANGE)
FIELD = re.compile(r"(\{\w*\})")


def stretched(message: str) -> str:
    """The message between brackets, so that a cut end is seen; the names in braces stay as they are."""
    parts = FIELD.split(message)
    letters = "".join(part if n % 2 else part.translate(LETTERS) for n, part in enumerate(parts))
    length = sum(len(part) for part in parts[::2])
    return f"⟦{letters}{'·' * round(length * MORE)}⟧"
