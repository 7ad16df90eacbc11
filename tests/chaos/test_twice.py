"""Is a file imported twice the same as once? One, two and ten times, and killed in between: one state of all tables."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from hashlib import sha256

import pytest

from cartera.app.workspace.place import open_workspace
from cartera.ledger.book import create_book
from cartera.ledger.entry import entry
from cartera.ledger.models import Client
from tests.chaos.program import cartera, environment, sales
from tests.ledger.facts import everything, moment
from tests.ledgers import KEY, closed

pytestmark = [pytest.mark.idempotent, pytest.mark.thorough]
DOCUMENTS = 900


def state(workspace: str) -> str:
    """The hash of all that the ledger says, whatever it cost to say it: versions, lines, batches."""
    from cartera.ledger.models import Batch, Change, Line

    book = open_workspace(workspace)
    lines = sorted(Line.objects.using(book.alias).values_list("line_no", "product", "amount").order_by("line_no", "id"))
    left = Change.objects.using(book.alias).filter(is_made=False).count()
    told = [everything(book), lines, Batch.objects.using(book.alias).count(), book.facts_version, left]
    closed(book.alias)
    return sha256(repr(told).encode()).hexdigest()


def imported(workspace: str, file: str) -> None:
    ended = cartera("import", file, "-w", workspace, "--yes")
    assert ended.returncode == 0, ended.stderr


def killed_after(seconds: float, workspace: str, file: str) -> bool:
    """True when the import was still under way after so many seconds, and was killed there."""
    running = subprocess.Popen(
        [sys.executable, "-m", "cartera.cli.main", "import", file, "-w", workspace, "--yes"],
        env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    time.sleep(seconds)
    running.kill()
    return running.wait() == -signal.SIGKILL


def test_once_is_twice_is_ten_times_is_killed_six_times(workspace, tmp_path):
    file = str(sales(tmp_path / "sales.csv", DOCUMENTS))
    chance = random.Random(seed := random.randrange(10**6))
    kills, latest = 0, 1.5
    for _ in range(60):
        if killed_after(chance.uniform(0.1, latest), workspace, file):
            kills += 1
        else:
            latest = max(0.15, latest * 0.8)  # a fast machine is done by then: look earlier
        if kills == 6:
            break
    assert kills == 6, f"{kills} of 6 were killed (seed {seed})"
    imported(workspace, file)
    once = state(workspace)
    imported(workspace, file)
    twice = state(workspace)
    for _ in range(8):
        imported(workspace, file)
    assert once == twice == state(workspace), f"seed {seed}"


def test_blind_inserts_would_be_noticed(ledger_address):
    """The twin: names made anew by every run double what is there."""
    book = create_book(ledger_address, "Acme", at=moment(0), key=KEY)
    for run in range(2):
        with entry(book, "import", at=moment(run), by="Ana") as made:
            for number in range(3):
                made.put(Client, f"run{run}-{number}", source="file", client_id=f"c{number}", name="Acme")
    assert Client.objects.using(book.alias).count() == 6
