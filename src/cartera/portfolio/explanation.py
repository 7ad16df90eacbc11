"""Why is a client where it is, in words? One text per client, made by the engine from the rule that held.

The sentences and their numbers come from the policy's rule table; nothing about a segment is worded here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import narwhals as nw

from cartera.portfolio.policy import AnyPolicy, rules
from cartera.portfolio.rules import Rule

HOLE = re.compile(r"\{(\w+)\}")


def explanation(policy: AnyPolicy) -> nw.Expr:
    """Text: segment, since when, the rule that held with the policy's numbers, the next change, what would change it.

    Wants the columns of `activity` and born_on, marked_on.
    """
    labels = {segment.id: segment.label for segment in policy.segments}
    text: nw.Expr = nw.lit(None, nw.String)
    for rule in rules(policy):
        held = (nw.col("segment") == rule.segment) & (nw.col("reason") == rule.reason)
        text = nw.when(held).then(_sentence(rule, labels[rule.segment], policy)).otherwise(text)
    return nw.concat_str([text, _next(labels), _change(policy)], separator=" ", ignore_nulls=True)


def _sentence(rule: Rule, label: str, policy: AnyPolicy) -> nw.Expr:
    return _filled(f"{label} since {{since_on}}: {rule.why}.", policy)


def _next(labels: dict[str, str]) -> nw.Expr:
    """If nobody acts ..., by the next change of segment."""
    name: nw.Expr = nw.lit(None, nw.String)
    for segment, label in labels.items():
        name = nw.when(nw.col("next_segment") == segment).then(nw.lit(label.lower())).otherwise(name)
    turns = nw.concat_str([nw.lit("If nobody acts it turns "), name, nw.lit(" on "), _text("next_on"), nw.lit(".")])
    return nw.when(nw.col("next_on").is_null()).then(nw.lit("If nobody acts it stays so.")).otherwise(turns)


def _change(policy: AnyPolicy) -> nw.Expr:
    text: nw.Expr = nw.lit(None, nw.String)
    for rule in rules(policy):
        held = (nw.col("segment") == rule.segment) & (nw.col("reason") == rule.reason)
        text = nw.when(held).then(nw.lit(rule.change.format(**policy.words))).otherwise(text)
    return text


def _filled(template: str, policy: AnyPolicy) -> nw.Expr:
    """The template with the policy's numbers put in as text and the client's dates as columns."""
    parts: list[nw.Expr] = []
    for n, piece in enumerate(HOLE.split(template)):
        if n % 2 == 0:
            parts.append(nw.lit(piece))
        else:
            parts.append(nw.lit(str(policy.words[piece])) if piece in policy.words else _text(piece))
    return _joined(parts)


def _joined(parts: Sequence[nw.Expr]) -> nw.Expr:
    return nw.concat_str(list(parts))


def _text(column: str) -> nw.Expr:
    return nw.col(column).cast(nw.String)
