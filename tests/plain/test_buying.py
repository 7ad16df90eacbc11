"""Do frequency, funnel, rhythm, status and windows say what their definitions say? Client by client, plainly read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from statistics import median, quantiles
from typing import Any

import pytest
from tests.plain import buying, money
from tests.plain.oracle import Client, Kopilot, Policy, Salescope, coming, segment_on
from tests.plain.readings import public
from tests.portfolios import Facts, clients_of, tables

import cartera

DAYS = (date(2024, 2, 29), date(2025, 8, 31), date(2023, 3, 1))
POLICIES = (Kopilot(), Salescope(), Salescope(inactive_months=2, alert_months=1))
INSIDE = {"no_activity", "new", "active", "sleeping_away", "hibernating", "leaving", "recovered", "almost_inactive"}
asked = [(day, policy) for day in DAYS for policy in POLICIES[: 3 if day == DAYS[0] else 1]]
each = pytest.mark.parametrize(("day", "policy"), asked, ids=str)


@cache
def portfolio(day: date) -> Facts:
    """Two hundred clients, with a word on interest and ability to pay for some; all money in euro."""
    facts = buying.busy_facts(day.toordinal(), 200, day)
    for row in facts["invoices"]:
        row["currency"] = "EUR"
    for n, row in enumerate(facts["clients"]):
        row |= {"interest": (None, True, False)[n % 3], "can_pay": (None, True, False, None)[n % 4]}
    return facts


def told(question: Any, day: date, policy: Policy) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = question(
        cartera.Facts(**tables(portfolio(day))), day=day, policy=public(policy)
    ).to_pylist()
    return rows


def known(day: date, on: date, policy: Policy) -> dict[str, tuple[Client, str]]:
    """client_id -> the client and its segment, of those born by `on`."""
    found = {c: (client, segment_on(client, on, policy)) for c, client in clients_of(portfolio(day)).items()}
    return {c: (client, answer[0]) for c, (client, answer) in found.items() if answer}


def sold(client: Client, day: date) -> Decimal:
    return money.net_sales(client, day - buying.YEAR, day)


def frequency_of(count: int) -> str:
    return "none" if not count else "occasional" if count < 3 else "regular" if count < 12 else "frequent"


@each
def test_every_client_has_the_frequency_of_its_purchase_dates(day: date, policy: Policy) -> None:
    counts = {c: (buying.in_year(client, day), segment) for c, (client, segment) in known(day, day, policy).items()}
    recurrence = {2: "nearly recurring"}
    meant = {
        c: (n, frequency_of(n), recurrence.get(n, "recurring" if n >= 3 else "not recurring"), segment)
        for c, (n, segment) in counts.items()
    }
    names = ("purchase_count", "frequency", "recurrence", "segment")
    rows = told(cartera.frequency, day, policy)
    assert {row["client_id"]: tuple(row[name] for name in names) for row in rows} == meant
    assert {frequency_of(n) for n, _ in counts.values()} == {"none", "occasional", "regular", "frequent"}


@each
def test_the_funnel_counts_who_reaches_each_stage_now_and_a_year_before(day: date, policy: Policy) -> None:
    rows = told(cartera.funnel, day, policy)
    nobody: Client = {"invoices": [row for row in portfolio(day)["invoices"] if row["client_id"] is None]}
    everyone = [*clients_of(portfolio(day)).values(), nobody]
    for on, suffix in ((day, ""), (day - buying.YEAR, "_before")):
        clients = [
            (buying.in_year(client, on), sold(client, on), segment in INSIDE)
            for client, segment in known(day, on, policy).values()
        ]
        revenue = sum((sold(one, on) for one in everyone), Decimal(0))
        for k, row in enumerate(rows):
            here = [amount for n, amount, inside in clients if n >= k and (inside or n)]
            assert (row["stage"], row[f"client_count{suffix}"], row[f"amount{suffix}"]) == (k, len(here), sum(here))
            assert row[f"amount_share{suffix}"] == pytest.approx(float(sum(here) / revenue) if revenue > 0 else None)
            further = sum(n > k for n, _, _ in clients)
            drop = None if k == 12 or not here else (len(here) - further) / len(here)
            assert row[f"drop_share{suffix}"] == pytest.approx(drop)
    figures = {row["figure"]: row for row in told(cartera.figures, day, policy)}
    for name, suffix in (("value", ""), ("last_year", "_before")):
        again = [rows[3][f"{one}{suffix}"] for one in ("client_count", "amount")]
        assert [figures[one][name] for one in ("recurring_clients", "recurring_sales")] == again
        assert float(figures["recurring_share"][name]) == pytest.approx(rows[3][f"amount_share{suffix}"], abs=1e-4)
    assert len(rows) == 13
    assert sum(row["stop_count"] for row in rows) == rows[0]["client_count"]


@each
def test_every_client_has_the_rhythm_of_its_gaps(day: date, policy: Policy) -> None:
    rows = {row["client_id"]: row for row in told(cartera.rhythm, day, policy)}
    everybody = known(day, day, policy)
    assert rows.keys() == everybody.keys()
    for client_id, (client, _) in everybody.items():
        row, own, dates = rows[client_id], buying.gaps(client, day), buying.purchases(client, day)
        since = (day - dates[-1]).days if dates else None
        assert (row["gap_count"], row["days_since"]) == (len(own), since)
        assert row["late_plan_on"] == buying.late_plan(client, day)
        if len(own) < 4:
            assert row["rhythm"] == "not enough history"
            assert row["median_gap_days"] is row["is_beyond_limit"] is row["remark"] is None
            continue
        usual, recent, limit = buying.figures(own)
        assert (row["median_gap_days"], row["recent_gap_days"], row["limit_gap_days"]) == (usual, recent, limit)
        assert row["next_expected_on"] == dates[-1] + timedelta(int(usual + 0.5))
        assert row["is_beyond_limit"] is (since > limit)
        assert row["rhythm"] == ("beyond its limit" if since > limit else "within its limit")
        assert row["remark"] is None or not coming(client, day, policy)
    assert {row["rhythm"] for row in rows.values()} == {"beyond its limit", "within its limit", "not enough history"}


@each
def test_every_client_has_the_status_of_the_first_rule_that_holds(day: date, policy: Policy) -> None:
    own = {row["client_id"]: row for row in portfolio(day)["clients"]}
    warm = {"active"} if isinstance(policy, Kopilot) else {"active", "new", "recovered"}
    meant = {}
    for client_id, (client, segment) in known(day, day, policy).items():
        said = own.get(client_id, {})
        if not buying.purchases(client, day):
            hope = said.get("interest") or coming(client, day, policy)
            meant[client_id] = "potential" if hope and said.get("can_pay") is not False else "probable"
        elif segment in warm:
            meant[client_id] = "current" if buying.in_year(client, day) >= 3 else "active"
        else:
            meant[client_id] = "inactive"
    assert {row["client_id"]: row["status"] for row in told(cartera.status, day, policy)} == meant
    assert len(set(meant.values())) == 5


@each
def test_windows_look_at_all_gaps_of_the_portfolio(day: date, policy: Policy) -> None:
    own = [buying.gaps(client, day) for client in clients_of(portfolio(day)).values()]
    every = [gap for found in own for gap in found]
    rows = told(cartera.windows, day, policy)
    for row in rows:
        assert (row["gap_count"], row["client_count"]) == (len(every), sum(map(bool, own)))
        assert row["median_gap_days"] == float(median(every))
        assert row["limit_gap_days"] == pytest.approx(quantiles(every, n=10, method="inclusive")[8], abs=1e-9)
    proposed = {row["number"]: row["proposed"] for row in rows}
    assert type(public(policy))(**proposed)
    assert {row["number"]: row["current"] for row in rows}.items() <= vars(policy).items()
