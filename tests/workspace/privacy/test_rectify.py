"""Does what a person says of a client stand, whatever the next import brings, and can it be taken back?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.shells.shell import cartera

if TYPE_CHECKING:
    from pathlib import Path

FILE = "client_id,client,email,city,number,date,amount\n7,Jo Smith,jo@old.example,Porto,1,2026-01-05,100.00\n"
NEXT = FILE.replace("Porto", "Lisboa") + "7,Jo Smith,jo@old.example,Lisboa,2,2026-03-05,50.00\n"


@pytest.fixture
def kept(workspace: str, tmp_path: Path) -> str:
    brought(workspace, tmp_path, FILE)
    return workspace


def brought(workspace: str, folder: Path, text: str) -> None:
    path = folder / "sales.csv"
    path.write_text(text)
    done = cartera(f"import {path} -w {workspace} --yes --by Ana")
    assert done.status == 0, done.told


def client(workspace: str) -> tuple[str, ...]:
    """Id, name, address and town as the tables of the workspace have them, and how many invoices."""
    import cartera as library
    from cartera.engine import arrow

    facts = library.open(workspace)
    (row,) = arrow(facts.clients).to_pylist()
    return *(row[name] for name in ("client_id", "name", "email", "city")), str(arrow(facts.invoices).num_rows)


def test_a_correction_survives_the_next_import_and_is_undone_like_any_change(kept: str, tmp_path: Path) -> None:
    done = cartera(f"person rectify 'Jo Smith' --email jo@new.example --name 'Jo Smyth' -w {kept} --by Ana")
    assert done.out == (
        "From now on Jo Smith (7) has name Jo Smyth, email jo@new.example, whatever its sources say (change 2)."
        f" To take it back: cartera undo 2 -w {kept}.\n"
    )
    assert client(kept) == ("7", "Jo Smyth", "jo@new.example", "Porto", "1")
    brought(kept, tmp_path, NEXT)
    assert client(kept) == ("7", "Jo Smyth", "jo@new.example", "Lisboa", "2")
    assert cartera(f"note 'Jo Smyth' tea -w {kept}").status == 0, "it is found by its new name"
    assert cartera(f"undo 2 -w {kept} --by Ana").status == 0
    assert client(kept) == ("7", "Jo Smith", "jo@old.example", "Lisboa", "2")


def test_a_second_correction_keeps_the_first_and_moves_nobody(kept: str) -> None:
    cartera(f"person rectify 7 --city Braga -w {kept}")
    cartera(f"person rectify 7 --email jo@new.example -w {kept}")
    assert client(kept) == ("7", "Jo Smith", "jo@new.example", "Braga", "1")
    told = cartera(f"mark 'Jo Smith' lost -w {kept}").out
    assert told.startswith("Marked Jo Smith as lost"), told
    (last,) = [row for row in json.loads(cartera(f"audit -w {kept} --format json").out) if row["change"] == 3]
    assert (last["verb"], last["after"], last["before"]) == ("rectify", "email jo@new.example", None)


def test_who_is_forgotten_is_not_told_of_by_a_correction(kept: str) -> None:
    cartera(f"person rectify 7 --email jo@new.example --name 'Jo Smyth' -w {kept}")
    assert cartera(f"person erase 7 -w {kept} --yes").status == 0
    _, name, email, city, _ = client(kept)
    assert (name or None, email or None, city or None) == (None, None, None)


def test_what_says_nothing_new_is_refused(kept: str) -> None:
    done = cartera(f"person rectify 7 -w {kept}")
    assert done.told.startswith(
        "nothing is said otherwise. For example: cartera person rectify 7 --email jo@example.org"
    )
    cartera(f"person rectify 7 --city Braga -w {kept}")
    done = cartera(f"person rectify 7 --city Braga -w {kept}")
    assert done.told.startswith("Jo Smith (7) stands like this already. See: cartera audit")
