"""What does a person meet who types `cartera import`? The preview, questions with their options, and one sentence."""

from __future__ import annotations

import io
import json
from hashlib import sha256
from pathlib import Path

import pytest
from tests.shared import shared
from tests.shells.shell import cartera
from tests.workspace.importing.bringing import at_a_workspace

SALES = "Invoice No,Customer,Date,Amount\n1,Acme,2026-01-31,100.00\n2,Beta,2026-02-28,7.00\n"
BAD = SALES + "3,Beta,2026-02-30,5.00\n"


@pytest.fixture
def place(tmp_path: Path, templates: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace, which the commands find by themselves, with a folder of files beside it."""
    at_a_workspace(tmp_path, templates, monkeypatch)
    (tmp_path / "sales.csv").write_text(SALES)
    (tmp_path / "bad.csv").write_text(BAD)
    return tmp_path


def bytes_of(place: Path) -> dict[str, str]:
    """Every file of the workspace with its digest."""
    files = sorted(
        path for path in (place / "workspace").rglob("*") if path.is_file() and not path.name.endswith("-shm")
    )
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.usefixtures("place")
def test_a_file_is_shown_and_imported() -> None:
    done = cartera("import sales.csv --yes")
    assert done.status == 0
    assert "Documents of file: 2 new, 0 changed, 0 unchanged. Clients: 2 new, 0 known." in done.out
    assert done.out.splitlines()[-1] == (
        "Imported sales.csv as batch 1: 2 new, 0 changed, 0 unchanged documents. To take it back: cartera undo 1."
    )


@pytest.mark.usefixtures("place")
def test_the_same_file_again_is_no_work() -> None:
    cartera("import sales.csv --yes")
    again = cartera("import sales.csv --yes")
    assert again.status == 0
    assert again.out.startswith("sales.csv was already imported on ")
    assert again.out.endswith(" as batch 1: nothing to do.\n")


def test_a_dry_run_changes_no_byte(place: Path) -> None:
    before = bytes_of(place)
    done = cartera("import sales.csv --dry-run")
    assert (done.status, "2 new, 0 changed" in done.out) == (0, True)
    assert bytes_of(place) == before


@pytest.mark.parametrize("words", ["", "--yes"])
def test_an_open_date_order_changes_no_byte_and_ends_with_3(place: Path, words: str) -> None:
    before = bytes_of(place)
    done = cartera(f"import {shared('payloads', 'files', 'ambig.csv')} {words}")
    assert (done.status, done.out) == (3, "")
    assert "--date-order dmy" in done.told
    assert bytes_of(place) == before


@pytest.mark.usefixtures("place")
def test_refused_rows_end_with_3_until_a_person_decides() -> None:
    asked = cartera("import bad.csv --yes")
    assert asked.status == 3
    assert asked.told == (
        "bad.csv: 1 row cannot be read (1 BAD_DATE). Import the others?\n"
        "  --with-rejects          imports 2 rows and leaves this one\n"
    )
    done = cartera("import bad.csv --yes --with-rejects")
    assert "1 row left out; this lists them: cartera imports rejects 1." in done.out


@pytest.mark.usefixtures("place")
def test_where_nobody_can_be_asked_the_preview_ends_with_3() -> None:
    asked = cartera("import sales.csv")
    assert asked.status == 3
    assert asked.told == "Import 2 rows?\n  --yes          imports them; nothing was written yet\n"


@pytest.mark.usefixtures("place")
def test_the_preview_for_a_program_holds_everything() -> None:
    done = cartera("import bad.csv --dry-run --json --with-rejects")
    told = json.loads(done.out)
    assert told["counts"]["rows_in"] == 4
    assert told["changes"] == {"new": 2, "changed": 0, "unchanged": 0, "removed": 0, "missing": 0}
    assert told["sample"][0]["raw"] == ["3", "Beta", "2026-02-30", "5.00"]
    assert told["sample"][1]["typed"]["amount"] == "100.00"
    assert told["clients"] == {"new": 2, "matched": 0, "changed": 0, "unattributed_documents": 0}


def test_answers_may_stand_in_a_file(place: Path) -> None:
    (place / "answers.toml").write_text('with_rejects = true\ncurrency = "EUR"\n')
    assert cartera("import bad.csv --yes --answers answers.toml").status == 0


@pytest.mark.usefixtures("place")
def test_the_list_of_imports_says_where_every_row_went() -> None:
    cartera("import bad.csv --yes --with-rejects --by Ana")
    (row,) = json.loads(cartera("imports --format json").out)
    assert row["rows_in"] == row["rows_new"] + row["rows_rejected"] + row["rows_structural"] == 4
    assert (row["by"], row["state"], row["sums"]) == ("Ana", "in force", "2 invoice: 107.00 EUR")
    cartera("undo 1")
    (row,) = json.loads(cartera("imports --format json").out)
    assert row["state"] == "undone by 2"


def test_refused_rows_are_written_mended_and_imported(place: Path) -> None:
    cartera("import bad.csv --yes --with-rejects")
    assert cartera("imports rejects 1 --output mend.csv").status == 0
    mend = place / "mend.csv"
    mend.write_text(mend.read_text().replace("2026-02-30", "2026-02-28"))
    assert "1 new, 0 changed" in cartera("import mend.csv --yes").out
    assert cartera("imports rejects 1 --format json").out == "[]\n"


@pytest.mark.thorough
@pytest.mark.usefixtures("place")
def test_the_file_and_the_workspace_answer_alike() -> None:
    cartera("import sales.csv --yes")
    for view in ("composition", "clients", "activity"):
        from_file = cartera(f"show {view} sales.csv --day 2026-03-31 --currency EUR --format csv").out
        assert cartera(f"show {view} workspace --day 2026-03-31 --format csv").out == from_file


@pytest.mark.usefixtures("place")
def test_a_total_that_agrees_ends_with_0_and_one_that_differs_with_2() -> None:
    cartera("import sales.csv --yes")
    assert cartera("reconcile --month 2026-01 --total 100.00").status == 0
    wrong = cartera("reconcile --month 2026-02 --total 10.00 --currency EUR")
    assert wrong.status == 2
    told = "2026-02: 10.00 EUR stated, 7.00 here in 1 document, a difference of -3.00; import 1."
    assert told in " ".join(wrong.out.split())
    assert wrong.told == "1 month differs from what is stated. Import what is missing, or undo what is too much.\n"


def test_totals_may_stand_in_a_file(place: Path) -> None:
    cartera("import sales.csv --yes")
    (place / "totals.csv").write_text("month,total,currency\n2026-01,100.00,EUR\n2026-02,8.00,EUR\n")
    done = cartera("reconcile --file totals.csv --format json")
    assert done.status == 2
    assert [row["difference"] for row in json.loads(done.out)] == ["0.00", "-1.00"]


@pytest.mark.usefixtures("place")
def test_without_a_total_our_own_sums_are_told() -> None:
    cartera("import sales.csv --yes")
    rows = json.loads(cartera("reconcile --format json").out)
    assert [(row["month"], row["found"], row["stated"]) for row in rows] == [
        ("2026-01", "100.00", None),
        ("2026-02", "7.00", None),
    ]


class Keyboard(io.StringIO):
    """A terminal on which somebody has typed already."""

    def isatty(self) -> bool:
        return True


def test_at_a_terminal_it_asks_until_it_knows(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "open.csv").write_text("Customer,Date,Amount\nAcme,01/02/2026,1.00\nAcme,02/30/2026,1.00\nBolt,x,2.00\n")
    (place / "both.csv").write_text("Customer,Date,Amount\nAcme,01/02/2026,1.00\nBolt,03/04/2026,2.00\n")
    monkeypatch.setattr("sys.stdin", Keyboard("never\nmdy\ny\n"))
    done = cartera("import both.csv")
    assert (done.status, "'never' is none of them." in done.told) == (0, True)
    assert "Imported both.csv as batch 1: 2 new" in done.out
    monkeypatch.setattr("sys.stdin", Keyboard("n\n"))
    assert cartera("import open.csv").status == 130


def test_at_a_terminal_a_column_is_named_alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "odd.csv").write_text("Ref,Who,Much,When\n1,Acme,100.00,2026-02-01\n2,Bolt,70.00,2026-02-01\n")
    monkeypatch.setattr("sys.stdin", Keyboard("Much\nWho\ny\n"))
    assert "2 new" in cartera("import odd.csv").out


@pytest.mark.usefixtures("place")
def test_nothing_is_imported_when_the_person_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Keyboard("n\n"))
    assert cartera("import sales.csv").status == 130
    assert cartera("imports --format json").out == "[]\n"


@pytest.mark.usefixtures("place")
def test_rows_that_were_refused_stay_a_problem_until_they_are_brought_in_or_their_import_is_undone() -> None:
    cartera("import bad.csv --yes --with-rejects")
    asked = cartera("check workspace --format json")
    [problem] = json.loads(asked.out)
    assert (problem["code"], problem["where"]) == ("BAD_DATE", "bad.csv of import 1, line 4")
    assert "1 row could not be read; this lists them: cartera check workspace" in asked.told
    cartera("undo 1")
    assert json.loads(cartera("check workspace --format json").out) == []
