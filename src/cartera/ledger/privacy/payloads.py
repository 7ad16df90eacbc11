"""What of a source's record tells about a person? The texts under names that speak of people; the rest stays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from cartera.ledger.privacy.subject import telling

PEOPLE = re.compile(
    r"client|customer|contact|recipient|e?mail|phone|mobile|fax|addr|street|attention|person|payer|buyer|surname"
    r"|(?:first|last|given|middle|family|full)_?name",
    re.IGNORECASE,
)
GONE = "erased"  # stands where a word about an erased person stood
Masked = Callable[[str], str | None]


def bare(payload: str, masked: Masked) -> str:
    """The record without texts about people. masked: the pseudonym of an erased client's key, None for other texts.

    What stands under such a name is taken out of every other text as well. Numbers, days and states stay as they were
    written; a payload that is no JSON becomes empty.
    """
    try:
        value = json.loads(payload, parse_float=Decimal, parse_int=int)
    except ValueError:
        return ""
    words: list[str] = []
    return without(written(_bare(value, masked, words, is_telling=False)), words)


def without(payload: str, words: Iterable[str]) -> str:
    """The text without these words, in whatever case and however JSON writes them."""
    whole = {
        form
        for word in telling(words)
        for form in (word, *(json.dumps(word, ensure_ascii=one)[1:-1] for one in (True, False)))
    }
    if not whole:
        return payload
    pattern = "|".join(map(re.escape, sorted(whole, key=lambda word: (-len(word), word))))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", GONE, payload, flags=re.IGNORECASE)


def _bare(value: Any, masked: Masked, words: list[str], *, is_telling: bool) -> Any:
    if isinstance(value, dict):
        return {
            name: _bare(one, masked, words, is_telling=is_telling or PEOPLE.search(name) is not None)
            for name, one in value.items()
        }
    if isinstance(value, list):
        return [_bare(one, masked, words, is_telling=is_telling) for one in value]
    if not is_telling or value is None or isinstance(value, bool | Decimal):
        return value
    if own := masked(str(value)):
        return own
    if isinstance(value, int):
        return value
    words.append(value)
    return ""


def written(value: Any) -> str:
    """The value as JSON; decimals with all the digits that they have."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {written(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
