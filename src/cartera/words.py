"""The names of things: one id, one label, one colour role per segment, in the order of the ladder."""

from __future__ import annotations

from dataclasses import dataclass

from cartera.tongue import spoken, text

SEGMENT = "segment"  # the context of their names: New means something else on a button


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

    @property
    def said(self) -> str:
        """The label in the tongue in force."""
        return spoken(self.label, SEGMENT)


KOPILOT = (
    Segment("no_activity", text("No activity", "segment"), "no-activity", "circle-dashed"),
    Segment("new", text("New", "segment"), "new", "sprout"),
    Segment("active", text("Active", "segment"), "active", "heart-pulse"),
    Segment("sleeping_away", text("Sleeping away", "segment"), "sleeping-away", "moon", at_risk=True),
    Segment("hibernating", text("Hibernating", "segment"), "hibernating", "snowflake", at_risk=True),
    Segment("leaving", text("Leaving", "segment"), "leaving", "door-open", at_risk=True),
    Segment("lost", text("Lost", "segment"), "lost", "unlink", inside=False),
    Segment("cancelled", text("Cancelled", "segment"), "cancelled", "ban", inside=False),
)
SALESCOPE = (
    Segment("prospect", text("Prospect", "segment"), "no-activity", "circle-dashed", inside=False),
    Segment("new", text("New", "segment"), "new", "sprout"),
    Segment("active", text("Active", "segment"), "active", "heart-pulse"),
    Segment("recovered", text("Recovered", "segment"), "hibernating", "repeat"),
    Segment("almost_inactive", text("Almost inactive", "segment"), "leaving", "door-open", at_risk=True),
    Segment("inactive", text("Inactive", "segment"), "lost", "unlink", inside=False),
)
SEGMENT_LABELS = {segment.id: segment.label for segment in KOPILOT + SALESCOPE}

MARKS = ("cancelled", "lost", "reactivated")
KINDS = ("invoice", "credit_note")
STATES = ("issued", "planned", "void")

# Why a client was lost or cancelled, as sales people tell it; in lists by these words, so that they can be counted.
REASONS = {
    "price": text("Too expensive", "reason"),
    "competitor": text("Went to a competitor", "reason"),
    "closed": text("Closed down", "reason"),
    "moved": text("Moved away", "reason"),
    "need_gone": text("Needs it no more", "reason"),
    "dissatisfied": text("Was not satisfied", "reason"),
    "unreachable": text("Cannot be reached", "reason"),
    "other": text("Something else", "reason"),
}


def segment_said(segment: str) -> str:
    """The name of a segment in the tongue in force."""
    return spoken(SEGMENT_LABELS[segment], SEGMENT)


def reason_said(reason: str) -> str:
    """Why a client was lost or cancelled, in the tongue in force; a reason of the person's own as it is."""
    return spoken(REASONS.get(reason, reason), "reason")
