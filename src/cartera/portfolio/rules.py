"""What is one rule of a decision table? A segment, a reason, and words that explain it with the policy's numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """why: a clause with fields in braces, of the policy (`active_months`) or of the client (`last_issued_on`).

    change: what would change it. todo: what to do.
    """

    segment: str
    reason: str
    why: str
    change: str
    todo: str

    @property
    def key(self) -> str:
        """Segment and reason as one word."""
        return f"{self.segment}:{self.reason}"
