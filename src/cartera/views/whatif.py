"""View `whatif`: which clients change segment under other windows, and how the composition changes."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.whatif import whatif, whatif_composition
from cartera.tongue import say, say_in, say_many
from cartera.views import phrasing
from cartera.views.view import Column, Query, View


def columns(query: Query) -> tuple[Column, ...]:
    """The client, its segment under both policies, and what it is worth."""
    before, after = labels(query)
    return (
        Column("client_id", "Id", link="client_id", minor=True),
        Column("name", "Client", link="client_id"),
        Column("from_segment", before, "segment"),
        Column("to_segment", after, "segment"),
        Column("last_issued_on", "Last invoice", "date"),
        Column("amount", "Last 365 days", "money", total=True),
    )


def labels(query: Query) -> tuple[str, str]:
    """What the two policies are called; two sets of numbers of one policy share its name, which tells nothing."""
    if query.against is None or query.policy.name == query.against.name:
        return say_in("column", "Now"), say_in("column", "If changed")
    return say("Under {policy}", policy=query.policy.name), say("Under {policy}", policy=query.against.name)


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.whatif`."""
    if query.against is None:
        fix = "Give another policy to compare with: cartera whatif SOURCE --policy salescope, or a TOML file."
        raise InputError("whatif compares two policies and got one.", fix=fix)
    return whatif(facts, day=query.day, policy=query.policy, against=query.against)


def sentence(rows: list[dict[str, Any]], _: Query) -> str:
    """How many clients change, and the money they stand for."""
    if not rows:
        return say("No client changes segment.")
    return say_many(
        "{count} client changes segment, with {amount} of net sales in the last {days} days.",
        "{count} clients change segment, with {amount} of net sales in the last {days} days.",
        count=len(rows), amount=tongue.money(phrasing.total(rows, "amount")), days=YEAR_DAYS,
    )  # fmt: skip


def notes(facts: Facts, query: Query) -> list[str]:
    """The composition before and after, segment by segment."""
    rows = facts.room.rows(whatif_composition(facts, day=query.day, policy=query.policy, against=query.against))
    counts = {row["segment"]: (row["client_count"], row["client_count_if"]) for row in rows}
    known = dict.fromkeys(s.id for p in (query.policy, query.against) for s in p.segments)
    told = [
        say("{segment} {before} → {after}", segment=phrasing.label(s), before=counts[s][0], after=counts[s][1])
        for s in known
        if any(counts[s])
    ]
    return [say("Clients per segment: {segments}.", segments=tongue.listed(told))] if told else []


VIEW = View(
    "whatif",
    "Which clients change segment under other windows?",
    answer,
    columns,
    lambda _: ("-amount", "client_id"),
    sentence=sentence,
    notes=notes,
    takes=frozenset({"against"}),
    example="cartera whatif demo --policy salescope",
)
