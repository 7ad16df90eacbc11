"""View `whatif_segments`: how many clients and how much money each segment has, now and under other windows."""

from __future__ import annotations

from typing import Any

from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.segments import ranked
from cartera.portfolio.whatif import whatif_composition
from cartera.tongue import say, say_many
from cartera.views.view import Column, Query, View


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.whatif_composition`, in the order of the segments. InputError: only one policy."""
    if query.against is None:
        fix = "Name another one: --against salescope, or a TOML file."
        raise InputError("whatif_segments compares two policies and got one.", fix=fix)
    return ranked(
        whatif_composition(facts, day=query.day, policy=query.policy, against=query.against), facts, query.policy
    )


def columns(_: Query) -> tuple[Column, ...]:
    """The segment, its clients and its money before and after."""
    return (
        Column("segment", "Segment", "segment"),
        Column("client_count", "Clients now", "count", total=True),
        Column("client_count_if", "Clients then", "count", total=True),
        Column("change", "Change", "count", total=True, is_change=True),
        Column("amount", say("Last {days} days now", days=YEAR_DAYS), "money", total=True),
        Column("amount_if", say("Last {days} days then", days=YEAR_DAYS), "money", total=True),
    )


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many segments have other clients."""
    changed = sum(1 for row in rows if row["change"])
    if not changed:
        return say("No segment has more or fewer clients.")
    return say_many(
        "{count} segment has more or fewer clients.", "{count} segments have more or fewer clients.", count=changed
    )


VIEW = View(
    "whatif_segments",
    "What would each segment hold under other windows?",
    answer,
    columns,
    lambda _: ("rank", "segment"),
    sentence=sentence,
    takes=frozenset({"against"}),
    example="cartera show whatif_segments demo --against salescope",
)
