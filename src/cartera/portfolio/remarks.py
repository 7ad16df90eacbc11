"""What does a client's own rhythm say that the policy's windows do not? One remark, made by the engine."""

from __future__ import annotations

import narwhals as nw

from cartera.portfolio.gaps import TENTHS, days_text
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.salescope import Salescope
from cartera.portfolio.segments import at_risk_ids


def remark(policy: AnyPolicy, limit_tenth: int) -> nw.Expr:
    """A sentence where window and rhythm disagree, or agree that a client in the portfolio is late; else null.

    Wants segment, is_beyond_limit, next_planned_on, late_plan_on, days_since, median_tenths, limit_tenths.
    """
    limit = f"is its {limit_tenth}-in-{TENTHS} limit"
    figures = [
        nw.col("days_since").cast(nw.String), nw.lit(" days since the last invoice where "), days_text("median_tenths"),
        nw.lit(" is usual and "), days_text("limit_tenths"), nw.lit(f" {limit}"),
    ]  # fmt: skip
    beyond, patient = nw.col("is_beyond_limit"), ~nw.col("is_beyond_limit")
    text: nw.Expr = nw.lit(None, nw.String)
    for segment, rule in _rules(policy).items():
        here = (nw.col("segment") == segment) & nw.col("next_planned_on").is_null()
        cooling = segment in at_risk_ids(policy)
        late = nw.concat_str([nw.lit(f"{rule}, {'and' if cooling else 'but'} "), *figures, _broken(), nw.lit(".")])
        text = nw.when(here & beyond).then(late).otherwise(text)
        if cooling:
            calm = nw.concat_str([nw.lit(f"{rule}, but within its own rhythm: "), *figures, nw.lit(".")])
            text = nw.when(here & patient).then(calm).otherwise(text)
    return text


def _rules(policy: AnyPolicy) -> dict[str, str]:
    """Where a client stands by time alone, and the window that it has passed, or is still within."""
    if isinstance(policy, Salescope):
        alarm = f"by the {policy.inactive_months - policy.alert_months}-month rule"
        words = dict.fromkeys(("new", "active", "recovered", "almost_inactive"), alarm)
    else:
        words = {
            "active": f"by the {policy.active_months}-month rule",
            "sleeping_away": f"by the {policy.active_months}-month rule",
            "hibernating": f"by the {policy.sleeping_months}-month rule",
            "leaving": f"by the {policy.lifespan_days - policy.notice_days}-day rule",
        }
    labels = {segment.id: segment.label for segment in policy.segments}
    return {segment: f"{labels[segment]} {rule}" for segment, rule in words.items()}


def _broken() -> nw.Expr:
    planned = nw.col("late_plan_on").cast(nw.String)
    told = nw.concat_str([nw.lit("; the one planned for "), planned, nw.lit(" did not come")])
    return nw.when(nw.col("late_plan_on").is_null()).then(nw.lit("")).otherwise(told)
