"""No view tells a rep of a client that is not its own, nor anybody of another company; every view, as data."""

from __future__ import annotations

import pytest
from tests.access import world as w
from tests.access.world import HERE, World

from cartera.views.registry import VIEWS


@pytest.mark.thorough
@pytest.mark.parametrize("who", ["rep", *(pytest.param(who, marks=pytest.mark.slow) for who in ("manager", "owner"))])
@pytest.mark.parametrize("view", [one.name for one in VIEWS])
def test_a_view_names_nobody_who_may_not_be_seen(world: World, view: str, who: str) -> None:
    for asked in ("", "?by=rep", "?by=region", f"?where=client_id:{w.OTHERS}"):
        answer = world.browser(who).get(f"/api/v1/{HERE}/views/{view}{asked}")
        assert answer.status_code in (200, 400, 422), f"{view}{asked}"
        said = w.told(answer)
        assert not [word for word in w.hidden(who) if word in said], f"{view}{asked}"
        if who == "rep" and asked == "?by=rep" and answer.status_code == 200:
            assert "Bruno" not in said
