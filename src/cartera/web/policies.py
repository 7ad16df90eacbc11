"""Which rules does an address go by? The workspace's, a shipped policy, or a version that somebody wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.policies import NAMES, policy
from cartera.app.workspace.steering import rules_called

if TYPE_CHECKING:
    from cartera.web.door import Visit


def policy_of(visit: Visit) -> Any:
    """The rules that `policy=` names, None for those in force. UnknownNameError: there are none of that name."""
    wanted = visit.asked.policy
    if not wanted:
        return None
    if wanted in NAMES:
        return policy(wanted)
    return rules_called(visit.scope, visit.desk.book, wanted, by=visit.by, user=visit.user.pk).policy
