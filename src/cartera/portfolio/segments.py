"""The segments of a policy as a table: every answer has each of them, also those without a client."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.policy import AnyPolicy


def segment_table(facts: Facts, policy: AnyPolicy) -> Frame:
    """segment, rank (0 for the first of the ladder), is_inside (counts in the portfolio's size)."""
    segments = policy.segments
    columns: dict[str, list[Any]] = {"segment": [s.id for s in segments], "rank": list(range(len(segments)))}
    columns["is_inside"] = [s.inside for s in segments]
    return facts.room.table(columns, {"segment": nw.String, "rank": nw.Int64, "is_inside": nw.Boolean})


def inside_ids(policy: AnyPolicy) -> list[str]:
    """The segments that make the portfolio's size."""
    return [segment.id for segment in policy.segments if segment.inside]


def at_risk_ids(policy: AnyPolicy) -> list[str]:
    """The segments still inside the portfolio that are cooling."""
    return [segment.id for segment in policy.segments if segment.at_risk]


def ranked(rows: Frame, facts: Facts, policy: AnyPolicy, column: str = "segment", rank: str = "rank") -> Frame:
    """The rows with the place of their segment on the ladder; null where there is no segment."""
    places = segment_table(facts, policy).select(key="segment", place="rank").rename({"place": rank})
    return rows.join(places, left_on=column, right_on="key", how="left")
