"""Which filters has somebody saved? The question about them as a Python user asks it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cartera.app.given import KOPILOT, Where, among_all, checked, given
from cartera.app.rules import rules_of
from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts
from cartera.portfolio import custom as _custom
from cartera.portfolio.policy import AnyPolicy

CLIENT = "client_id"


@checked
def custom(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    rules: str | Path | Mapping[str, Any] | None = None,
    by: str | None = None,
    where: Where | None = None,
) -> Any:
    """Clients and money of every custom segment; with `by="client_id"` one row per client in it: see
    `portfolio.custom`. rules: a TOML file, or a dict of the same shape; our examples when None.
    """
    if by not in (None, CLIENT):
        raise UnknownNameError("column", str(by), (CLIENT,), where="by")
    found, whole = among_all(facts, where, day, policy)
    ask = _custom.custom_clients if by else _custom.custom
    read = None if rules is None else rules_of(rules)
    return given(found, ask(found, day=day, policy=policy, rules=read, whole=whole))
