"""Custom segments in examples that a customer could check: for how long, and/or/not, what nobody stated, in words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

import cartera
from cartera.engine import open_facts
from cartera.portfolio.custom import definitions
from cartera.portfolio.custom_reading import made
from cartera.portfolio.custom_shipped import shipped, shipped_text
from cartera.portfolio.policy import Policy

KOPILOT, SALESCOPE = Policy.kopilot(), Policy.salescope()
ASLEEP = {"asleep": {"has_been": "Sleeping away", "for_days": 30}}
# Alder buys every month; Bramble stopped on 20 November, so it sleeps from 21 March to 20 July; Cedar bought once, and
# sleeps from 6 May on; of Dogwood nobody knows the rep.
BOUGHT = {
    "alder": ["2025-12-10", "2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"],
    "bramble": ["2025-09-20", "2025-10-20", "2025-11-20"],
    "cedar": ["2026-01-05"],
    "dogwood": ["2026-04-01"],
}
REPS = {"alder": "Ana", "bramble": "Ana", "cedar": "Bo", "dogwood": None}


def facts() -> cartera.Facts:
    """Four clients, each invoice 100."""
    rows = [(client, date.fromisoformat(on)) for client, dates in BOUGHT.items() for on in dates]
    invoices = {"client_id": [c for c, _ in rows], "issued_on": [on for _, on in rows], "amount": [100] * len(rows)}
    clients = {"client_id": list(REPS), "rep": list(REPS.values()), "staff": [3, 40, 7, None], "vip": [True, False] * 2}
    return cartera.Facts(invoices=pa.table(invoices), clients=pa.table(clients))


def members(rules: dict[str, Any], day: str) -> dict[str, list[str]]:
    """Who is in each of the custom segments, in order of names."""
    found: dict[str, list[str]] = {name: [] for name in rules}
    for row in cartera.custom(facts(), day=date.fromisoformat(day), rules=rules, by="client_id").to_pylist():
        found[row["custom"]].append(row["client_id"])
    return {name: sorted(own) for name, own in found.items()}


@pytest.mark.parametrize(
    ("day", "who"),
    [("2026-04-19", []), ("2026-04-20", ["bramble"]), ("2026-07-20", ["bramble", "cedar"]), ("2026-07-21", ["cedar"])],
)
def test_asleep_for_thirty_days_begins_thirty_days_after_falling_asleep_and_ends_with_it(
    day: str, who: list[str]
) -> None:
    assert members(ASLEEP, day)["asleep"] == who


WHO: list[tuple[dict[str, Any], list[str]]] = [
    ({"column": "rep", "is": "Ana"}, ["alder", "bramble"]),
    ({"column": "rep", "is_not": "Ana"}, ["cedar", "dogwood"]),
    ({"not": {"column": "rep", "is": "Ana"}}, ["cedar", "dogwood"]),
    ({"column": "rep", "in": ["Ana", "Bo"]}, ["alder", "bramble", "cedar"]),
    ({"column": "rep", "missing": True}, ["dogwood"]),
    ({"column": "staff", "at_least": 7}, ["bramble", "cedar"]),
    ({"column": "staff", "below": 7.5}, ["alder", "cedar"]),
    ({"column": "vip", "is": True}, ["alder", "cedar"]),
    ({"column": "amount", "between": [100, 300]}, ["bramble", "cedar", "dogwood"]),
    ({"column": "amount", "above": 300}, ["alder"]),
    ({"column": "recency_days", "at_most": 19}, ["alder", "dogwood"]),
    ({"column": "last_issued_on", "below": date(2026, 1, 5)}, ["bramble"]),
    ({"column": "segment", "in": ["sleeping_away", "Leaving"]}, ["bramble"]),
    ({"column": "is_cooling", "is": False}, ["alder", "cedar", "dogwood"]),
    ({"column": "next_days", "at_most": 16}, ["cedar"]),
    (
        {"any": [{"column": "rep", "missing": True}, {"all": [{"column": "rep", "is": "Ana"}, ASLEEP["asleep"]]}]},
        ["bramble", "dogwood"],
    ),
]


def test_who_meets_a_rule() -> None:
    found = members({str(rule): rule for rule, _ in WHO}, "2026-04-20")
    assert found == {str(rule): who for rule, who in WHO}


def test_a_client_may_be_in_several_and_the_empty_ones_are_told_too() -> None:
    rules = {"Ana's": {"column": "rep", "is": "Ana"}, "nobody": {"column": "amount", "above": 900}} | ASLEEP
    rows = cartera.custom(facts(), day=date(2026, 4, 20), rules=rules).to_pylist()
    told = [(row["custom"], row["client_count"], row["client_share"], int(row["amount"])) for row in rows]
    assert told == [("Ana's", 2, 0.5, 800), ("nobody", 0, 0.0, 0), ("asleep", 1, 0.25, 300)]


def test_without_clients_there_is_no_share() -> None:
    rows = cartera.custom(facts(), day=date(2020, 1, 1)).to_pylist()
    assert [(row["client_count"], row["client_share"], int(row["amount"])) for row in rows] == [(0, None, 0)] * 3


WORDS: list[tuple[dict[str, Any], str]] = [
    (ASLEEP["asleep"], "has been sleeping away for 30 days or longer"),
    ({"has_been": "leaving", "for_days": 1}, "has been leaving for 1 day or longer"),
    ({"has_been": "leaving", "for_days": 0}, "is leaving"),
    ({"column": "volume", "in": ["very high", "high"]}, "volume is very high or high"),
    ({"column": "rep", "is_not": "Ana"}, "rep is not Ana"),
    ({"column": "rep", "missing": True}, "rep is not known"),
    ({"column": "vip", "missing": False}, "whether vip is true is known"),
    ({"column": "vip", "is": False}, "vip is false"),
    ({"column": "is_planned", "is_not": True}, "not (something is planned)"),
    ({"column": "amount", "at_least": 10000}, "net sales of the last 365 days at least 10,000"),
    ({"column": "growth_share", "below": -0.05}, "growth below -5 %"),
    ({"column": "recency_days", "between": [30, 90]}, "time since the last invoice from 30 days to 90 days"),
    ({"column": "opened_on", "at_least": date(2026, 1, 1)}, "first invoice on or after 2026-01-01"),
    ({"column": "next_segment", "is": "lost"}, "next segment is lost"),
    (
        {"any": [{"column": "rep", "is": "Bo"}, {"all": [{"column": "rep", "is": "Ana"}, ASLEEP["asleep"]]}]},
        "rep is Bo or (rep is Ana and has been sleeping away for 30 days or longer)",
    ),
]


def test_a_rule_in_words() -> None:
    rules = made({words: rule for rule, words in WORDS})
    assert definitions(open_facts(facts()), rules, KOPILOT) == [(words, words) for _, words in WORDS]


@pytest.mark.thorough
@pytest.mark.parametrize("policy", [KOPILOT, SALESCOPE], ids=["kopilot", "salescope"])
def test_ours_can_be_asked_under_every_policy_and_copied_into_a_file(policy: Any, tmp_path: Any) -> None:
    file = tmp_path / "ours.toml"
    file.write_text(shipped_text(policy), encoding="utf-8")
    day = date(2026, 4, 20)
    ours = cartera.custom(facts(), day=day, policy=policy)
    assert cartera.custom(facts(), day=day, policy=policy, rules=file).equals(ours)
    assert ours["custom"].to_pylist() == shipped(policy).names()
    assert ours["client_count"].to_pylist() == ([0, 1, 1] if policy is KOPILOT else [0, 0, 1])
