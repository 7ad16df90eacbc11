"""Settings of a workspace that are refused, with the whole message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.settings import set_setting
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.ledger.book import Book

REFUSED = [
    ("curency", "EUR", "unknown setting 'curency'. Did you mean 'currency'? Valid: currency, time_zone, language,"
     " fiscal_year_start, roll_up, policy."),
    ("currency", "EURO", "currency: unknown currency 'EURO'. Did you mean EUR? Write a code such as EUR or USD."),
    ("time_zone", "Europe/Lisboa", "time_zone: unknown time zone 'Europe/Lisboa'. Did you mean Europe/Lisbon?"
     " Write one such as Europe/Lisbon or UTC."),
    ("language", "tlh", "unknown language 'tlh'. Valid: en, pt-BR, fr, es."),
    ("fiscal_year_start", "13", "fiscal_year_start: '13' is no first day of a fiscal year. A fiscal year begins with a"
     " month: 04-01, 4 or April."),
    ("roll_up", "maybe", "roll_up: unknown answer 'maybe'. Did you mean 'yes'? Valid: yes, no."),
    ("policy", "salescop",
     "unknown policy 'salescop'. Did you mean 'salescope'? Valid: kopilot, salescope, a FILE.toml."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "message"), REFUSED)
def test_refused(book: Book, name: str, text: str, message: str) -> None:
    with pytest.raises(CarteraError) as caught:
        set_setting(EVERYTHING, book, name, text, by="Ana")
    assert str(caught.value) == message
