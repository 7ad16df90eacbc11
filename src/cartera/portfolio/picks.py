"""Which clients stand behind a number that no column names? Those at a stage, of a cohort, in a cell, of a part.

Each pick is the rule of the question that counts it, asked for its clients.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from cartera.calendar import add_days, next_period
from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import standing
from cartera.portfolio.cells import fm_score
from cartera.portfolio.changes import changes
from cartera.portfolio.compared import PARTS, compared, period
from cartera.portfolio.frequency import frequency
from cartera.portfolio.funnel import LAST_STAGE
from cartera.portfolio.measures import measured
from cartera.portfolio.planned_months import standing_plans
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.purchase_dates import purchase_dates
from cartera.portfolio.rfm import rfm
from cartera.portfolio.scores import HIGHEST
from cartera.portfolio.segments import inside_ids

ALL = "all"
SINCE = " since "  # new since 2025-12-31
FROM = " from "  # 2026-04 from accounting
NO_PLAN = "none"
UPTO = ".."  # 2025-03-01..2025-03-15
_STAGE = re.compile(r"(\d{1,2})(\+?)")
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True)
class Pick:
    """ask: facts, value, day, policy -> client_id of the clients meant, of those born by `day`.

    told: what the values are, for people. example: one of them. is_last: the pick is among those whom all other filters
    leave. InputError for a value that says nothing.
    """

    ask: Callable[[Facts, str, date, AnyPolicy], Frame]
    told: str
    example: str
    is_last: bool = False


def picked(facts: Facts, name: str, values: list[str], *, day: date, policy: AnyPolicy) -> Frame:
    """client_id of the clients that any of the values means; KeyError: no such pick."""
    found = [PICKS[name].ask(facts, value, day, policy).select("client_id") for value in values]
    return nw.concat(found).unique() if len(found) > 1 else found[0]


def in_period(first: date, last: date) -> str:
    """The value of `began`, `bought` and `planned` that means these days, both included, as short as it goes."""
    year, quarter, month = f"{first:%Y}", f"{first:%Y}-Q{(first.month + 2) // 3}", f"{first:%Y-%m}"
    short = (one for one in (year, quarter, month, first.isoformat()) if _period(one) == (first, last))
    return next(short, f"{first}{UPTO}{last}")


def _refused(name: str, value: str) -> InputError:
    pick = PICKS[name]
    fix = f"{pick.told} A working example: {name}={pick.example}."
    return InputError(f"{name} is {value!r}.", where="--where", fix=fix)


def _at_stage(facts: Facts, value: str, day: date, policy: AnyPolicy) -> Frame:
    found = _STAGE.fullmatch(value)
    stage = int(found[1]) if found else LAST_STAGE + 1
    if not found or stage > LAST_STAGE:
        raise _refused("funnel", value)
    rows = frequency(facts, day=day, policy=policy)
    count = nw.col("purchase_count")
    rows = rows.filter(nw.col("segment").is_in(inside_ids(policy)) | (count > 0))
    is_open = found[2] == "+" or stage == LAST_STAGE
    return rows.filter(count >= stage if is_open else count == stage)


def _began(facts: Facts, value: str, day: date, policy: AnyPolicy) -> Frame:
    del policy  # no rule decides when somebody began
    first, last = _days("began", value)
    began = purchase_dates(facts, day=day).group_by("client_id").agg(on=nw.col("issued_on").min())
    return began.filter((nw.col("on") >= first) & (nw.col("on") <= last))


def _bought(facts: Facts, value: str, day: date, policy: AnyPolicy) -> Frame:
    del policy
    first, last = _days("bought", value)
    rows = purchase_dates(facts, day=day, after=add_days(first, -1)).filter(nw.col("issued_on") <= last)
    return rows.select("client_id").unique()


def _days(name: str, value: str) -> tuple[date, date]:
    start, ranged, end = value.partition(UPTO)
    try:
        first, last = _period(start)
        return first, _period(end)[1] if ranged else last
    except ValueError:
        raise _refused(name, value) from None


def _period(value: str) -> tuple[date, date]:
    found = _PERIOD.fullmatch(value)
    if not found:
        return date.fromisoformat(value), date.fromisoformat(value)
    year, quarter, month = int(found[1]), found[2], found[3]
    every = "quarter" if quarter else "month" if month else "year"
    first = date(year, 3 * int(quarter) - 2 if quarter else int(month or 1), 1)
    return first, add_days(next_period(first, every), -1)


def _greatest(facts: Facts, value: str, day: date, policy: AnyPolicy) -> Frame:
    if value != ALL and not (value.isdecimal() and int(value)):
        raise _refused("top", value)
    rows = measured(facts, day=day, policy=policy).filter(nw.col("value") > 0)
    return rows if value == ALL else rows.sort("value", "client_id", descending=[True, False]).head(int(value))


def _scored(axis: str) -> Callable[[Facts, str, date, AnyPolicy], Frame]:
    def ask(facts: Facts, value: str, day: date, policy: AnyPolicy) -> Frame:
        del policy  # scores rest on purchases alone
        if value not in ("", *(str(score) for score in range(1, HIGHEST + 1))):
            raise _refused(axis, value)
        rows = rfm(facts, day=day)
        if not value:
            return rows.filter(nw.col("rfm_score").is_null())
        return rows.filter(_is_scored(axis, int(value)))

    return ask


def _is_scored(axis: str, score: int) -> nw.Expr:
    if axis != "fm_score":
        return nw.col(axis) == score
    scores = range(1, HIGHEST + 1)
    pairs = [(f, m) for f in scores for m in scores if fm_score(f, m) == score]
    return (nw.col("f_score") * 10 + nw.col("m_score")).is_in([10 * f + m for f, m in pairs])


def _moved(facts: Facts, value: str, day: date, policy: AnyPolicy) -> Frame:
    del policy
    part, dated, since = value.partition(SINCE)
    if part not in PARTS:
        raise _refused("bridge", value)
    try:
        chosen = period(day, date.fromisoformat(since) if dated else None)
    except ValueError:
        raise _refused("bridge", value) from None
    return compared(facts, chosen).filter((nw.col("part") == part) & ~nw.col("client_id").is_null())


def _planned(facts: Facts, value: str, day: date, policy: AnyPolicy) -> Frame:
    if value in (ALL, NO_PLAN):
        none = nw.col("next_planned_on").is_null()
        return standing(facts, day=day, policy=policy).filter(none if value == NO_PLAN else ~none)
    days, sourced, source = value.partition(FROM)
    first, last = _days("planned", days)
    rows = standing_plans(facts, day).filter((nw.col("issued_on") >= first) & (nw.col("issued_on") <= last))
    if sourced:
        rows = rows.filter(nw.col("source") == source if source else nw.col("source").is_null())
    return rows.select("client_id").unique()


def _turning(facts: Facts, value: str, day: date, policy: AnyPolicy) -> Frame:
    first, last = _days("turns", value)
    rows = changes(facts, day=day, policy=policy)
    return rows.filter((nw.col("next_on") >= first) & (nw.col("next_on") <= last)).select("client_id")


_SCORE = f"It takes a score from 1 to {HIGHEST}, or nothing for clients without one."
_DAYS = "It takes a day, month, quarter or year, or the first and the last day."
PICKS: Mapping[str, Pick] = {
    "funnel": Pick(_at_stage, f"It takes purchase dates of the last 365 days, 0 to {LAST_STAGE}; + adds more.", "3+"),
    "began": Pick(_began, _DAYS, "2025-03"),
    "bought": Pick(_bought, _DAYS, "2025-Q1"),
    "bridge": Pick(_moved, f"It takes {', '.join(PARTS)}, and since when.", "lost"),
    "planned": Pick(_planned, f"It takes {ALL}, {NO_PLAN}, or days and, if you like, a source.", "2026-04"),
    "turns": Pick(_turning, _DAYS, "2026-04"),
    **{name: Pick(_scored(name), _SCORE, "5") for name in ("r_score", "f_score", "m_score", "fm_score")},
    "top": Pick(_greatest, "It takes how many of the greatest by net sales of the last 365 days, or all.", "10", True),
}
