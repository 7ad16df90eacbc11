"""Are last year's figures and the wake-up call what they say? Random facts against Decimals added up one by one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.plain import money
from tests.plain.test_money_and_reps import portfolio
from tests.plain.test_sales_figures import DAY, YEAR, ZERO, counted, fiscal_start, given, ratio, sold
from tests.portfolios import Facts, clients_of

import cartera
from cartera.calendar import year_before

if TYPE_CHECKING:
    from tests.plain.oracle import Client

COUNTS = ("client_count_before", "client_count", "lost_count", "won_count")
SUMS = ("amount_before", "lost", "won", "kept", "amount", "change")
LEAP_DAY = date(2024, 2, 29)


def nobody(facts: Facts) -> Client:
    return {"invoices": [row for row in facts["invoices"] if row["client_id"] is None]}


def last_year(facts: Facts, day: date, month: int) -> dict[str, Decimal | None]:
    """The sales figures of the same day a year before, as the books stand on the day; what recurs as then."""
    clients = list(clients_of(facts).values())
    everyone = [*clients, nobody(facts)]
    start, until = year_before(fiscal_start(day, month) - DAY), year_before(day)
    to_date, earlier = sold(everyone, day, start, until), sold(everyone, day, year_before(start), year_before(until))
    whole = sold(everyone, day, year_before(start), start)
    new = [c for c in clients if start < min(counted(c, day, date.min, day), default=date.min) <= until]
    invoices = sum(len(counted(c, day, start, until)) for c in clients)
    named, then = sold(clients, day, start, until), day - YEAR
    regular = [c for c in clients if len(set(counted(c, then, then - YEAR, then))) >= 3]
    recurring = sold(regular, then, then - YEAR, then)
    return {
        "sales_to_date": to_date, "variation": to_date - earlier, "growth": ratio(to_date - earlier, earlier),
        "whole_last_year": whole, "completion": ratio(to_date, whole),
        "sales_365": sold(everyone, day, then - YEAR, then),
        "sales_month": sold(everyone, day, year_before(day.replace(day=1) - DAY), until),
        "sales_day": sold(everyone, day, year_before(day - DAY), until), "sales_new": sold(new, day, start, until),
        "sales_existing": named - sold(new, day, start, until), "sales_unattributed": to_date - named,
        "recurring_sales": recurring, "recurring_clients": Decimal(len(regular)),
        "recurring_share": ratio(recurring, sold(everyone, then, then - YEAR, then)),
        "invoice_count": Decimal(invoices), "average_invoice": ratio(named, Decimal(invoices)),
        "clients_invoiced": Decimal(sum(bool(counted(c, day, start, until)) for c in clients)),
    }  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize(("seed", "month", "on"), [(101, 1, None), (102, 4, None), (104, 10, None), (105, 1, LEAP_DAY)])
def test_every_figure_of_last_year_is_a_plain_sum(seed: int, month: int, on: date | None) -> None:
    facts, around = portfolio(seed, 150)
    day, policy = on or around, cartera.Policy.kopilot(fiscal_year_start=month)
    told = {
        row["figure"]: row["last_year"] for row in cartera.figures(given(facts), day=day, policy=policy).to_pylist()
    }
    expected = last_year(facts, day, month)
    assert {name: told[name] for name in expected} == expected


def by_rep(facts: Facts, day: date) -> dict[Any, dict[str, Any]]:
    """The row of every rep, client by client; what names no client has no rep."""
    found: dict[Any, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0) | dict.fromkeys(SUMS, ZERO))
    everyone = [(client, money.rep_on(client, day), True) for client in clients_of(facts).values()]
    for client, rep, is_named in [*everyone, (nobody(facts), None, False)]:
        now, before = sold([client], day, day - YEAR, day), sold([client], day, day - 2 * YEAR, day - YEAR)
        if not now and not before:
            continue
        part = "lost" if is_named and now <= 0 < before else "won" if is_named and before <= 0 < now else "kept"
        row = found[rep]
        for name, value in {"amount_before": before, "amount": now, "change": now - before, part: now - before}.items():
            row[name] += value
        for name, holds in zip(COUNTS, (before > 0, now > 0, part == "lost", part == "won"), strict=True):
            row[name] += is_named and holds
    return found


def falls(row: dict[str, Any]) -> bool:
    return row["change"] < 0 and -row["change"] >= row["amount_before"] / 20


def verdict(found: dict[Any, dict[str, Any]]) -> str:
    """The first that holds, from the rows of all reps."""
    reps = {rep: row for rep, row in found.items() if rep is not None}
    whole = {name: sum(row[name] for row in found.values()) for name in (*COUNTS, *SUMS)}
    unknown = found[None]["amount_before"] if None in found else ZERO
    with_clients = sum(row["client_count_before"] > 0 for row in reps.values())
    if whole["client_count_before"] < 5 or with_clients < 2 or unknown * 2 > whole["amount_before"]:
        return "can't tell"
    if not falls(whole):
        return "holds"
    worst = min(reps.values(), key=lambda row: row["change"])
    rest = {name: whole[name] - worst[name] for name in ("change", "amount_before")}
    if -worst["change"] * 2 > -sum(min(row["change"], ZERO) for row in found.values()) and not falls(rest):
        return "sales force"
    many = sum(falls(row) for row in reps.values()) * 2 >= len(reps)
    return "portfolio" if many and whole["won"] < -whole["lost"] else "mixed"


WAKING = [
    (101, 150, 0), (102, 150, 0), (103, 150, 200), (104, 150, 400), (105, 8, 0), (106, 3, 0), (107, 20, 300),
]  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize(("seed", "clients", "later"), WAKING)
def test_the_wake_up_call_is_a_plain_sum_by_rep_and_the_first_verdict_that_holds(
    seed: int, clients: int, later: int
) -> None:
    facts, day = portfolio(seed, clients)
    day += timedelta(later)
    rows = cartera.wakeup(given(facts), day=day).to_pylist()
    meant = by_rep(facts, day)
    assert {row["rep"]: {name: row[name] for name in (*COUNTS, *SUMS)} for row in rows} == meant
    assert {row["verdict"] for row in rows} == ({verdict(meant)} if meant else set())
