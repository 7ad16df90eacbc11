"""Which languages does Cartera speak, and how does each write? Messages are in `locale/`, names of days in CLDR."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cartera.app.stretching import stretched
from cartera.tongue import Key, Tongue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from babel.messages.catalog import Message

LANGUAGES = ("en", "pt-BR", "fr", "es")
SOURCE = "en"
STRETCHED = "en-XA"  # no language: every text in strange letters and a third longer, to see what a page cuts
NO_BREAK, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
SPACED = f"{{number}}{NO_BREAK}%"
BEHIND = f"{{amount}}{NO_BREAK}{{currency}}"
SHORT = ((9, f"{{number}}{NO_BREAK}G"), (6, f"{{number}}{NO_BREAK}M"), (3, f"{{number}}{NO_BREAK}k"))


def _one_alone(count: int) -> int:
    return 0 if count == 1 else 1


def _none_and_one(count: int) -> int:
    return 0 if count in (0, 1) else 1


FORMS: dict[str, Callable[[int], int]] = {"pt-BR": _none_and_one, "fr": _none_and_one, "es": _one_alone}
WAYS: dict[str, dict[str, object]] = {
    "en": {
        "percent": SPACED, "limit": SPACED, "day": "{day} {name} {year:04}", "last_two": "{first} and {last}",
        "shortened": SHORT,
    },
    "pt-BR": {
        "thousands": ".", "decimal": ",", "percent": "{number}%", "money": f"{{currency}}{NO_BREAK}{{amount}}",
        "day": "{day} {name} {year:04}", "month": "{name} de {year:04}", "last_two": "{first} e {last}",
        "shortened": ((9, f"{{number}}{NO_BREAK}bi"), (6, f"{{number}}{NO_BREAK}mi"), (3, f"{{number}}{NO_BREAK}mil")),
    },
    "fr": {
        "thousands": THIN, "decimal": ",", "percent": f"{{number}}{THIN}%", "limit": f"{{number}}{THIN}%",
        "day": "{day} {name} {year:04}", "last_two": "{first} et {last}",
        "shortened": ((9, f"{{number}}{NO_BREAK}Md"), (6, f"{{number}}{NO_BREAK}M"), (3, f"{{number}}{NO_BREAK}k")),
    },
    "es": {
        "thousands": ".", "decimal": ",", "grouping": 5, "percent": SPACED, "limit": SPACED,
        "day": "{day} {name} {year:04}", "month": "{name} de {year:04}", "last_two": "{first} y {last}",
        "shortened": ((6, f"{{number}}{NO_BREAK}M"), (3, f"{{number}}{NO_BREAK}mil")),
    },
}  # fmt: skip


@cache
def tongue(language: str) -> Tongue:
    """The tongue of one of `LANGUAGES`, or of `STRETCHED`, as pages and mails write it."""
    if language == STRETCHED:
        made = {"language": language, "twist": stretched, "messages": _english()} | _ways(SOURCE)
        return Tongue(**made)  # type: ignore[arg-type]
    return Tongue(**{"language": language, "messages": _messages(language)} | _ways(language))  # type: ignore[arg-type]


def nearest_language(wanted: Iterable[str]) -> str:
    """The first of the wanted languages that Cartera speaks, or one of its kin: pt for pt-BR, fr-CA for fr; else en."""
    for one in wanted:
        if one == STRETCHED:
            return one
        parts = one.strip().replace("_", "-").lower().split("-")
        for known in LANGUAGES:
            if known.lower().split("-")[0] == parts[0]:
                return known
    return SOURCE


def language_here() -> str:
    """The language of whoever sits at this computer, as far as Cartera speaks it."""
    import os

    said = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return nearest_language(one.partition(".")[0] for one in said if one)


def _ways(language: str) -> dict[str, object]:
    from babel import Locale

    locale = Locale.parse(language, sep="-")
    names = {
        "months": _named(locale.months["format"]["wide"], range(1, 13)),
        "short_months": _named(locale.months["format"]["abbreviated"], range(1, 13)),
        "weekdays": _named(locale.days["format"]["wide"], range(7)),
        "symbols": dict(locale.currency_symbols) | {"BRL": "R$"},
    }
    return {"minus": MINUS, "money": BEHIND, "form": FORMS.get(language, _one_alone)} | names | WAYS[language]


def _named(names: Any, numbers: range) -> tuple[str, ...]:
    return tuple(names[n] for n in numbers)


def _messages(language: str) -> dict[Key, str | tuple[str, ...]]:
    """What the language's catalogue says; a text that is missing or doubtful stays English."""
    said: dict[Key, str | tuple[str, ...]] = {}
    for one in _held(language):
        forms = (one.string,) if isinstance(one.string, str) else tuple(one.string or ())
        if forms and all(forms) and not one.fuzzy:
            said[_key(one)] = forms if len(forms) > 1 else forms[0]
    return said


def _english() -> dict[Key, str | tuple[str, ...]]:
    """All texts that any language could say, as they are in English."""
    return {_key(one): one.id if isinstance(one.id, str) else tuple(one.id) for one in _held(LANGUAGES[-1])}


def _key(one: Message) -> Key:
    return one.context or "", one.id if isinstance(one.id, str) else one.id[0]


def _held(language: str) -> list[Message]:
    from babel.messages.pofile import read_po

    held = files("cartera").joinpath("locale", language, "cartera.po")
    if not held.is_file():
        return []
    catalogue = read_po(BytesIO(held.read_bytes()), locale=language.replace("-", "_"))
    return [one for one in catalogue if one.id]
