"""What does a client's own rhythm say beside the rules? Worked examples that an owner could check with a calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import cartera

DAY = date(2026, 3, 31)
GAPS = (31, 28, 60, 30, 31, 29, 45, 31, 30, 40, 35)  # in order of size: 28 29 30 30 31 31 31 35 40 45 60


def bought(gaps: tuple[int, ...], silence: int) -> list[dict[str, Any]]:
    """The invoices of a client whose last one is `silence` days old."""
    on = DAY - timedelta(silence)
    dates = [on]
    for gap in reversed(gaps):
        on -= timedelta(gap)
        dates.append(on)
    return [{"client_id": "Ana", "issued_on": on, "amount": 100, "state": "issued", "known_on": None} for on in dates]


def row(invoices: list[dict[str, Any]], **asked: Any) -> dict[str, Any]:
    import pyarrow as pa

    types = pa.schema([("client_id", pa.string()), ("issued_on", pa.date32()), ("amount", pa.int64()),
                       ("state", pa.string()), ("known_on", pa.date32())])  # fmt: skip
    facts = cartera.Facts(invoices=pa.Table.from_pylist(invoices, types))
    found: dict[str, Any] = cartera.rhythm(facts, day=DAY, **asked).to_pylist()[0]
    return found


def planned(on: date, known_on: date) -> dict[str, Any]:
    return {"client_id": "Ana", "issued_on": on, "amount": 100, "state": "planned", "known_on": known_on}


def test_active_by_the_rule_and_late_by_its_own_rhythm() -> None:
    told = row(bought(GAPS, 52))
    assert (told["segment"], told["rhythm"], told["is_beyond_limit"]) == ("active", "beyond its limit", True)
    assert (told["median_gap_days"], told["limit_gap_days"], told["days_since"]) == (31, 45, 52)
    assert told["next_expected_on"] == date(2026, 3, 10)
    assert told["remark"] == (
        "Active by the 4-month rule, but 52 days since the last invoice where 31 is usual and 45 is its 9-in-10 limit."
    )


def test_the_rule_is_that_of_the_policy_in_force() -> None:
    policy = cartera.Policy.salescope(inactive_months=12, alert_months=6)
    assert row(bought(GAPS, 52), policy=policy)["remark"].startswith("Active by the 6-month rule, but 52 days")


def test_the_limit_itself_is_not_beyond_it() -> None:
    assert row(bought(GAPS, 45))["is_beyond_limit"] is False
    assert row(bought(GAPS, 46))["is_beyond_limit"] is True


def test_a_planned_invoice_silences_the_remark_and_a_broken_plan_wakes_it() -> None:
    invoices = bought(GAPS, 52)
    ahead = row([*invoices, planned(date(2026, 4, 20), date(2026, 3, 1))])
    assert (ahead["remark"], ahead["is_beyond_limit"]) == (None, True)
    broken = row([*invoices, planned(date(2026, 3, 20), date(2026, 3, 1))])
    assert broken["late_plan_on"] == date(2026, 3, 20)
    assert broken["remark"].endswith("45 is its 9-in-10 limit; the one planned for 2026-03-20 did not come.")


def test_a_plan_that_nobody_knew_yet_is_not_broken() -> None:
    assert row([*bought(GAPS, 52), planned(date(2026, 3, 20), date(2026, 4, 1))])["late_plan_on"] is None


def test_a_cooling_client_may_be_within_its_own_rhythm() -> None:
    told = row(bought((150, 170, 160, 180), 140))
    assert told["segment"] == "sleeping_away"
    assert told["remark"] == (
        "Sleeping away by the 4-month rule, but within its own rhythm: 140 days since the last invoice where 165 is"
        " usual and 177 is its 9-in-10 limit."
    )


def test_three_gaps_are_not_enough_history() -> None:
    told = row(bought((30, 30, 30), 100))
    assert (told["rhythm"], told["gap_count"], told["days_since"]) == ("not enough history", 3, 100)
    assert told["median_gap_days"] is told["next_expected_on"] is told["remark"] is None
    assert row(bought((30, 30, 30, 30), 100))["rhythm"] == "beyond its limit"


def test_the_newest_gap_weighs_eight_times_the_eighth_last() -> None:
    # (10 x 8 + 90 x (7 + 6 + 5 + 4 + 3 + 2 + 1)) / 36 = 72.2; the two oldest no longer weigh.
    assert row(bought((999, 500, *[90] * 7, 10), 5))["recent_gap_days"] == 72.2


def test_two_invoices_of_one_day_are_one_purchase() -> None:
    invoices = bought((30, 30, 30, 30), 10)
    assert row(invoices * 2)["gap_count"] == 4
