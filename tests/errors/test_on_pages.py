"""Does a page tell nobody to type a command, and say in the reader's language what is wrong?"""

from __future__ import annotations

import pytest

from cartera.app.day import parse_day
from cartera.app.tongues import tongue
from cartera.errors import CarteraError, on_pages, suggested, typed
from cartera.tongue import speaking


def test_a_page_leaves_out_the_sentences_that_hold_a_command() -> None:
    told = f"Look at it again. List them: {suggested('plans')}. Name one: --map name=COLUMN."
    with on_pages():
        assert typed(told) == "Look at it again."
        assert (
            CarteraError("there is no plan.", where="--where", fix=told).sentence
            == "there is no plan. Look at it again."
        )
    assert typed(told) == told


def test_what_is_wrong_is_said_in_the_language_in_force() -> None:
    with speaking(tongue("pt-BR")), pytest.raises(CarteraError) as problem:
        parse_day("soon", "day")
    assert problem.value.sentence == "day: 'soon' não é um dia. Escreva ano-mês-dia: 2026-03-31."
