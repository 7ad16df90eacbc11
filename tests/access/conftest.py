"""One world for all tests of access; what they write into it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.access.world import World, made
from tests.web.conftest import companies

from cartera.web.site import serve

__all__ = ["companies"]


@pytest.fixture(scope="session")
def one_world(companies: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    from cartera.ledger.database import disconnect

    world = made(companies, tmp_path_factory.mktemp("access") / "site")
    yield world
    disconnect(world.site.alias)


@pytest.fixture
def world(one_world: World) -> World:
    serve(one_world.site)
    return one_world
