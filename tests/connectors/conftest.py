"""What do tests of connectors share? Nobody waits between two tries; books that are served, and a source of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import stamina
from tests.connectors.running import connected
from tests.connectors.toy import Books, Toy, filled

from cartera.sources.kit.pretend import Pretend


@pytest.fixture(autouse=True)
def _at_once() -> Iterator[None]:
    """Nobody waits between two tries."""
    stamina.set_testing(True, attempts=6)
    yield
    stamina.set_testing(False)


@pytest.fixture
def books() -> Books:
    """Small books: 8 clients, 45 invoices."""
    return filled()


@pytest.fixture
def server(books: Books) -> Iterator[Pretend]:
    """The server of the books."""
    with books.served() as found:
        yield found


@pytest.fixture
def source(book: Any, server: Pretend) -> Any:
    """The books, connected and not yet read."""
    return connected(book, server.base, Toy())
