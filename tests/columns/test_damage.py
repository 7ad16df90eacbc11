"""What if the columns are damaged, or gone? They are made anew, the answer is the same, and one sentence says so."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.columns.world import World, import_invoices

from cartera.app.workspace.place import open_workspace, place
from cartera.ledger.columns import store
from cartera.ledger.columns.refresh import Columns, refreshed

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 3, 31)


def flip(path: Path, offset: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)
        file.seek(offset)
        file.write(bytes([byte[0] ^ 0x5A]))


def cut(path: Path, offset: int) -> None:
    with path.open("r+b") as file:
        file.truncate(offset)


def filled(text: str) -> World:
    """A workspace with some invoices in a base and some more since."""
    world = World(open_workspace(text), Random(7))
    import_invoices(world)
    columns(world, text)
    world.clock += timedelta(minutes=1)
    import_invoices(world)
    assert columns(world, text).delta is not None
    return world


def columns(world: World, text: str, told: Callable[[str], None] = lambda _: None) -> Columns:
    return refreshed(world.book, place(text).columns, world.book.facts_version, told)


def states(text: str) -> list[Path]:
    return sorted(path for path in place(text).columns.iterdir() if path.name.startswith(("base-", "delta-")))


@pytest.mark.parametrize("harm", [flip, cut])
def test_any_damage_is_noticed(workspace: str, tmp_path: Path, harm: Callable[[Path, int], None]) -> None:
    filled(workspace)
    random, copy, tried = Random(1), tmp_path / "copy", 0
    for state in states(workspace):
        for file in (one for one in state.iterdir() if one.stat().st_size):
            for offset in {0, file.stat().st_size - 1, *(random.randrange(file.stat().st_size) for _ in range(18))}:
                shutil.copytree(state, copy)
                harm(copy / file.name, offset)
                with pytest.raises(store.DamagedError):
                    store.kept(copy)
                shutil.rmtree(copy)
                tried += 1
    assert tried >= 100


def test_what_is_whole_is_not_taken_for_damaged(workspace: str) -> None:
    filled(workspace)
    assert [store.kept(state) is not None for state in states(workspace)] == [True, True]


@pytest.mark.parametrize("state", [0, 1])
def test_damaged_columns_are_made_anew_and_that_is_told(workspace: str, state: int) -> None:
    import cartera

    filled(workspace)
    before = cartera.composition(cartera.open(workspace), day=DAY)
    damaged = states(workspace)[state]
    file = next(one for one in damaged.iterdir() if one.name.startswith("invoices"))
    flip(file, file.stat().st_size // 2)
    told: list[str] = []
    columns(World(open_workspace(workspace), Random()), workspace, told.append)
    assert told == [f"The columns in {damaged} were damaged; they are made anew from the ledger, which is whole."]
    assert cartera.composition(cartera.open(workspace), day=DAY).equals(before)


def test_columns_can_be_deleted_at_any_time(workspace: str) -> None:
    import cartera

    filled(workspace)
    before = cartera.activity(cartera.open(workspace), day=DAY).sort_by("client_id")
    shutil.rmtree(place(workspace).columns)
    assert cartera.activity(cartera.open(workspace), day=DAY).sort_by("client_id").equals(before)


def test_only_their_owner_reads_the_columns(workspace: str) -> None:
    filled(workspace)
    modes = {file.stat().st_mode & 0o777 for state in states(workspace) for file in state.iterdir()}
    assert modes == {0o600}
    assert {state.stat().st_mode & 0o777 for state in states(workspace)} == {0o700}


def test_columns_in_use_are_not_removed(workspace: str) -> None:
    world = filled(workspace)
    read = columns(world, workspace)
    assert read.delta is not None
    world.clock += timedelta(minutes=1)
    import_invoices(world)
    columns(world, workspace)
    assert read.delta.path.is_dir()
    read.delta.close()
    columns(world, workspace)
    assert not read.delta.path.exists()


def test_columns_of_another_history_are_not_used(workspace: str) -> None:
    from cartera.ledger.models import Change

    world = filled(workspace)
    old = {state.name for state in states(workspace)}
    # A ledger restored from a backup goes on with the same numbers at other moments.
    Change.objects.using(world.book.alias).update(made_at=world.clock + timedelta(days=1))
    found = columns(world, workspace)
    assert found.base.path.name not in old
    assert found.delta is None
