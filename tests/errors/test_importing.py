"""What the importer says when something is wrong: every message whole, and its exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.shells.shell import cartera
from tests.workspace.importing.bringing import at_a_workspace

WRONG = [
    (
        "import nothing.csv",
        2,
        "nothing.csv: the file cannot be opened (No such file or directory). Check the path and the spelling.",
    ),
    (
        "import .",
        2,
        ".: the folder holds no invoices (found foreign.csv, sales.csv, totals.csv). Add invoices.csv with at least the"
        " columns client_id, issued_on and amount. Or name one file of another shape: sales.csv",
    ),
    (
        "import tables --header-row 2",
        2,
        "--header-row: fact tables have their header in row 1. Leave it out: the first"
        " row of each table names its columns.",
    ),
    (
        "import again.csv",
        2,
        "again.csv: these are refused rows of the folder tables. Mend them in its tables and import the folder again.",
    ),
    ("import sales.csv --renamed maybe", 2, "--renamed: unknown answer 'maybe'. Valid: same, other."),
    ("import sales.csv --replace all", 2, "--replace: unknown part to replace 'all'. Valid: period."),
    (
        "import sales.csv --answers none.toml",
        2,
        "--answers: cannot read 'none.toml': No such file or directory. Check the path.",
    ),
    (
        "import sales.csv --answers wrong.toml",
        2,
        "wrong.toml: with_rejects is 'yes'. Write with_rejects = true.",
    ),
    (
        "import sales.csv --answers other.toml",
        2,
        "other.toml: unknown answer 'date_ordr'. Did you mean 'date_order'? Valid: with_rejects, with_differences,"
        " with_changes, renamed, replace, map, date_order, decimal, delimiter, encoding, sheet, header_row, amounts,"
        " currency.",
    ),
    (
        "import sales.csv --answers broken.toml",
        2,
        "broken.toml: this is no TOML (Expected '=' after a key in a key/value pair (at line 1, column 6))."
        ' Write lines such as date_order = "dmy".',
    ),
    (
        "import foreign.csv",
        2,
        "foreign.csv: these are refused rows of another workspace. Import it where it came from, or take the column"
        " cartera_row out.",
    ),
    ("imports rejects 9", 2, "unknown import '9'. Valid: none yet."),
    ("imports rejects nine", 2, "N: 'nine' is no whole number. For example N 10."),
    ("reconcile --month 2026-03", 2, "--month and --total belong together. Example: --month 2026-03 --total 1234.56."),
    ("reconcile --month March --total 1", 2, "--month: 'March' is no month. Write it as 2026-03."),
    ("reconcile --month 2026-03 --total 1,5", 2, "--total: '1,5' is no amount. Write it as 1234.56."),
    (
        "reconcile --file sales.csv",
        2,
        "sales.csv: there is no month or no total (found Invoice No, Customer, Date, Amount). Name them month, total.",
    ),
    (
        "reconcile --file totals.csv",
        2,
        "totals.csv, line 2: 'March' and its total cannot be read. Write a month such as 2026-03 and a total such as"
        " 1234.56.",
    ),
]


@pytest.fixture
def place(tmp_path: Path, templates: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace with files beside it."""
    at_a_workspace(tmp_path, templates, monkeypatch)
    files = {
        "sales.csv": "Invoice No,Customer,Date,Amount\n1,Acme,2026-01-31,100.00\n",
        "wrong.toml": 'with_rejects = "yes"\n',
        "other.toml": 'date_ordr = "dmy"\n',
        "broken.toml": "this is none\n",
        "foreign.csv": "Customer,Date,Amount,line,reason,column,hint,cartera_row\nAcme,2026-01-31,1.00,2,X,Y,Z,77\n",
        "totals.csv": "month,total\nMarch,5.00\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "invoices.csv").write_text("client_id,issued_on,amount\nAcme,2026-01-31,1\nBolt,2026-02-30,2\n")


def refused(tmp_path: Path) -> None:
    """A file of the rows that the folder's import refused."""
    cartera("import tables --yes --with-rejects")
    cartera(f"imports rejects 1 --output {tmp_path / 'again.csv'}")


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(("line", "status", "message"), WRONG, ids=[line for line, *_ in WRONG])
def test_the_message_is_whole(tmp_path: Path, line: str, status: int, message: str) -> None:
    if "again.csv" in line:
        refused(tmp_path)
    done = cartera(line)
    assert (done.told, done.status, done.out) == (f"{message}\n", status, "")


@pytest.mark.usefixtures("place")
def test_what_cannot_come_back_says_what_is_in_its_place() -> None:
    for line in ("import sales.csv --yes", "undo 1", "import sales.csv --source shop --yes"):
        assert cartera(line).status == 0
    assert cartera("undo 2").told == (
        "change 1 cannot come back: 'Acme' is the id of something else by now, from change 3."
        " Take that back first: cartera undo 3.\n"
    )
