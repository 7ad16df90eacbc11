"""What the Python interface refuses before it computes anything, each with its whole message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

import cartera

DAY = date(2026, 3, 31)
POLICIES = "Pass cartera.Policy.kopilot() or cartera.Policy.salescope(), with other numbers if you like."
REFUSED: list[tuple[Callable[[Any], Any], str]] = [
    (
        lambda f: cartera.composition(f, day="2026-03-31"),
        "day is '2026-03-31'. Pass a datetime.date, such as date(2026, 3, 31).",
    ),
    (
        lambda f: cartera.activity(f, day=datetime(2026, 3, 31)),
        "day is datetime.datetime(2026, 3, 31, 0, 0). Pass a datetime.date, such as date(2026, 3, 31).",
    ),
    (
        lambda f: cartera.composition(f, day=DAY, every="fortnight"),
        "every: unknown period 'fortnight'. Valid: day, week, month, quarter, year.",
    ),
    (
        lambda _: cartera.activity("demo", day=DAY),
        "facts are a str. Pass cartera.Facts(invoices=table) or cartera.read(file).",
    ),
    (lambda f: cartera.activity(f, day=DAY, policy="salescope"), f"policy is 'salescope'. {POLICIES}"),
    (
        lambda f: cartera.balance(f, since=date(2027, 1, 1), day=DAY),
        "since 2027-01-01 lies after the day 2026-03-31. Give a since on or before the day.",
    ),
    (
        lambda f: cartera.volume(f, day=DAY, limits={"high": 2}),
        "limits is {'high': 2}. Pass VolumeLimits of cartera.portfolio.volume,"
        " such as VolumeLimits(very_high=Decimal('3')).",
    ),
    (
        lambda f: cartera.composition(f, day=DAY, by="segment"),
        "cannot split by 'segment': the answer has a column of that name itself."
        " Rename the column in the source, for example to client_segment.",
    ),
    (
        lambda f: cartera.clients(f, day=DAY, where={"segment": "leavin"}),
        "where: unknown segment 'leavin'. Did you mean 'leaving'? Valid: no_activity, new, active, sleeping_away,"
        " hibernating, leaving, lost, cancelled.",
    ),
    (
        lambda f: cartera.rfm(f, day=DAY, where={"volume": "hihg"}),
        "where: unknown volume 'hihg'. Did you mean 'high'? Valid: very high, high, average, low, none.",
    ),
    (
        lambda f: cartera.clients(
            f, day=DAY, where={"custom": "gig", "rules": {"big": {"column": "amount", "above": 1}}}
        ),
        "where: unknown custom segment 'gig'. Did you mean 'big'? Valid: big.",
    ),
    (
        lambda f: cartera.clients(f, day=DAY, where={"rep": "Martha Ruiz"}),
        "where: unknown rep 'Martha Ruiz'. Did you mean 'Marta Ruiz'? Valid: Ana Duarte, Colm Brady, Jonas Keller,"
        " Lucie Garnier, Marta Ruiz, Orla Nash.",
    ),
    (
        lambda f: cartera.balance(f, since=date(2026, 1, 1), day=DAY, where={"segment": "leaving"}),
        "where: unknown column 'segment'. Valid: client_id, name, rep, email, phone, website, street, city, region,"
        " postcode, country, industry, currency, interest, can_pay, source.",
    ),
]


@pytest.fixture(scope="module")
def facts() -> Any:
    return cartera.read("demo", day=DAY)


@pytest.mark.parametrize(("ask", "message"), REFUSED)
def test_an_argument_of_the_wrong_kind_is_refused_in_one_sentence(facts: Any, ask: Callable, message: str) -> None:
    with pytest.raises(cartera.CarteraError) as caught:
        ask(facts)
    assert str(caught.value) == message
    assert caught.value.exit_status == 2
