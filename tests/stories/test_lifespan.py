"""How long does a client last? Worked by hand: one client that leaves and comes back, and published curves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.portfolios import Facts as Portfolio
from tests.portfolios import tables

import cartera
from cartera.engine import open_facts
from cartera.portfolio.policy import Policy
from cartera.portfolio.survival import kaplan_meier, least_mean_days, median_days
from cartera.views.retention import notes
from cartera.views.survival import sentence
from cartera.views.view import Query

QUERY = Query(date(2026, 3, 31), Policy.kopilot())

# Weeks in remission of 42 children with leukaemia: Freireich et al., Blood 21 (1963), 699-716. A star: still in
# remission when last seen. The shares are those of Kleinbaum and Klein, Survival Analysis (3rd ed. 2012), chapter 2.
TREATED = "6 6 6 6* 7 9* 10 10* 11* 13 16 17* 19* 20* 22 23 25* 32* 32* 34* 35*"
TREATED_SHARES = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
# Kaplan and Meier's own example, in tenths of a month: J. Am. Stat. Assoc. 53 (1958), page 464.
THEIRS = "8 10* 27* 31 54 70* 92 121*"
THEIR_SHARES = {8: 7 / 8, 31: 7 / 10, 54: 21 / 40, 92: 21 / 80}


def together(times: str) -> list[tuple[int, int, int]]:
    """The times counted: how many ended and how many go on after each."""
    found: dict[int, list[int]] = {}
    for one in times.split():
        found.setdefault(int(one.rstrip("*")), [0, 0])["*" in one] += 1
    return [(days, *counts) for days, counts in found.items()]


@pytest.mark.parametrize(
    ("times", "shares"), [(TREATED, TREATED_SHARES), (THEIRS, THEIR_SHARES)], ids=["remission", "Kaplan and Meier"]
)
def test_the_published_curves_come_out(times: str, shares: dict[int, float]) -> None:
    steps = kaplan_meier(together(times))
    told = {step["days"]: round(step["survival_share"], 4) for step in steps if step["ended_count"]}
    assert told == {days: round(share, 4) for days, share in shares.items()}
    assert steps[-1]["ended_count"] == 0, "the last row is the longest time watched"


def test_the_median_and_the_mean_of_the_published_times() -> None:
    treated, placebo = kaplan_meier(together(TREATED)), kaplan_meier(together(PLACEBO))
    assert (median_days(treated), median_days(placebo)) == (23, 8)
    assert least_mean_days(placebo) == pytest.approx(sum(map(int, PLACEBO.split())) / 21)
    assert placebo[-1]["survival_share"] == pytest.approx(0)


def test_watched_until_the_day_on_which_another_ended_is_watched_on_that_day() -> None:
    assert [step["at_risk_count"] for step in kaplan_meier([(6, 1, 1), (7, 1, 0)])] == [3, 3, 1]


FEW = ", too few to rely on: it takes 20"


@pytest.mark.parametrize(
    ("times", "half", "counts", "mean"),
    [
        (
            "3 5* 5*",
            "more than 5 days, the longest time watched",
            f"1 of 3 lifetimes ended, 2 still open{FEW}",
            "at least 4",
        ),
        ("3 5", "3 days or longer", f"2 of 2 lifetimes ended, 0 still open{FEW}", "4"),
        (TREATED, "23 days or longer", "9 of 21 lifetimes ended, 12 still open", "at least 23"),
    ],
)
def test_the_sentence_never_takes_who_is_still_here_for_gone(times: str, half: str, counts: str, mean: str) -> None:
    said = f"Half of the clients last {half} ({counts}); a lifetime is {mean} days on average."
    assert sentence(kaplan_meier(together(times)), QUERY) == said


def of(rep: str | None, times: str) -> list[dict[str, Any]]:
    return [{"rep": rep} | step for step in kaplan_meier(together(times))]


def test_by_rep_the_sentence_compares_those_with_enough_lifetimes_over_the_time_all_were_watched() -> None:
    by_rep = replace(QUERY, by=("rep",))
    split = of("Ana", TREATED) + of("Bo", PLACEBO) + of(None, "3 5*")
    told = "By rep, most clients last longer than 23 days with Ana (44.8 %), fewest with Bo (0.0 %)"
    assert sentence(split, by_rep) == f"{told}; 1 with fewer than 20 lifetimes is left out."
    alike = of("Ana", TREATED) + of("Bo", TREATED)
    assert sentence(alike, by_rep).startswith("By rep, 44.8 % of the clients last longer than 35 days everywhere")
    few = "Too few lifetimes to compare by rep: it takes 20 for each of two, and 1 has so many."
    assert sentence(of("Ana", TREATED) + of("Bo", "3 5"), by_rep) == few


def test_the_sentence_about_nobody() -> None:
    assert sentence([], QUERY) == "Nobody ever was in the portfolio."


@pytest.mark.parametrize(
    ("times", "open_ones"),
    [
        ("0*", "1 is still open, watched for 0 days"),
        ("5*", "1 is still open, watched for 5 days"),
        ("3* 5*", "2 are still open, watched for 5 days at most"),
    ],
)
def test_where_nobody_left_the_sentence_says_no_more_than_that(times: str, open_ones: str) -> None:
    assert sentence(kaplan_meier(together(times)), QUERY) == f"No lifetime has ended yet: {open_ones}."


def invoices(*dates: str) -> Portfolio:
    rows = [
        {"client_id": "a", "invoice_id": on, "issued_on": date.fromisoformat(on), "amount": Decimal(10)} for on in dates
    ]
    return {"clients": [], "invoices": rows, "marks": []}


LIFESPANS = (
    # the day, relationship, in the portfolio, lifetimes, ended, returns, came in, left
    ("2024-01-31", 0, 0, 1, 0, 0, "2024-01-31", None),
    ("2025-03-06", 400, 400, 1, 0, 0, "2024-01-31", None),
    ("2025-03-07", 401, 401, 1, 1, 0, "2024-01-31", "2025-03-07"),
    ("2025-05-31", 401, 401, 1, 1, 0, "2024-01-31", "2025-03-07"),
    ("2025-06-01", 487, 401, 2, 1, 1, "2025-06-01", None),
    ("2025-06-11", 497, 411, 2, 1, 1, "2025-06-01", None),
)


@pytest.mark.parametrize("line", LIFESPANS, ids=[line[0] for line in LIFESPANS])
def test_a_client_that_leaves_on_day_401_and_comes_back(line: tuple[Any, ...]) -> None:
    facts = invoices("2024-01-31", "2025-06-01")
    [row] = cartera.lifespan(cartera.Facts(**tables(facts)), day=date.fromisoformat(line[0])).to_pylist()
    names = ("relationship_days", "portfolio_days", "lifetime_count", "ended_count", "return_count")
    told = (
        line[0],
        *(row[name] for name in names),
        *(row[name] and str(row[name]) for name in ("entered_on", "left_on")),
    )
    assert told == line


def test_who_never_was_invoiced_leaves_unused_and_is_not_lost() -> None:
    facts: Portfolio = {
        "clients": [{"client_id": "a", "created_on": date(2024, 1, 1)}], "invoices": [], "marks": []
    }  # fmt: skip
    given, day = cartera.Facts(**tables(facts)), date(2025, 3, 1)
    [row] = cartera.lifespan(given, day=day).to_pylist()
    assert (row["portfolio_days"], row["ended_count"], row["left_on"]) == (400, 0, date(2025, 2, 4))
    assert row["relationship_days"] is None
    [period] = cartera.retention(given, since=date(2024, 3, 1), day=day).to_pylist()
    assert (period["client_count"], period["unused_count"], period["churn_share"]) == (1, 1, 0)
    assert cartera.survival(given, day=day).to_pylist()[-1]["survival_share"] == 1


def test_who_left_and_came_back_within_the_period_stayed() -> None:
    given = cartera.Facts(**tables(invoices("2024-01-31", "2025-06-01")))
    [year] = cartera.retention(given, since=date(2025, 1, 1), day=date(2025, 12, 31)).to_pylist()
    assert (year["client_count"], year["kept_count"]) == (1, 1)
    quarters = cartera.retention(given, since=date(2024, 12, 31), day=date(2025, 5, 1), every="quarter").to_pylist()
    told = {str(row["until_on"]): (row["client_count"], row["lost_count"], row["is_unfinished"]) for row in quarters}
    assert told == {"2025-03-31": (1, 1, False), "2025-05-01": (0, 0, True)}


def test_where_the_facts_begin_too_late_for_a_loss_the_view_says_so() -> None:
    held = open_facts(cartera.Facts(**tables(invoices("2024-01-31", "2025-06-01"))))
    told = (
        "The facts begin on 2024-01-31: nobody turns lost by time before 2025-03-07, so until then churn says little."
    )
    for start, said in ((date(2025, 3, 5), True), (date(2025, 3, 6), False)):  # the first loss is on the next day
        assert (told in notes(held, replace(QUERY, since=start))) is said
    assert "before 2025-07-31" in notes(held, replace(QUERY, since=start, policy=Policy.salescope()))[-1]


def test_money_of_an_invoice_credited_before_the_first_counted_one_is_at_age_0() -> None:
    facts = invoices("2025-01-10", "2025-03-10")
    note = {"client_id": "a", "invoice_id": "n", "kind": "credit_note", "credits": "2025-01-10"}
    facts["invoices"].append(note | {"issued_on": date(2025, 4, 1), "amount": Decimal(-10)})
    rows = cartera.cohorts(cartera.Facts(**tables(facts)), day=date(2025, 5, 30)).sort_by("age").to_pylist()
    told = [(str(row["cohort_on"]), row["age"], row["client_count"], row["amount"]) for row in rows]
    assert told == [("2025-03-01", 0, 1, 20), ("2025-03-01", 1, 0, -10), ("2025-03-01", 2, 0, 0)]
    assert [row["is_unfinished"] for row in rows] == [False, False, True]
