"""Are columns that were completed equal to columns made from nothing? After any sequence of changes."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from tests.columns.world import World

from cartera.app.workspace.columns.connection import closed_connection
from cartera.app.workspace.columns.opening import _opened
from cartera.app.workspace.columns.sql import names_of, rows_of
from cartera.engine import arrow
from cartera.facts.schema import TABLES
from cartera.ledger.book import Book
from cartera.ledger.columns import store
from cartera.ledger.columns.building import build
from cartera.ledger.columns.refresh import Columns, refreshed
from cartera.ledger.columns.sheets import SHEETS

if TYPE_CHECKING:
    import pyarrow as pa

FEW = 12  # changed rows up to which the columns are completed here


def fresh(book: Book, folder: Path) -> Columns:
    """Columns of this moment made from nothing."""
    version = book.facts_version
    with store.making(folder, f"base-{version}") as into:
        build(book.alias, book.workspace_id, version, into)
    found = store.kept(folder / f"base-{version}")
    assert found is not None
    return Columns(version, found)


def raw(columns: Columns, folder: Path) -> dict[str, list[Any]]:
    """Every row of every sheet, in a fixed order."""
    connection = closed_connection(folder)
    found = {}
    for sheet in SHEETS:
        rows, names = rows_of(columns, sheet), sorted(names_of(columns, sheet))
        told = ", ".join(f'"{name}"' for name in names)
        found[sheet.name] = (
            [names, *connection.execute(f"SELECT {told} FROM ({rows}) ORDER BY ALL").fetchall()]
            if rows and names
            else []
        )
    return found


def facts(columns: Columns, folder: Path) -> dict[str, pa.Table]:
    """The fact tables as the questions read them, in a fixed order."""
    opened = _opened(columns, folder, "EUR", roll_up=True)
    found = {}
    for name in TABLES:
        rows = arrow(getattr(opened, name))
        rows = rows.select(sorted(rows.column_names))
        found[name] = rows.sort_by([(column, "ascending") for column in rows.column_names])
    return found


def same_after_each_change(book: Book, tmp_path: Path, seed: int, steps: int) -> set[str]:
    """Which ways the columns came about: a whole base, or a base with what changed."""
    world, ways = World(book, Random(seed)), set()
    for step in range(steps):
        world.change()
        completed = refreshed(book, tmp_path / "completed", book.facts_version, lambda _: None, FEW)
        rebuilt = fresh(book, tmp_path / f"fresh{step}")
        assert _filled(raw(completed, tmp_path)) == _filled(raw(rebuilt, tmp_path)), world.steps
        assert facts(completed, tmp_path) == facts(rebuilt, tmp_path), world.steps
        ways.add("completed" if completed.delta else "whole")
    return ways


def _filled(sheets: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: rows for name, rows in sheets.items() if len(rows) > 1}


@pytest.mark.parametrize("seed", [1])
def test_completed_columns_are_equal_to_new_ones(book: Book, tmp_path: Path, seed: int) -> None:
    assert same_after_each_change(book, tmp_path, seed, 10) == {"completed", "whole"}


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(10, 13))
def test_completed_columns_are_equal_to_new_ones_after_many_changes(book: Book, tmp_path: Path, seed: int) -> None:
    assert same_after_each_change(book, tmp_path, seed, 25) == {"completed", "whole"}
