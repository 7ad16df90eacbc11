"""What does a client's own rhythm say that the policy's windows do not? One remark, made by the engine."""

from __future__ import annotations

import narwhals as nw

from cartera.facts.tables import Frame
from cartera.portfolio.gaps import TENTHS, days_said
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.salescope import Salescope
from cartera.portfolio.segments import at_risk_ids
from cartera.portfolio.weaving import day_words, woven
from cartera.tongue import say, spoken
from cartera.words import segment_said


def remarked(rows: Frame, policy: AnyPolicy, limit_tenth: int) -> Frame:
    """The rows with `remark`: a sentence where window and rhythm disagree, or agree that a client in the portfolio is
    late; else null.

    Wants segment, is_beyond_limit, next_planned_on, late_plan_on, days_since, median_tenths, limit_tenths.
    """
    # The figures stand in every sentence: as columns they are written once, not once for each.
    rows = rows.with_columns(figures=_figures(limit_tenth))
    missed = woven(
        spoken("{figures}; the one planned for {day} did not come"),
        {"figures": nw.col("figures"), "day": day_words("late_plan_on")},
    )
    late = nw.when(nw.col("late_plan_on").is_null()).then(nw.col("figures")).otherwise(missed)
    return rows.with_columns(told=late).with_columns(remark=_remark(policy)).drop("figures", "told")


def _figures(limit_tenth: int) -> nw.Expr:
    return woven(
        spoken("{days} days since the last invoice where {usual} is usual and {limit} is its {tenths}-in-{of} limit"),
        {
            "days": nw.col("days_since").cast(nw.String), "usual": days_said("median_tenths"),
            "limit": days_said("limit_tenths"), "tenths": str(limit_tenth), "of": str(TENTHS),
        },
    )  # fmt: skip


def _remark(policy: AnyPolicy) -> nw.Expr:
    beyond, patient = nw.col("is_beyond_limit"), ~nw.col("is_beyond_limit")
    text: nw.Expr = nw.lit(None, nw.String)
    for segment, rule in _rules(policy).items():
        here = (nw.col("segment") == segment) & nw.col("next_planned_on").is_null()
        cooling = segment in at_risk_ids(policy)
        agreed = spoken("{segment}, and {figures}.") if cooling else spoken("{segment}, but {figures}.")
        late = woven(agreed, {"segment": rule, "figures": nw.col("told")})
        text = nw.when(here & beyond).then(late).otherwise(text)
        if cooling:
            within = spoken("{segment}, but within its own rhythm: {figures}.")
            calm = woven(within, {"segment": rule, "figures": nw.col("figures")})
            text = nw.when(here & patient).then(calm).otherwise(text)
    return text


def _rules(policy: AnyPolicy) -> dict[str, str]:
    """Where a client stands by time alone, and the window that it has passed, or is still within."""
    if isinstance(policy, Salescope):
        alarm = _months(policy.inactive_months - policy.alert_months)
        words = dict.fromkeys(("new", "active", "recovered", "almost_inactive"), alarm)
    else:
        words = {
            "active": _months(policy.active_months),
            "sleeping_away": _months(policy.active_months),
            "hibernating": _months(policy.sleeping_months),
            "leaving": say("by the {days}-day rule", days=str(policy.lifespan_days - policy.notice_days)),
        }
    return {
        segment: say("{segment} {rule}", segment=segment_said(segment), rule=rule) for segment, rule in words.items()
    }


def _months(count: int) -> str:
    return say("by the {months}-month rule", months=str(count))
