"""Do lifetimes, retention and cohorts say what their definitions say? Read client by client, beside the engine."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from tests.plain import money
from tests.plain.oracle import Client, Kopilot, Policy, Row, Salescope, counted, segment_on, whole_timeline
from tests.plain.readings import public
from tests.portfolios import Facts as Portfolio
from tests.portfolios import clients_of, random_facts, tables

import cartera

OUTSIDE = {"lost", "cancelled", "prospect", "inactive"}
POLICIES: tuple[Policy, ...] = (
    Kopilot(),
    Kopilot(active_months=1, sleeping_months=3, lifespan_days=150, notice_days=20),
    Salescope(inactive_months=12, alert_months=5),
)
DAYS = (date(2024, 2, 29), date(2025, 8, 15))
each_policy = pytest.mark.parametrize("policy", POLICIES, ids=["published", "short", "two periods"])
each_day = pytest.mark.parametrize("day", DAYS, ids=str)
Lifetime = dict[str, Any]


def portfolio(day: date, clients: int = 150) -> Portfolio:
    """Random facts on which much turns around the day, in euro, with reps on the invoices."""
    rng = Random(day.toordinal())
    facts = random_facts(day.toordinal(), clients, around=day - timedelta(100))
    for row in facts["invoices"]:
        row["rep"] = rng.choice(("Ana", "Bo", None))
        row["currency"] = "EUR"
    return facts


def given(facts: Portfolio) -> cartera.Facts:
    return cartera.Facts(**tables(facts))


def lifetimes(client: Client, day: date, policy: Policy) -> list[Lifetime]:
    """The client's unbroken times in the portfolio that began by the day, walked interval by interval."""
    found: list[Lifetime] = []
    before: tuple[str, str] | None = None
    for segment, reason, start, _ in whole_timeline(client, policy):
        if start > day:
            break
        was_in, is_in = before is not None and before[0] not in OUTSIDE, segment not in OUTSIDE
        if is_in and not was_in:
            unused = before is not None and before[1] == "never_invoiced"
            found.append({"from": start, "until": None, "back": bool(found) and not unused, "ended": False})
        if was_in and not is_in:
            found[-1] |= {"until": start, "ended": reason != "never_invoiced"}
        before = segment, reason
    for one in found:
        one["days"] = ((one["until"] or day) - one["from"]).days
    return found


def lifespan(client: Client, day: date, policy: Policy) -> Row:
    """One row of the list."""
    lived, dates = lifetimes(client, day, policy), counted(client, day)
    left_on = lived[-1]["until"] if lived else None
    lasted = (max(left_on or day, dates[0]) - dates[0]).days if dates else None
    return {
        "first_issued_on": min(dates, default=None),
        "last_issued_on": max(dates, default=None),
        "relationship_days": lasted,
        "portfolio_days": sum(one["days"] for one in lived),
        "lifetime_count": len(lived),
        "ended_count": sum(one["ended"] for one in lived),
        "return_count": sum(one["back"] for one in lived),
        "entered_on": lived[-1]["from"] if lived else None,
        "left_on": left_on,
    }


@each_policy
@each_day
def test_every_client_has_the_lifetimes_of_its_timeline(policy: Policy, day: date) -> None:
    facts = portfolio(day)
    told = {row["client_id"]: row for row in cartera.lifespan(given(facts), day=day, policy=public(policy)).to_pylist()}
    born = {i: c for i, c in clients_of(facts).items() if segment_on(c, day, policy)}
    meant = {client_id: lifespan(client, day, policy) for client_id, client in born.items()}
    assert {i: {name: row[name] for name in meant[i]} for i, row in told.items()} == meant
    assert {i: row["segment"] for i, row in told.items()} == {i: segment_on(c, day, policy)[0] for i, c in born.items()}
    assert sum(row["return_count"] for row in meant.values()) > 3, "the portfolio says something"


def longer_than(days: int, lived: list[Lifetime]) -> Fraction:
    """The share of lifetimes that last longer, as Kaplan and Meier define it: of those watched up to each day on which
    some ended, the share that did not end on it, multiplied."""
    share = Fraction(1)
    for on in sorted({one["days"] for one in lived if one["ended"] and one["days"] <= days}):
        watched = sum(one["days"] >= on for one in lived)
        share *= 1 - Fraction(sum(one["days"] == on and one["ended"] for one in lived), watched)
    return share


