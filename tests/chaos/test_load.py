"""Does every backup restore that is taken while others write? And does a copy of the file?"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.backup.make import backup
from cartera.app.workspace.backup.proof import unpacked
from cartera.app.workspace.place import open_workspace
from tests.chaos.program import started

pytestmark = pytest.mark.thorough
FEW, TRIES = 5, 20


@pytest.fixture
def busy(workspace):
    """A workspace into which another process writes note after note, and what it says of each."""
    book = open_workspace(workspace)
    writer = started("tests.chaos.writers", book.alias, "--forever")
    writer.stdout.readline()
    yield book, writer
    writer.kill()
    writer.wait()
    writer.stdout.close()


@pytest.mark.parametrize("tries", [FEW, pytest.param(TRIES, marks=pytest.mark.slow)])
def test_every_backup_restores_with_all_that_was_acknowledged(busy, tmp_path, tries):
    book, writer = busy
    for number in range(tries):
        acknowledged = int(writer.stdout.readline()) + 1
        made = backup(EVERYTHING, book, str(tmp_path / f"{number}.cartera"))
        assert made.label.figures["facts_version"] >= acknowledged
        with closing(sqlite3.connect(made.file)) as file:
            notes = file.execute("SELECT count(*) FROM ledger_note").fetchone()[0]
        assert notes == made.label.figures["facts_version"]
        made.file.unlink()


@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_a_copied_file_does_not(busy, tmp_path):
    book, writer = busy
    bad = 0
    for _ in range(TRIES):
        acknowledged = int(writer.stdout.readline()) + 1
        copy = tmp_path / "copy"
        shutil.copyfile(book.alias, copy)
        bad += notes_in(copy) < acknowledged
        for left in tmp_path.glob("copy*"):
            left.unlink()
    assert bad, "copying the file is no backup, and this test must be able to see it"
    assert unpacked


def notes_in(copy: Path) -> int:
    try:
        with closing(sqlite3.connect(copy)) as file:
            return int(file.execute("SELECT count(*) FROM ledger_note").fetchone()[0])
    except sqlite3.DatabaseError:
        return -1
