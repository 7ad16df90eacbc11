"""A person at a new workspace, with a folder for files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.workspace.importing.bringing import Desk

if TYPE_CHECKING:
    from cartera.ledger.book import Book


@pytest.fixture
def desk(book: Book, tmp_path: Path) -> Desk:
    return Desk(book, tmp_path)
