"""Does an erasure reach columns that are being made at that moment? What was read before it does not stay there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from tests.columns.world import World
from tests.ledger.facts import moment

from cartera.app.workspace.columns.connection import closed_connection
from cartera.app.workspace.columns.sql import rows_of
from cartera.ledger.columns import store
from cartera.ledger.columns.refresh import refreshed
from cartera.ledger.columns.sheets import CLIENT
from cartera.ledger.columns.stamp import stamp
from cartera.ledger.database import connection
from cartera.ledger.models import Client
from cartera.ledger.privacy.erase import erase
from cartera.ledger.privacy.subject import client_subject

if TYPE_CHECKING:
    from cartera.ledger.book import Book

AT_WORK = "ledger_rate"  # of the last tables that are read: the clients were read before


def names(book: Book, folder: Path) -> set[str | None]:
    """The names that the columns of now hold."""
    made = refreshed(book, folder, book.facts_version, lambda _: None)
    return {
        name for (name,) in closed_connection(folder).execute(f"SELECT name FROM ({rows_of(made, CLIENT)})").fetchall()
    }


@pytest.mark.parametrize("is_emptied", [False, True])
def test_columns_that_are_completed_while_somebody_is_erased(book: Book, tmp_path: Path, is_emptied: bool) -> None:
    folder, world, done = tmp_path / "columns", World(book, Random(1)), []
    world.said(Client, "C1", client_id="C1", name="Zoe Quill")
    world.said(Client, "C2", client_id="C2", name="Bell")
    assert names(book, folder) == {"Zoe Quill", "Bell"}
    world.clock += timedelta(minutes=1)
    world.said(Client, "C1", client_id="C1", name="Zoe Quillan")
    version = book.facts_version

    def erasing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if AT_WORK in sql and "SELECT" in sql and not done and any(folder.glob(f"{store.MAKING}*")):
            done.append(1)
            erase(client_subject(book, ["C1"]), at=moment(1), by="Ana")
            if is_emptied:  # as the command does
                store.clear(folder)
        return execute(sql, params, many, context)

    with connection(book.alias).execute_wrapper(erasing):
        refreshed(book, folder, version, lambda _: None)
    assert done
    left = {path.name.rpartition("-")[2] for path in folder.iterdir()}
    assert left <= {stamp(book, version), stamp(book, 2)}, "columns of before the erasure"
    assert names(book, folder) == {None, "Bell"}
