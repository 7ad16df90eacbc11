"""Does a text say the same in every tongue: its fields filled, its form by number, numbers and days as people write?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cartera import tongue
from cartera.app.stretching import stretched
from cartera.app.tongues import LANGUAGES, STRETCHED, nearest_language
from cartera.app.tongues import tongue as spoken_in
from cartera.tongue import Tongue, say, say_in, say_many, speaking
from cartera.words import KOPILOT, SALESCOPE

TYPED = str.maketrans("\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}\N{MINUS SIGN}", "  -")
DAY = date(2026, 9, 8)
MESSAGES = {
    ("", "{name} leaves on {day}."): "{day}: {name} s'en va.",
    ("", "{count} client"): ("{count} client", "{count} clients"),
    ("segment", "New"): "Nouveau",
    ("", "New"): "Créer",
}
FRENCH = Tongue(language="fr", messages=MESSAGES, form=lambda count: 0 if count < 2 else 1, thousands=" ")


def test_a_message_without_a_translation_is_said_in_english() -> None:
    with speaking(FRENCH):
        assert say("{name} stays.", name="Acme") == "Acme stays."


def test_fields_keep_their_names_wherever_the_language_puts_them() -> None:
    assert say("{name} leaves on {day}.", name="{Acme}", day=DAY) == "{Acme} leaves on 2026-09-08."
    with speaking(FRENCH):
        assert say("{name} leaves on {day}.", name="{Acme}", day=DAY) == "2026-09-08: {Acme} s'en va."


def test_a_language_has_its_own_form_for_none() -> None:
    assert say_many("{count} client", "{count} clients", count=0) == "0 clients"
    with speaking(FRENCH):
        assert say_many("{count} client", "{count} clients", count=0) == "0 client"
        assert say_many("{count} client", "{count} clients", count=1204) == "1 204 clients"


def test_a_word_may_mean_two_things() -> None:
    with speaking(FRENCH):
        assert (say("New"), say_in("segment", "New")) == ("Créer", "Nouveau")


def test_english_comes_back_when_nobody_speaks_otherwise() -> None:
    with speaking(FRENCH), pytest.raises(ZeroDivisionError):
        raise ZeroDivisionError
    assert say_in("segment", "New") == "New"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "-1,204.5 | 57.8 % | 84 k € | 8 Sep 2026 | September 2026 | Tuesday | a, b and c"),
        ("pt-BR", "-1.204,5 | 57,8% | € 84 mil | 8 set. 2026 | setembro de 2026 | terça-feira | a, b e c"),
        ("fr", "-1 204,5 | 57,8 % | 84 k € | 8 sept. 2026 | septembre 2026 | mardi | a, b et c"),
        ("es", "-1204,5 | 57,8 % | 84 mil € | 8 sept 2026 | septiembre de 2026 | martes | a, b y c"),
    ],
)
def test_numbers_money_days_and_lists_as_the_language_writes_them(language: str, told: str) -> None:
    with speaking(spoken_in(language)):
        parts = (
            tongue.number(-1204.5, 1), tongue.share(0.578), tongue.money_short(Decimal(84_123), "EUR"),
            tongue.day_text(DAY), tongue.month_text(DAY), tongue.weekday_text(DAY), tongue.joined(["a", "b", "c"]),
        )  # fmt: skip
    assert " | ".join(parts).translate(TYPED) == told


def test_what_is_not_known_is_a_dash() -> None:
    assert {tongue.money(None), tongue.share(None), tongue.day_text(None), tongue.money_short(None)} == {tongue.UNKNOWN}


@pytest.mark.parametrize(
    ("wanted", "known"),
    [
        (["pt"], "pt-BR"),
        (["fr-CA", "en"], "fr"),
        (["de", "es-MX"], "es"),
        (["zh"], "en"),
        ([], "en"),
        (["pt_PT"], "pt-BR"),
    ],
)
def test_the_nearest_language_is_found(wanted: list[str], known: str) -> None:
    assert nearest_language(wanted) == known


def test_the_stretched_tongue_is_longer_and_keeps_the_fields() -> None:
    message = "{count} clients leave on {day}"
    assert len(stretched(message)) > 1.25 * len(message)
    with speaking(spoken_in(STRETCHED)):
        assert "8 Sep 2026" in say(message, count=3, day=DAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_segment_has_a_name_in_every_language(language: str) -> None:
    with speaking(spoken_in(language)):
        assert all(segment.said for segment in KOPILOT + SALESCOPE)


def test_an_amount_without_a_currency_is_in_the_one_that_is_counted_in() -> None:
    asked: list[str] = []
    with tongue.counting_in(lambda: asked.append("once") or "EUR"):
        assert not asked, "nobody looks for it before an amount is said"
        with speaking(spoken_in("fr")):
            assert tongue.money_short(Decimal(84_000)) == tongue.money_short(Decimal(84_000), "EUR")
        assert tongue.money(Decimal(1204)) == "1,204 EUR"
        assert (tongue.money(Decimal(5), "USD"), tongue.money(Decimal(5), None)) == ("5 USD", "5")
    assert asked == ["once"]
    assert tongue.money(Decimal(5)) == "5"
