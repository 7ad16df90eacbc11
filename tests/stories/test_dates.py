"""On which days does a client who fell silent turn colder? The worked dates, month ends and leap days among them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.plain.oracle import Kopilot
from tests.plain.readings import Reading, plain, product
from tests.stories.story import Story, facts_in, grids

ONE_DAY = timedelta(days=1)
WORKED = """
| last invoice | active through | sleeping through | hibernating through | leaving                  | lost from  |
| 2024-01-31   | 2024-05-31     | 2024-09-30       | 2025-02-04          | 2025-02-05 .. 2025-03-06 | 2025-03-07 |
| 2024-02-29   | 2024-06-29     | 2024-10-29       | 2025-03-05          | 2025-03-06 .. 2025-04-04 | 2025-04-05 |
| 2023-10-31   | 2024-02-29     | 2024-06-30       | 2024-11-04          | 2024-11-05 .. 2024-12-04 | 2024-12-05 |
| 2023-02-28   | 2023-06-28     | 2023-10-28       | 2024-03-04          | 2024-03-05 .. 2024-04-03 | 2024-04-04 |
"""


def after(day: str) -> str:
    """The following day."""
    return (date.fromisoformat(day) + ONE_DAY).isoformat()


def stays(row: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """Segment, reason, first and last day of each stay that a line of the table tells, lost as seen ten years later."""
    first, last = row["leaving"].split(" .. ")
    return [
        ("active", "invoiced", row["last invoice"], row["active through"]),
        ("sleeping away", "cooling", after(row["active through"]), row["sleeping through"]),
        ("hibernating", "cooling", after(row["sleeping through"]), row["hibernating through"]),
        ("leaving", "leaving", first, last),
        ("lost", "expired", row["lost from"], row["lost from"].replace("202", "203", 1)),
    ]


def answers(row: dict[str, str]) -> list[dict[str, str]]:
    """What must be answered on the first and the last day of each stay, with the stay that follows."""
    told = stays(row)
    nexts = [*((segment, first) for segment, _, first, _ in told[1:]), ("-", "-")]
    return [
        {"client": "Ana", "day": day, "segment": segment, "reason": reason, "since": first, "next": later, "on": on}
        for (segment, reason, first, last), (later, on) in zip(told, nexts, strict=True)
        for day in (first, last)
    ]


@pytest.mark.parametrize("row", grids(WORKED)[0], ids=lambda row: row["last invoice"])
@pytest.mark.parametrize("reading", [plain, product])
def test_a_client_who_fell_silent_turns_colder_on_these_days(row: dict[str, str], reading: Reading) -> None:
    silent = facts_in([{"client": "Ana", "date": row["last invoice"], "kind": "invoice"}])
    Story(silent, answers(row), Kopilot()).check(reading)


@pytest.mark.parametrize("row", grids(WORKED)[0], ids=lambda row: row["last invoice"])
def test_the_table_leaves_no_day_out_and_thirty_days_to_act(row: dict[str, str]) -> None:
    told = stays(row)
    assert [after(last) for *_, last in told[:-1]] == [first for _, _, first, _ in told[1:]]
    leaving = told[3]
    assert date.fromisoformat(leaving[3]) - date.fromisoformat(leaving[2]) + ONE_DAY == timedelta(days=30)
