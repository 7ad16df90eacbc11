"""How many of a cohort bought at each age? A row per cohort, and the median of all below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.tongue import money_short, number, say, share
from cartera.views.cohorts import every, name
from cartera.views.doors import cells
from cartera.views.medians import medians
from cartera.web.doorways import behind
from cartera.web.grids import EMPTY, Grid, Side, Square
from cartera.web.pages.value.showing import MONEY, shown

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit


def grid(visit: Visit, answer: Answer) -> Grid:
    """The cohorts, newest last, with the median of the finished cells."""
    rows = answer.rows.to_pylist()
    ages = range(max((row["age"] for row in rows), default=-1) + 1)
    starts = list(dict.fromkeys(row["cohort_on"] for row in rows))
    found = {(row["cohort_on"], row["age"]): row for row in rows}
    most = {start: max(row["amount"] for row in rows if row["cohort_on"] == start) for start in starts}
    lines = [
        (
            Side(name(start, every(answer.query))),
            tuple(square(visit, answer, found.get((start, age)), most[start]) for age in ages),
        )
        for start in starts
    ]  # fmt: skip
    usual = medians(rows)
    last = tuple(middle(visit, answer, usual[age]) if age in usual else EMPTY for age in ages)
    across = tuple(Side(str(age)) for age in ages)
    return Grid(answer.view.asks, say("Began, and age"), across, (*lines, (Side(say("Median")), last)))


def square(visit: Visit, answer: Answer, row: dict[str, Any] | None, most: Any) -> Square:
    """One cohort at one age: its clients with their share, or its money."""
    if row is None:
        return EMPTY
    href = behind(visit, answer, cells(answer.view, row, answer.query).get("client_count"))
    if shown(visit) == MONEY:
        dark = float(row["amount"] / most) if most > 0 and row["amount"] > 0 else 0.0
        return Square(money_short(row["amount"]), href, dark, is_unfinished=row["is_unfinished"])
    note = share(row["client_share"], 0) if row["age"] else ""
    return Square(number(row["client_count"]), href, row["client_share"], note, is_unfinished=row["is_unfinished"])


def middle(visit: Visit, answer: Answer, usual: tuple[float, Any]) -> Square:
    """The median of one age."""
    told = money_short(usual[1], answer.currency) if shown(visit) == MONEY else share(usual[0], 0)
    return Square(told, is_plain=True)
