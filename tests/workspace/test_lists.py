"""Do the lists of a workspace speak every format, and is what was done told to a program as well?"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.shells.shell import cartera
from tests.workspace.identity.acme import ACME, TWIN, fill

from cartera.app.workspace.place import open_workspace

LISTS = {
    "contact list": ("client_id", "Jo"),
    "log list": ("channel", "call"),
    "link list": ("relation", "two clients"),
    "link suggest": ("first", "A1"),
    "rates list": ("rate", "0.92"),
    "settings": ("value", "EUR"),
}


@pytest.fixture
def kept(workspace: str) -> str:
    """A workspace with one of everything that is listed."""
    fill(open_workspace(workspace), ACME, TWIN)
    for line in ("contact add A1 Jo", "log A1 call --about 'an offer'", "rates add 2026-03-31 USD 0.92"):
        assert cartera(f"{line} -w {workspace}").status == 0
    return workspace


@pytest.mark.thorough
def test_every_list_has_a_table_json_and_csv(kept: str, tmp_path: Path) -> None:
    for name, (column, word) in LISTS.items():
        if name == "link list":
            assert cartera(f"link different A1 B7 -w {kept}").status == 0
        if name == "link suggest":
            assert cartera(f"undo 5 -w {kept}").status == 0
        made = json.loads(cartera(f"{name} -w {kept} --format json").out)
        rows = list(csv.DictReader(io.StringIO(cartera(f"{name} -w {kept} -f csv").out)))
        assert (len(rows), [*rows[0]]) == (len(made), [*made[0]]), name
        assert column in made[0] and word in str(made), name
        assert word in cartera(f"{name} -w {kept}").out
        done = cartera(f"{name} -w {kept} --output {tmp_path / 'list.csv'}")
        assert (done.status, done.out) == (0, ""), done.told
        assert cartera(f"{name} -w {kept} --format xml").told.startswith("--format: unknown format 'xml'."), name


@pytest.mark.parametrize("line", ["log A1 call", "link different A1 B7", "settings time_zone Europe/Lisbon"])
def test_what_was_done_is_told_to_a_program(kept: str, line: str) -> None:
    told = json.loads(cartera(f"{line} -w {kept} --format json").out)
    assert told.keys() in ({"change", "text"}, {"name", "before", "after"})