@each_policy
@each_day
def test_the_curve_is_that_of_kaplan_and_meier(policy: Policy, day: date) -> None:
    facts = portfolio(day)
    lived = [one for client in clients_of(facts).values() for one in lifetimes(client, day, policy)]
    told = cartera.survival(given(facts), day=day, policy=public(policy)).sort_by("days").to_pylist()
    ends = {one["days"] for one in lived if one["ended"]}
    assert [row["days"] for row in told] == sorted({0, *ends, max(one["days"] for one in lived)})
    for row in told:
        days = row["days"]
        assert row["at_risk_count"] == sum(one["days"] >= days for one in lived)
        assert row["ended_count"] == sum(one["days"] == days and one["ended"] for one in lived)
        assert row["survival_share"] == pytest.approx(float(longer_than(days, lived)), abs=1e-12)
    assert sum(row["open_count"] for row in told) == sum(not one["ended"] for one in lived)
    assert len(ends) > 5, "the portfolio says something"


def fate(client: Client, until: date, policy: Policy) -> str:
    """What became by the day of a client that was in the portfolio."""
    segment, reason = segment_on(client, until, policy) or ("", "")
    if segment not in OUTSIDE:
        return "kept"
    return "unused" if reason == "never_invoiced" else "cancelled" if segment == "cancelled" else "lost"


def periods(since: date, day: date) -> list[tuple[date, date]]:
    """The calendar quarters of (since, day], the first and the last cut."""
    days = [since + timedelta(n) for n in range((day - since).days + 1)]
    ends = [d for d in days[1:] if d == day or ((d + timedelta(1)).day == 1 and d.month % 3 == 0)]
    return list(zip([since, *ends], ends, strict=False))


@each_policy
@each_day
def test_retention_counts_what_became_of_the_clients_at_the_start(policy: Policy, day: date) -> None:
    facts, since = portfolio(day), day - timedelta(500)
    asked = {"since": since, "day": day, "policy": public(policy), "every": "quarter", "by": "rep"}
    told: dict[Any, Row] = {}
    for row in cartera.retention(given(facts), **asked).to_pylist():
        told[row["rep"], row["after_on"], row["until_on"]] = row
    meant: dict[Any, Counter[str]] = {}
    for client in clients_of(facts).values():
        for after, until in periods(since, day):
            start = segment_on(client, after, policy)
            if start and start[0] not in OUTSIDE:
                key = money.rep_on(client, after), after, until
                meant.setdefault(key, Counter())[fate(client, until, policy)] += 1
    fates = ("kept", "lost", "cancelled", "unused")
    found = {key: Counter({name: row[f"{name}_count"] for name in fates}) for key, row in told.items()}
    assert {key: +counts for key, counts in found.items() if +counts} == meant
    for row in told.values():
        gone = row["lost_count"] + row["cancelled_count"]
        shares = (
            (row["kept_count"] / row["client_count"], gone / row["client_count"])
            if row["client_count"]
            else (None,) * 2
        )
        assert (row["retention_share"], row["churn_share"]) == shares
    open_ends = {row["until_on"] for row in told.values() if row["is_unfinished"]}
    assert open_ends == {day}, "neither day ends a quarter"


def number(on: date, every: str) -> int:
    """The period's number."""
    return {"month": on.year * 12 + on.month - 1, "quarter": on.year * 4 + (on.month - 1) // 3, "year": on.year}[every]


@pytest.mark.parametrize("every", ["month", "quarter", "year"])
@each_day
def test_cohorts_hold_who_began_together(every: str, day: date) -> None:
    facts = portfolio(day)
    buyers: dict[tuple[int, int], set[str]] = {}
    amounts: dict[tuple[int, int], Decimal] = {}
    for client_id, client in clients_of(facts).items():
        active = sorted({number(on, every) for on in counted(client, day)})
        for period in active:
            buyers.setdefault((active[0], period - active[0]), set()).add(client_id)
        for row in client["invoices"] if active else []:
            if money.is_money(row, day):
                key = active[0], max(0, number(row["issued_on"], every) - active[0])
                amounts[key] = amounts.get(key, Decimal(0)) + money.in_euro(row)
    told = {}
    for row in cartera.cohorts(given(facts), day=day, every=every).to_pylist():
        assert row["cohort_on"].day == 1
        told[number(row["cohort_on"], every), row["age"]] = row
    firsts, now = {first for first, _ in buyers}, number(day, every)
    assert set(told) == {(first, age) for first in firsts for age in range(now - first + 1)}
    for key, row in told.items():
        size = len(buyers[key[0], 0])
        assert row["client_count"] == len(buyers.get(key, ()))
        assert row["client_share"] == row["client_count"] / size
        assert row["amount"] == amounts.get(key, 0)
        assert row["is_unfinished"] == (sum(key) == now and number(day + timedelta(1), every) == now)
    some = sorted(firsts)[len(firsts) // 2]
    since = next(row["cohort_on"] for key, row in told.items() if key == (some, 0)) + timedelta(20)
    later = cartera.cohorts(given(facts), day=day, every=every, since=since).to_pylist()
    assert {number(row["cohort_on"], every) for row in later} == {first for first in firsts if first >= some}
