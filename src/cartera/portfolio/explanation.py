"""Why is a client where it is, in words? One text per client, made by the engine from the rule that held.

The sentences and their numbers come from the policy's rule table; nothing about a segment is worded here.
"""

from __future__ import annotations

import re

import narwhals as nw

from cartera.facts.tables import Frame
from cartera.portfolio.policy import AnyPolicy, rules
from cartera.portfolio.rules import Rule
from cartera.portfolio.weaving import day_words, woven
from cartera.tongue import say, spoken

HOLE = re.compile(r"\{(\w+)\}")


def explained(rows: Frame, policy: AnyPolicy) -> Frame:
    """The rows with `explanation`: segment, since when, the rule that held with the policy's numbers, the next change,
    what would change it.

    Wants the columns of `activity` and born_on, marked_on.
    """
    # Many sentences name the same days: as columns they are written once per row, not once per sentence.
    days = {_said(name): day_words(name) for name in sorted({"since_on", "next_on", *_days(policy)})}
    return rows.with_columns(**days).with_columns(explanation=_explanation(policy)).drop(*days)


def _explanation(policy: AnyPolicy) -> nw.Expr:
    labels = {segment.id: segment.said for segment in policy.segments}
    text: nw.Expr = nw.lit(None, nw.String)
    for rule in rules(policy):
        held = (nw.col("segment") == rule.segment) & (nw.col("reason") == rule.reason)
        text = nw.when(held).then(_sentence(rule, labels[rule.segment], policy)).otherwise(text)
    return nw.concat_str([text, _next(labels), _change(policy)], separator=" ", ignore_nulls=True)


def _days(policy: AnyPolicy) -> set[str]:
    """The columns of days that the sentences of the rules name."""
    return {name for rule in rules(policy) for name in HOLE.findall(spoken(rule.why))} - set(policy.words)


def _said(day: str) -> str:
    return f"{day}_said"


def _sentence(rule: Rule, label: str, policy: AnyPolicy) -> nw.Expr:
    why = _filled(spoken(rule.why), policy)
    return woven(
        spoken("{segment} since {day}: {why}."), {"segment": label, "day": nw.col(_said("since_on")), "why": why}
    )


def _next(labels: dict[str, str]) -> nw.Expr:
    """If nobody acts ..., by the next change of segment."""
    name: nw.Expr = nw.lit(None, nw.String)
    for segment, label in labels.items():
        name = nw.when(nw.col("next_segment") == segment).then(nw.lit(label.lower())).otherwise(name)
    turns = woven(
        spoken("If nobody acts it turns {segment} on {day}."), {"segment": name, "day": nw.col(_said("next_on"))}
    )
    return nw.when(nw.col("next_on").is_null()).then(nw.lit(say("If nobody acts it stays so."))).otherwise(turns)


def _change(policy: AnyPolicy) -> nw.Expr:
    text: nw.Expr = nw.lit(None, nw.String)
    for rule in rules(policy):
        held = (nw.col("segment") == rule.segment) & (nw.col("reason") == rule.reason)
        text = nw.when(held).then(nw.lit(spoken(rule.change).format(**policy.words))).otherwise(text)
    return text


def _filled(template: str, policy: AnyPolicy) -> nw.Expr:
    """The template with the policy's numbers put in as text and the client's dates as columns."""
    words = policy.words
    names = HOLE.findall(template)
    return woven(template, {name: str(words[name]) if name in words else nw.col(_said(name)) for name in names})
