"""The rules of a workspace over time: drafts, published versions, and who put them in force and why."""

from cartera.app.workspace.steering.numbers import policy_of, text_of
from cartera.app.workspace.steering.versions import Rules, discard, draft, publish, rules, rules_called

__all__ = ["Rules", "discard", "draft", "policy_of", "publish", "rules", "rules_called", "text_of"]
