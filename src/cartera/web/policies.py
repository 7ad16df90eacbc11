"""Which rules does an address go by? The workspace's, a shipped policy, or a version that somebody wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.policies import policy

if TYPE_CHECKING:
    from cartera.web.door import Visit


def policy_of(visit: Visit) -> Any:
    """The rules that `policy=` names, None for those in force. UnknownNameError: there are none of that name."""
    return policy(visit.asked.policy) if visit.asked.policy else None
