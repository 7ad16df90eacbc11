"""Is every text that Cartera shows said in every language: none missing, doubtful or left over, its fields the same?"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import TYPE_CHECKING

import pytest

from tests.docs import texts
from tests.docs.collecting import Said, collected, templates, too_early, unsayable

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

IN_WORK = ("pt-BR", "fr", "es")  # languages that may still lack texts
ANEW = "run: python -m tests.docs.texts, and translate what is new"
BRAND = {"cartera", "Cartera"}
ATTRIBUTE = re.compile(r'\b(?:title|aria-label|placeholder|alt)="([^"]*)"')
DROPPED = re.compile(r"\{#.*?#\}|<!--.*?-->|<(script|style|kbd)\b.*?</\1>|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


@cache
def said() -> tuple[Said, ...]:
    return tuple(collected())


@cache
def held(language: str) -> Catalog:
    return texts.read(language)


def fields(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name is not None}


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_template_holds_every_text() -> None:
    made = texts.as_text(texts.catalogue(list(said())))
    assert IN_WORK or (texts.FOLDER / "cartera.pot").read_text(encoding="utf-8") == made, ANEW


@pytest.mark.parametrize("language", texts.TRANSLATED)
def test_a_language_says_exactly_the_texts_that_are_said(language: str) -> None:
    found = {(one.context or "", forms(one.id)[0]): one for one in held(language) if one.id}
    missing = [key for key, one in found.items() if not all(forms(one.string or ""))]
    assert language in IN_WORK or (set(found), missing) == ({one.key for one in said()}, []), ANEW
    assert not [one.id for one in found.values() if one.fuzzy]


@pytest.mark.parametrize("language", texts.TRANSLATED)
def test_a_translation_has_the_fields_of_its_english(language: str) -> None:
    wrong = []
    for one in held(language):
        wanted = set().union(*map(fields, forms(one.id))) if one.id else set()
        for form in forms(one.string or ()) if one.id else ():
            less = {"count"} if isinstance(one.id, tuple) else set()  # "one client" needs no number
            if form and not wanted - less <= fields(form) <= wanted:
                wrong.append(form)
    assert not wrong


def test_only_literals_are_said_and_not_before_somebody_asks() -> None:
    assert not unsayable()
    assert not too_early()


def test_templates_say_every_text_through_a_tag() -> None:
    assert not {path.name: found for path in templates() if (found := bare(path.read_text(encoding="utf-8")))}


def bare(page: str) -> list[str]:
    """The words of a template that stand outside its tags, in sight or for a screen reader."""
    found = [DROPPED.sub("", one) for one in ATTRIBUTE.findall(page)]
    found += [line.strip() for line in re.sub(r"<[^>]*>", "\n", DROPPED.sub("", page)).splitlines()]
    return [
        one for one in found if re.search(r"[A-Za-z]{2}", re.sub(r"&\w+;", "", one)) and one.strip("· ") not in BRAND
    ]


def test_a_bare_word_is_seen() -> None:
    page = '<p title="Open">{% say "Plan" %} <b>cartera</b> {{ x }}&nbsp;</p><script>var ab</script><i>left</i>'
    assert bare(page) == ["Open", "left"]
