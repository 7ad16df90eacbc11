"""Collects every text into `locale/cartera.pot` and merges it into the languages: `python -m tests.docs.texts`.

A translation is kept where its English stays; a text that is gone is dropped, a new one waits empty.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from cartera.app.tongues import LANGUAGES, SOURCE
from tests.docs.collecting import CODE, Said, collected

FOLDER = CODE / "locale"
TRANSLATED = tuple(language for language in LANGUAGES if language != SOURCE)
NONE_AND_ONE, ONE_ALONE = "nplurals=2; plural=(n > 1);", "nplurals=2; plural=(n != 1);"
FORMS = {"pt-BR": NONE_AND_ONE, "fr": NONE_AND_ONE, "es": ONE_ALONE}


def main() -> None:
    """Write the template and every language, naming what is still to be translated."""
    said = collected()
    write(FOLDER / "cartera.pot", as_text(catalogue(said)))
    for language in TRANSLATED:
        made = merged(language, said)
        write(held(language), as_text(made, language))
        waiting = sum(not _is_said(one.string) for one in made if one.id)
        print(f"{language}: {len(made)} texts, {waiting} to be translated")


def held(language: str) -> Path:
    """The file of a language."""
    return FOLDER / language / "cartera.po"


def catalogue(said: list[Said], language: str | None = None) -> Catalog:
    """The texts without any translation."""
    made = Catalog(locale=language and language.replace("-", "_"), fuzzy=False)
    for one in said:
        key = one.message if one.many is None else (one.message, one.many)
        made.add(key, None, locations=[(one.place, 0)], context=one.context or None)
    return made


def merged(language: str, said: list[Said]) -> Catalog:
    """The texts with the translations that the language has for them."""
    made = catalogue(said, language)
    if held(language).exists():
        known = read(language)
        for one in made:
            before = known.get(one.id, one.context) if one.id else None
            if before is not None and isinstance(before.string, str) is isinstance(one.id, str):
                one.string = before.string
                one.user_comments = before.user_comments
    return made


def read(language: str) -> Catalog:
    """The language's file as it is."""
    return read_po(BytesIO(held(language).read_bytes()), locale=language.replace("-", "_"))


def as_text(made: Catalog, language: str | None = None) -> str:
    """The catalogue without dates and line numbers, so that its file changes only when a text does."""
    body = BytesIO()
    write_po(body, made, width=110, omit_header=True, include_lineno=False)
    head = ['msgid ""', 'msgstr ""', '"Content-Type: text/plain; charset=utf-8\\n"']
    if language:
        head += [f'"Language: {language.replace("-", "_")}\\n"', f'"Plural-Forms: {FORMS[language]}\\n"']
    return "\n".join(head) + "\n\n" + body.getvalue().decode("utf-8")


def write(path: Path, text: str) -> None:
    """The file anew."""
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(text, encoding="utf-8")


def _is_said(string: str | tuple[str, ...] | None) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    main()
