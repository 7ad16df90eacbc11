"""One client, as a Python user asks for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from cartera.app.given import KOPILOT, checked, given, opened
from cartera.facts.tables import Facts
from cartera.portfolio import client as _client
from cartera.portfolio.dimensions import filtered
from cartera.portfolio.policy import AnyPolicy


@checked
def client(facts: Facts, client_id: str, *, day: date, policy: AnyPolicy = KOPILOT) -> Any:
    """Everything about one client, section by section: see `portfolio.client`."""
    found = filtered(opened(facts, None, day), [("client_id", client_id)], day=day)
    return given(found, _client.client(found, day=day, policy=policy))
