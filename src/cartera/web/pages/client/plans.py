"""What is planned for the client, and what may be done with each plan?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.web import acts

if TYPE_CHECKING:
    from cartera.web.door import Visit
    from cartera.web.pages.client.sections import Sections

TYPED = "plan-"  # how the ids of plans begin that people made here
CLOSED = ("kept", "dropped")


def plans(visit: Visit, parts: Sections) -> list[dict[str, Any]]:
    """Every plan, with the verbs that it allows; one that came from a source is changed there."""
    may = visit.scope.allows("plan") and acts.standing(visit) != "over"
    return [row | {"verbs": verbs(visit, str(row["text"] or "")) if may else []} for row in parts.rows("plans")]


def verbs(visit: Visit, told: str) -> list[tuple[str, str]]:
    """Word and address of what may be done with the plan whose id the text begins with."""
    plan = told.partition(",")[0].strip().rpartition(":")[2]
    if not plan.startswith(TYPED):
        return []
    return [(word, acts.address(visit, word, plan=plan)) for word in ("move", "match", "drop")]
