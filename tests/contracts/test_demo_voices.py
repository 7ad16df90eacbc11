"""Is the invented company told in every language: the same lives, other names, places and money, nothing left over?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow.compute as pc
import pytest

from cartera.app.tongues import LANGUAGES, language_here
from cartera.sources.demo import company
from cartera.sources.demo.catalogue import REBATE, SERVICES, SUPPLIES
from cartera.sources.demo.marks import NOTES
from cartera.sources.demo.names import INDUSTRIES, REPS
from cartera.sources.demo.telling import AMOUNTS, plain, told
from cartera.sources.demo.voices import SPOKEN, voice_of

DAY = date(2026, 3, 31)
CHANGED = {"name", "rep", "email", "phone", "website", "street", "city", "region", "postcode", "country", "industry"}
CHANGED |= {"currency", "product", "category", "by", "note", *AMOUNTS}


@pytest.fixture(scope="module")
def english():
    return company("services", DAY)


@pytest.fixture(params=SPOKEN)
def spoken(request):
    return voice_of(request.param)


def test_every_language_of_ours_has_a_voice():
    assert set(SPOKEN) == set(LANGUAGES) - {"en"}
    assert voice_of("en") is voice_of("de") is None


def test_the_lives_are_the_same(english, spoken):
    for name, table in told(english, spoken).items():
        assert table.schema == english[name].schema
        kept = [one for one in table.column_names if one not in CHANGED]
        assert table.select(kept).equals(english[name].select(kept))


def test_amounts_are_so_many_times_as_much(english, spoken):
    found = told(english, spoken)["invoices"]
    assert set(found.column("currency").to_pylist()) == {spoken.currency}
    assert pc.sum(found["amount"]).as_py() == pc.sum(english["invoices"]["amount"]).as_py() * Decimal(spoken.worth)


def test_names_are_each_there_once_and_nobody_is_reached(english, spoken):
    clients = told(english, spoken)["clients"].to_pylist()
    assert len({one["name"] for one in clients}) == len(clients)
    assert len(spoken.ends) * 23 >= 400, "enough for the distributor"
    assert all(one["email"].endswith(".example") and one["email"].isascii() for one in clients)
    assert {one["country"] for one in clients} == {spoken.country}


def test_no_english_word_is_left(spoken):
    products = (*SERVICES, *SUPPLIES, REBATE)
    words = {one.name for one in products} | {one.category for one in products} | {*NOTES.values(), "Office"}
    assert words == set(spoken.told)
    assert set(spoken.reps) == set(REPS)
    assert set(spoken.trades) == {name for name, _ in INDUSTRIES}


def test_the_same_each_time(english, spoken):
    first, again = told(english, spoken), told(english, spoken)
    assert all(first[name].equals(again[name]) for name in first)


def test_accents_go_in_an_address():
    assert plain("Élise Ção") == "elise cao"


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ({"LANG": "pt_BR.UTF-8"}, "pt-BR"),
        ({"LC_ALL": "C", "LANG": "fr_FR"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({}, "en"),
    ],
    ids=str,
)
def test_who_sits_here_speaks(monkeypatch, said, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert language_here() == language
