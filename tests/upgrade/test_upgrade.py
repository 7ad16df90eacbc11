"""Does a newer program keep everything when it brings a ledger up to date, killed in the middle or not?"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from cartera.errors import CarteraError
from cartera.ledger import database
from cartera.ledger.book import open_book
from cartera.ledger.figures import of_file
from tests.chaos.program import ran, started
from tests.ledger.facts import imported, invoice_rows, named
from tests.ledgers import KEY

pytestmark = [pytest.mark.thorough, pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)]
LATER = "tests.upgrade.later"


@pytest.fixture
def older(book):
    """A ledger with data, as this program leaves it."""
    named(book, {"acme": "Acme", "bell": "Bell"})
    imported(book, invoice_rows({f"i{one}": Decimal(one) / 3 for one in range(500)}))
    database.disconnect(book.alias)
    return Path(book.alias)


def told(path: Path) -> tuple[dict, bool]:
    """The figures of a ledger, and whether the later step was taken."""
    with closing(sqlite3.connect(path)) as file:
        columns = [row[1] for row in file.execute("PRAGMA table_info(ledger_client)")]
        return of_file(file), "colour" in columns


def killed_in_the_middle(path: Path, *words: str) -> None:
    running = started(LATER, str(path), *words)
    running.stdout.readline()
    deadline = time.monotonic() + 30
    while not is_begun(path, words) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.35)
    running.kill()
    running.wait()
    running.stdout.close()


def is_begun(path: Path, words: tuple[str, ...]) -> bool:
    """Whether the step is being taken: the careless one shows at once, the other by the copy made before it."""
    return told(path)[1] if words else path.with_name(f"{path.name}.before-0002_later").exists()


def test_everything_is_there_afterwards_and_a_copy_of_before_beside_it(older):
    figures, _ = told(older)
    ended = ran(LATER, str(older))
    assert ended.returncode == 0, ended.stderr
    assert told(older) == (figures, True)
    copy = older.with_name(f"{older.name}.before-0002_later")
    assert told(copy) == (figures, False)
    assert copy.stat().st_mode & 0o777 == 0o600


def test_this_program_refuses_what_a_newer_one_has_changed(older):
    ran(LATER, str(older))
    with pytest.raises(CarteraError, match="a newer version of Cartera has used this ledger"):
        open_book(str(older), key=KEY)


def test_killed_in_the_middle_it_is_as_before_and_the_next_start_completes_it(older):
    figures, _ = told(older)
    killed_in_the_middle(older)
    assert told(older) == (figures, False)
    assert ran(LATER, str(older)).returncode == 0
    assert told(older) == (figures, True)


def test_a_careless_step_would_be_noticed(older):
    figures, _ = told(older)
    killed_in_the_middle(older, "careless")
    assert told(older) == (figures, True), "half of the step is there"
    assert ran(LATER, str(older), "careless").returncode != 0


def test_two_programs_at_once_bring_it_up_to_date_once(older):
    running = [started(LATER, str(older)) for _ in range(2)]
    assert [one.wait(timeout=60) for one in running] == [0, 0]
    for one in running:
        one.stdout.close()
    assert told(older)[1]
