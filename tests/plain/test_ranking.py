"""Do volume, ABC, concentration and worth say what their definitions say? Client by client, plainly read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from tests.plain import buying, ranking
from tests.plain.oracle import Client, Kopilot, Policy, Salescope, counted, segment_on
from tests.plain.readings import public
from tests.portfolios import Facts, clients_of

import cartera
from cartera.portfolio.worth import WorthLimits

DAYS = (date(2024, 2, 29), date(2025, 8, 31))
asked = [(DAYS[0], Kopilot()), (DAYS[1], Kopilot()), (DAYS[0], Salescope(inactive_months=2, alert_months=1))]
each = pytest.mark.parametrize(("day", "policy"), asked, ids=str)
Values = dict[str, Decimal]


@cache
def portfolio(day: date) -> Facts:
    """Two hundred clients with lines."""
    return ranking.ranked_facts(day.toordinal(), 200, day)


@cache
def given(day: date) -> cartera.Facts:
    return cartera.Facts(**ranking.with_lines(portfolio(day)))


@cache
def known(day: date, on: date, policy: Policy) -> dict[str, tuple[Client, str]]:
    """client_id -> the client and its segment, of those born by `on`."""
    found = {c: (client, segment_on(client, on, policy)) for c, client in clients_of(portfolio(day)).items()}
    return {c: (client, answer[0]) for c, (client, answer) in found.items() if answer}


@cache
def values(day: date, on: date, policy: Policy, measure: str, window: str) -> Values:
    after = ranking.PAST if window == "all" else on - buying.YEAR
    everybody = known(day, on, policy)
    return {c: ranking.value(portfolio(day), client, measure, after, on) for c, (client, _) in everybody.items()}


def told(question: Any, day: date, policy: Policy, **options: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = question(given(day), day=day, policy=public(policy), **options).to_pylist()
    return rows


def volume_of(amount: Decimal, mean: Fraction) -> str:
    for name, times in (("very high", Fraction(3)), ("high", Fraction(5, 4)), ("average", Fraction(1, 2))):
        if amount >= times * mean:
            return name
    return "low" if amount > 0 else "none"


@each
@pytest.mark.parametrize("window", ["365", "all"])
def test_every_client_has_the_volume_of_its_sales(day: date, policy: Policy, window: str) -> None:
    amounts = values(day, day, policy, "amount", window)
    above = [Fraction(amount) for amount in amounts.values() if amount > 0]
    mean = sum(above, Fraction(0)) / len(above)
    rows = told(cartera.volume, day, policy, window=window)
    segments = {c: segment for c, (_, segment) in known(day, day, policy).items()}
    meant = {c: (segments[c], amount, volume_of(amount, mean)) for c, amount in amounts.items()}
    assert {row["client_id"]: (row["segment"], row["amount"], row["volume"]) for row in rows} == meant
    assert all(row["times_mean"] == pytest.approx(float(Fraction(row["amount"]) / mean)) for row in rows)
    assert {name for _, _, name in meant.values()} == {"very high", "high", "average", "low", "none"}


@each
@pytest.mark.parametrize("measure", ["amount", "profit", "quantity", "invoices"])
@pytest.mark.parametrize("window", ["365", "all"])
def test_every_client_has_the_class_of_its_value(day: date, policy: Policy, measure: str, window: str) -> None:
    own = values(day, day, policy, measure, window)
    rows = told(cartera.abc, day, policy, measure=measure, window=window)
    assert {row["client_id"]: (Decimal(row["value"]), row["abc"]) for row in rows} == {
        c: (own[c], name) for c, name in ranking.classes(own).items()
    }
    whole = sum((Fraction(v) for v in own.values() if v > 0), Fraction(0))
    for row in rows:
        mine = own[row["client_id"]]
        upto = sum((Fraction(v) for v in own.values() if v >= mine), Fraction(0)) / whole
        shares = (row["value_share"], row["cumulated_share"])
        assert shares == (pytest.approx((float(Fraction(mine) / whole), float(upto))) if mine > 0 else (None, None))
    assert {row["abc"] for row in rows} == {"A", "B", "C"}


@each
@pytest.mark.parametrize("window", ["365", "all"])
def test_concentration_is_that_of_the_greatest_clients_now_and_a_year_before(
    day: date, policy: Policy, window: str
) -> None:
    rows = {row["figure"]: row for row in told(cartera.concentration, day, policy, window=window)}
    assert list(rows) == ["top_1", "top_3", "top_10", "herfindahl"]
    for column, on in (("value", day), ("last_year", day - buying.YEAR)):
        shares = ranking.shares(values(day, on, policy, "amount", window))
        for top in (1, 3, 10):
            assert rows[f"top_{top}"][column] == float(sum(shares[:top]))
        assert rows["herfindahl"][column] == float(sum(share**2 for share in shares))
    above = sorted((v for v in values(day, day, policy, "amount", window).values() if v > 0), reverse=True)
    assert [row["amount"] for row in rows.values()] == [above[0], sum(above[:3]), sum(above[:10]), sum(above)]
    assert [row["client_count"] for row in rows.values()] == [1, 3, 10, len(above)]
    assert all(row["change"] == pytest.approx(row["value"] - row["last_year"]) for row in rows.values())


@each
@pytest.mark.parametrize("cost", [None, Decimal(100)])
def test_every_client_is_worth_what_the_first_rule_says(day: date, policy: Policy, cost: Decimal | None) -> None:
    now, margins = (values(day, day, policy, measure, "365") for measure in ("amount", "profit"))
    year = day - buying.YEAR
    abc, meant = ranking.classes(now), {}
    for client_id, (client, _) in known(day, day, policy).items():
        amount = now[client_id]
        before = ranking.money.net_sales(client, year - buying.YEAR, day) - amount
        opened = min(counted(client, day), default=None)
        measured = ranking.lines_of(portfolio(day), client, "profit", year, day)
        cheap = cost is None or not measured or margins[client_id] < cost
        if amount <= 0:
            name = "unrated"
        elif abc[client_id] == "C" and cheap:
            name = "small"
        elif (before > 0 and amount >= before * Decimal("1.2")) or (opened and opened > year and abc[client_id] == "A"):
            name = "best"
        else:
            name = "loyal"
        meant[client_id] = (name, abc[client_id], amount, before, opened)
    rows = told(cartera.worth, day, policy, limits=WorthLimits(cost_to_serve=cost))
    names = ("worth", "abc", "amount", "amount_before", "opened_on")
    assert {row["client_id"]: tuple(row[name] for name in names) for row in rows} == meant
    assert {found[0] for found in meant.values()} == {"best", "loyal", "small", "unrated"}
    for row in rows:
        before = row["amount_before"]
        growth = float(row["amount"] / before - 1) if before > 0 else None
        assert row["growth_share"] == (growth if growth is None else pytest.approx(growth))
