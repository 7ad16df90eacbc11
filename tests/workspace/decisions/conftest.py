"""A workspace at a fixed moment, for commands as a person types them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.workspace.decisions.deciding import TODAY, Desk, ago

from cartera.app.workspace.place import open_workspace


@pytest.fixture
def office(workspace: str, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Acme and Crux leave, Bolt bought lately, Zero never did; the workspace is the one that commands mean."""
    desk = Desk(open_workspace(workspace))
    desk.brought(
        ("i1", "acme", ago(380), "1000"), ("i2", "bolt", ago(20), "500"), ("i3", "crux", ago(375), "700"),
        clients=("acme", "bolt", "crux", "zero"),
    )  # fmt: skip
    moments = iter(datetime(2026, 3, 31, 10, tzinfo=UTC) + timedelta(minutes=n) for n in range(1_000))
    monkeypatch.setattr("cartera.app.clock.today", lambda: TODAY)
    monkeypatch.setattr("cartera.app.clock.now", lambda: next(moments))
    monkeypatch.setattr("cartera.app.workspace.deciding.act.author", lambda given: given or "Ana")
    monkeypatch.setenv("CARTERA_WORKSPACE", workspace)
    monkeypatch.setenv("COLUMNS", "100")
    return desk
