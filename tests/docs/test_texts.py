"""Is every text that Cartera shows said in every language: none missing, doubtful or left over, its fields the same?"""

from __future__ import annotations

import re
import string
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from tests.docs import texts
from tests.docs.collecting import Said, collected, templates, too_early, unsayable

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

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


def keys(found: Catalog) -> set[tuple[str, str]]:
    """What a catalogue holds."""
    return {(one.context or "", forms(one.id)[0]) for one in found if one.id}


def test_the_template_holds_every_text() -> None:
    template = read_po(BytesIO((texts.FOLDER / "cartera.pot").read_bytes()))
    assert keys(template) == {one.key for one in said()}, ANEW


@pytest.mark.parametrize("language", texts.TRANSLATED)
def test_a_language_says_exactly_the_texts_that_are_said(language: str) -> None:
    every = {one.key for one in said()}
    assert (every - translated(language), keys(held(language)) - every) == (set(), set()), ANEW
    assert not [one.id for one in held(language) if one.fuzzy and one.id]


def translated(language: str) -> set[tuple[str, str]]:
    found = [one for one in held(language) if one.id and all(forms(one.string or ""))]
    return {(one.context or "", forms(one.id)[0]) for one in found}


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
    page = DROPPED.sub("", page)
    found = ATTRIBUTE.findall(page) + [line.strip() for line in re.sub(r"<[^>]*>", "\n", page).splitlines()]
    words = [one for one in found if re.search(r"[A-Za-z]{2}", re.sub(r"&\w+;", "", one))]
    return [one for one in words if one.strip("· ") not in BRAND]


def test_a_bare_word_is_seen() -> None:
    page = '<p title="Open">{% say "Plan" %} <b>cartera</b> {{ x }}&nbsp;</p><script>var ab</script><i>left</i>'
    assert bare(page) == ["Open", "left"]
