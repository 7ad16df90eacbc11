"""Which filters are worth saving? Three of ours, to use as they are and to copy from."""

from __future__ import annotations

from cartera.portfolio.custom_reading import read_rules
from cartera.portfolio.custom_rules import Rules
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import at_risk_ids
from cartera.words import SEGMENT_LABELS

SHIPPED = "examples"
TEXT = """\
["big and going cold"]
all = [
  {{ column = "is_cooling", is = true }},
  {{ column = "stake_times_mean", at_least = 1.25 }},
]

["recurring and asleep for a month"]
all = [
  {{ column = "total_purchase_count", at_least = 3 }},
  {{ has_been = "{cooling}", for_days = 30 }},
]

["one purchase and then silence"]
all = [
  {{ column = "total_purchase_count", is = 1 }},
  {{ column = "recency_days", at_least = 90 }},
  {{ column = "is_planned", is = false }},
]
"""


def shipped_text(policy: AnyPolicy) -> str:
    """Our custom segments as a TOML text, with the first cooling segment of the policy."""
    return TEXT.format(cooling=SEGMENT_LABELS[at_risk_ids(policy)[0]].lower())


def shipped(policy: AnyPolicy) -> Rules:
    """Our custom segments."""
    return read_rules(shipped_text(policy), SHIPPED)
