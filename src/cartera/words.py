"""The names of things: one id, one label, one colour role per segment, in the order of the ladder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Segment:
    """One answer to "where does the relationship stand?".

    inside: counts in the portfolio's size. at_risk: still inside but cooling. colour, icon: charts and lists.
    """

    id: str
    label: str
    colour: str
    icon: str
    inside: bool = True
    at_risk: bool = False


KOPILOT = (
    Segment("no_activity", "No activity", "no-activity", "circle-dashed"),
    Segment("new", "New", "new", "sprout"),
    Segment("active", "Active", "active", "heart-pulse"),
    Segment("sleeping_away", "Sleeping away", "sleeping-away", "moon", at_risk=True),
    Segment("hibernating", "Hibernating", "hibernating", "snowflake", at_risk=True),
    Segment("leaving", "Leaving", "leaving", "door-open", at_risk=True),
    Segment("lost", "Lost", "lost", "unlink", inside=False),
    Segment("cancelled", "Cancelled", "cancelled", "ban", inside=False),
)
SALESCOPE = (
    Segment("prospect", "Prospect", "no-activity", "circle-dashed", inside=False),
    Segment("new", "New", "new", "sprout"),
    Segment("active", "Active", "active", "heart-pulse"),
    Segment("recovered", "Recovered", "hibernating", "repeat"),
    Segment("almost_inactive", "Almost inactive", "leaving", "door-open", at_risk=True),
    Segment("inactive", "Inactive", "lost", "unlink", inside=False),
)
SEGMENT_LABELS = {segment.id: segment.label for segment in KOPILOT + SALESCOPE}

MARKS = ("cancelled", "lost", "reactivated")
KINDS = ("invoice", "credit_note")
STATES = ("issued", "planned", "void")

# Why a client was lost or cancelled, as sales people tell it; in lists by these words, so that they can be counted.
REASONS = {
    "price": "Too expensive",
    "competitor": "Went to a competitor",
    "closed": "Closed down",
    "moved": "Moved away",
    "need_gone": "Needs it no more",
    "dissatisfied": "Was not satisfied",
    "unreachable": "Cannot be reached",
    "other": "Something else",
}
