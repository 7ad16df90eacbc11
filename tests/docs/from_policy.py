"""The rules in words: every number and every condition comes from the policy in force."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from itertools import chain

from cartera.charts.tokens import COLOURS
from cartera.portfolio.policy import FAMILIES, AnyPolicy
from cartera.portfolio.policy import rules as rules_of
from cartera.portfolio.rules import Rule
from cartera.portfolio.shape import ShapeLimits
from tests.docs.markdown import code, table

MEANINGS = {
    "active_months": "calendar months after the last invoice during which a client is active",
    "sleeping_months": "calendar months after the last invoice at the end of which it no longer sleeps away",
    "lifespan_days": "days after the last invoice that the relation survives: a year and a time of grace",
    "notice_days": "how many days before the end of the lifespan a client is leaving",
    "horizon_months": "how far ahead a planned invoice is seen",
    "no_activity_days": "how many days a client without any invoice is waited for",
    "boundary": "whether the boundary day belongs to the `warm`er or the `cold`er segment",
    "fiscal_year_start": "the month on whose first day the fiscal year begins; sales figures use it, no segment does",
    "inactive_months": "calendar months after the last purchase on which a client turns inactive",
    "alert_months": "how many months before that it turns almost inactive",
}
SHAPES = (
    ("can't tell", "fewer than {fewest_clients} clients in the portfolio"),
    ("inaccurate", "no activity is {inaccurate_share} or more"),
    ("declining", "sleeping away, hibernating and leaving together are more than {declining_share}"),
    ("mature", "active is more than {active_share}, new is at least leaving, and new is less than {mature_new_share}"),
    ("growing", "new and active outnumber the cooling, and new outnumbers leaving"),
    ("mixed", "none of these"),
)
LASTS = (date(2024, 1, 31), date(2024, 2, 29), date(2023, 10, 31), date(2023, 2, 28))  # where months differ most
# A sentence about one client names its dates; a definition does not.
OF_ONE_CLIENT = re.compile(r", of \{\w+\},| (on|for) \{\w+\}")


def segments(family: str) -> str:
    """One row per segment, in the order of the ladder."""
    policy = FAMILIES[family]()
    rows = []
    for segment in policy.segments:
        own = [rule for rule in rules_of(policy) if rule.segment == segment.id]
        when = "; or ".join(condition(rule, policy) for rule in own)
        rows.append([f"**{segment.label}**", when, " · ".join(dict.fromkeys(rule.todo for rule in own))])
    return table(["segment", "a client stands here when", "what to do"], rows)


def rules(family: str) -> str:
    """The decision table; the first that holds wins."""
    policy = FAMILIES[family]()
    rows = [
        [n, condition(rule, policy), code(rule.segment), code(rule.reason), changed(rule, policy)]
        for n, rule in enumerate(rules_of(policy), start=1)
    ]
    return table(["", "when", "segment", "reason", "what changes it"], rows)


def condition(rule: Rule, policy: AnyPolicy) -> str:
    """When the rule holds, with the policy's numbers and without the dates of one client."""
    return OF_ONE_CLIENT.sub("", rule.why).format(**policy.words)


def changed(rule: Rule, policy: AnyPolicy) -> str:
    """What would change it."""
    return rule.change.format(**policy.words)


def numbers(family: str) -> str:
    """The policy's numbers with their usual values."""
    own = fields(FAMILIES[family])
    return table(["number", "usually", "meaning"], [[code(f.name), code(f.default), MEANINGS[f.name]] for f in own])


def dates(family: str) -> str:
    """Worked out: from which day on a client with this last invoice stands in each segment, if nobody acts."""
    ladder = [rung for rung in FAMILIES[family]().ladder if not rung.beside]
    label = {segment.id: segment.label.lower() for segment in FAMILIES[family].segments}
    head = ["last invoice", *(f"{label[after.segment]} from" for after in ladder[1:])]
    rows = [[last, *(rung.end(last) for rung in ladder if rung.end)] for last in LASTS]
    return table(head, rows)


def shapes() -> str:
    """The words for a whole portfolio; the first that holds wins."""
    limits = ShapeLimits()
    told = {f.name: getattr(limits, f.name) for f in fields(limits)}
    told = {name: f"{value:.0%}" if isinstance(value, float) else value for name, value in told.items()}
    return table(["shape", "when"], [[f"**{word}**", when.format(**told)] for word, when in SHAPES])


def colours() -> str:
    """One colour on light and on dark paper per segment."""
    every = {s.id: s for s in chain.from_iterable(family.segments for family in FAMILIES.values())}
    rows = [[s.label, *(code(hexed) for hexed in COLOURS[f"seg-{s.colour}"]), code(s.icon)] for s in every.values()]
    return table(["segment", "on light", "on dark", "icon"], rows)
