"""What is told beside an answer: the program to type, the file written, what in the facts is odd."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from tests.shells.shell import cartera

from cartera.app.policies import policy
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import Opened
from cartera.cli.program import program
from cartera.engine import open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.policy import Policy
from cartera.views.view import Query

DAY = "--day 2026-03-31"
INVOICES = "client,number,date,net\nAcme,1,2026-01-31,45\n{rows}"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def installed(folder: Path) -> Path:
    """The program in a virtual environment of the folder."""
    (folder / ".venv").symlink_to(sys.prefix)
    return folder / ".venv" / "bin" / "cartera"


@pytest.mark.skipif(not (Path(sys.prefix) / "bin" / "cartera").exists(), reason="the program is not installed")
def test_commands_to_try_begin_as_the_program_was_started(desk: Path):
    path = str(installed(desk))
    for known, started, typed in (
        ("/usr/bin:/bin", path, ".venv/bin/cartera"),
        ("/usr/bin:/bin", ".venv/bin/cartera", ".venv/bin/cartera"),
        (f"{Path(path).parent}:/usr/bin:/bin", path, "cartera"),
    ):
        ended = subprocess.run(
            [started, "demo", *DAY.split()],
            capture_output=True,
            env={**os.environ, "PATH": known},
            check=True,
            timeout=120,
        )
        assert f"\n  {typed} views\n" in ended.stdout.decode()


@pytest.mark.parametrize(
    ("started", "typed"),
    [
        ("/opt/cartera/bin/cartera", "/opt/cartera/bin/cartera"),
        ("my tools/cartera", "'my tools/cartera'"),
        ("pytest", "cartera"),
    ],
)
def test_a_program_elsewhere_is_typed_with_its_path(started: str, typed: str, desk: Path, monkeypatch):
    monkeypatch.setenv("PATH", str(desk))
    monkeypatch.setattr(sys, "argv", [started])
    assert program() == typed


@pytest.mark.usefixtures("desk")
def test_a_file_that_was_written_is_named_with_its_rows():
    assert cartera(f"show clients demo {DAY} -o clients.xlsx").told.startswith("Wrote clients.xlsx: 120 rows.\n")
    assert cartera(f"show clients demo {DAY} -o some.txt --limit 1").told.startswith("Wrote some.txt: 1 row.\n")
    assert cartera(f"show composition demo {DAY} -o bars.svg").told.startswith("Wrote bars.svg: a picture.\n")


def test_check_is_of_no_day_and_tells_the_amount_where_there_is_no_client(desk: Path):
    rows = "".join(f",{number},2019-01-31,45.5\n" for number in range(2, 14))
    (desk / "invoices.csv").write_text(INVOICES.format(rows=rows))
    ended = cartera("check invoices.csv --limit 1")
    assert "policy" not in ended.out
    assert "12 problems: 12 NO_CLIENT." in " ".join(ended.out.split())
    assert "NO_CLIENT  invoice 10, amount 45.50  client_id  " in ended.out
    assert "Answered for" not in ended.told
    assert "12 rows are without a client; the 12 documents they make are counted apart.\n" in ended.told


def test_rows_without_a_client_are_told_in_the_window_and_in_all(desk: Path):
    (desk / "invoices.csv").write_text(INVOICES.format(rows=",2,2019-01-31,45.5\n,3,2026-02-01,4.5\n,3,2026-02-01,1\n"))
    told = cartera(f"show composition invoices.csv {DAY}").told
    assert "3 documents (3 invoices and 0 credit notes): 1 belongs to 1 client, 2 are without a client; from " in told
    assert "3 rows are without a client; the 2 documents they make are counted apart.\n" in told
    assert "In the last 365 days, 1 document is without a client: 5.50 net, in no segment.\n" in told


@pytest.mark.parametrize("view", ["composition", "rfm"])
def test_money_of_clients_that_were_only_credited_is_told(view: str):
    """Without it the amounts would not add up to the net sales of the file."""
    days = ["2026-03-01", "2026-03-01", "2026-03-02", "2026-09-01"]  # b is credited before its first invoice
    columns = {"client_id": ["a", "b", "c", "b"], "issued_on": days, "amount": ["10", "-2.5", "-1", "7"]}
    facts = open_facts(Facts(invoices=pa.table(columns), currency="EUR"))
    told = "In the last 365 days, 2 documents are of clients with no invoice above 0 yet: -3.50 net, in no segment."
    for day, said in ((date(2026, 3, 31), True), (date(2026, 9, 1), False)):
        answer = show(EVERYTHING, Opened("two", facts), view_called(view), Ask(policy("kopilot"), day=day))
        assert (told in answer.notices) is said


def test_rows_that_could_not_be_read_are_counted_with_the_command_that_lists_them(desk: Path):
    (desk / "my invoices.csv").write_text(INVOICES.format(rows="Bell,2,2026-02-30,1\n"))
    told = cartera(f"show composition 'my invoices.csv' {DAY}").told
    assert "1 row could not be read; this lists them: cartera check 'my invoices.csv'\n" in told


def test_a_split_by_what_nobody_states_says_so(desk: Path):
    (desk / "invoices.csv").write_text(INVOICES.format(rows=""))
    ended = cartera(f"show composition invoices.csv --by rep {DAY}")
    assert "No client and no invoice names a rep.\n" in ended.told
    assert "unknown  Active" in ended.out
    assert "names an industry." in cartera(f"show balance invoices.csv --by industry {DAY}").told
    assert "names a" not in cartera(f"show composition demo --by rep {DAY}").told


def test_an_amount_without_a_rate_is_left_out_and_told():
    columns = {"client_id": ["a", "b"], "issued_on": ["2026-03-01"] * 2, "amount": ["10", "7.5"]}
    facts = open_facts(Facts(invoices=pa.table(columns | {"currency": ["EUR", "USD"]}), currency="EUR"))
    ask = Ask(policy("kopilot"), day=date(2026, 3, 31))
    answer = show(EVERYTHING, Opened("two", facts), view_called("composition"), ask)
    assert answer.notices == ("In the last 365 days, 1 document has no rate: 7.50 USD net, in no amount.",)


def test_two_policies_of_one_name_are_now_and_if_changed():
    kopilot, stricter, salescope = Policy.kopilot(), Policy.kopilot(active_months=2), Policy.salescope()
    for against, heads in ((stricter, ["Now", "If changed"]), (salescope, ["Under kopilot", "Under salescope"])):
        columns = view_called("whatif").columns(Query(date(2026, 3, 31), kopilot, against=against))
        assert [column.label for column in columns if column.unit == "segment"] == heads


def test_who_was_no_client_yet_is_called_so():
    assert "Not a client yet" in cartera(f"show moves demo --since 2025-06-30 {DAY}").out
    assert '"from_segment": null' in cartera(f"show moves demo --since 2025-06-30 {DAY} --format json").out
