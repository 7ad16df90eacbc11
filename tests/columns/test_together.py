"""What if several processes refresh the columns at once, while another one writes? Everybody gets a whole answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from tests.columns.world import World, publish_invoices

from cartera.app.workspace.place import open_workspace

ROOT = Path(__file__).resolve().parents[2]
INVOICES = 40
# Every change gives all invoices one amount: an answer in which they differ was read from two versions.
READER = """
import json, sys
from datetime import date
import cartera
from cartera.engine import arrow
seen = []
for _ in range(int(sys.argv[2])):
    rows = arrow(cartera.open(sys.argv[1]).invoices)
    seen.append([rows.num_rows, sorted({str(amount) for amount in rows.column("amount").to_pylist()})])
print(json.dumps(seen))
"""


def amounts(world: World, number: int) -> None:
    """One change: the same new amount for every invoice."""
    given = [
        (
            {
                "invoice_id": f"I{key}", "client_id": "A", "kind": "invoice", "state": "issued",
                "issued_on": world.clock.date(), "amount": Decimal(number), "currency": "EUR", "more": "{}",
            },
            [],
        )
        for key in range(INVOICES)
    ]  # fmt: skip
    world.clock += timedelta(minutes=1)
    publish_invoices(world.book, given, world.clock)


def reading(workspace: str, rounds: int) -> subprocess.Popen[str]:
    run = [sys.executable, "-c", READER, workspace, str(rounds)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def seen_by(readers: list[subprocess.Popen[str]]) -> list[tuple[int, list[str]]]:
    found = []
    for reader in readers:
        out, problem = reader.communicate(timeout=120)
        assert reader.returncode == 0, problem
        found += [(count, told) for count, told in json.loads(out)]
    return found


def test_two_processes_make_the_first_columns_at_once(workspace: str) -> None:
    world = World(open_workspace(workspace), Random(3))
    amounts(world, 1)
    assert seen_by([reading(workspace, 1), reading(workspace, 1)]) == [(INVOICES, ["1.0000"])] * 2


@pytest.mark.thorough
@pytest.mark.parametrize("rounds", [12])
def test_two_refresh_while_a_third_writes(workspace: str, rounds: int) -> None:
    world = World(open_workspace(workspace), Random(3))
    amounts(world, 1)
    readers = [reading(workspace, rounds) for _ in range(2)]
    number = 1
    while any(reader.poll() is None for reader in readers):
        number += 1
        amounts(world, number)
    found = seen_by(readers)
    assert {count for count, _ in found} == {INVOICES}
    assert [told for _, told in found if len(told) != 1] == []
    assert len({told[0] for _, told in found}) > 1
