"""What is said when a workspace cannot be asked as it was asked? Each message whole, each reproduced."""

from __future__ import annotations

import shutil
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tests.ledger.facts import named

import cartera
from cartera.app.policies import policy
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import open_source
from cartera.app.workspace.place import LEDGER, open_workspace, place
from cartera.cli.main import main
from cartera.engine import plain as threshold
from cartera.errors import CarteraError, InputError
from cartera.ledger.columns import adbc, refresh
from cartera.ledger.columns.alone import built
from cartera.ledger.columns.refresh import refreshed
from cartera.ledger.columns.sheets import INVOICE
from cartera.ledger.columns.typed import money

IMPORTED = "{} is a workspace: its files were read when they were imported. Leave it out; it is for files."


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"encoding": "cp1252"}, f"--encoding: {IMPORTED}"),
        ({"date_order": "dmy"}, f"--date-order: {IMPORTED}"),
        ({"mapping": {"a": "b"}}, f"--map: {IMPORTED}"),
        ({"currency": "usd"}, "--currency: {} reports in EUR, not in USD. Leave --currency out."),
    ],
)
def test_options_of_files_are_refused(workspace: str, options: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError) as problem:
        open_source(EVERYTHING, workspace, options=options)
    assert str(problem.value) == told.format(workspace)


def test_only_a_workspace_knows_what_was_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "composition", "demo", "--known", "2026-03-31"]) == 2
    told = capsys.readouterr().err
    assert told == "--known: demo keeps no history. Only a workspace knows what was known then.\n"


def test_a_day_that_is_none(workspace: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "composition", workspace, "--known", "yesterday"]) == 2
    assert capsys.readouterr().err == "--known: 'yesterday' is not a day. Write year-month-day: 2026-03-31.\n"


@pytest.mark.parametrize("known", ["2026-03-31", 5])
def test_a_moment_that_is_none(workspace: str, known: Any) -> None:
    with pytest.raises(InputError) as problem:
        cartera.open(workspace, known=known)
    assert str(problem.value) == f"known is {known!r}. Pass a datetime.date, such as date(2026, 3, 31), or a datetime."


@pytest.mark.parametrize("known", [date(9999, 12, 31), date(1, 1, 1), datetime(9999, 12, 31, 23)])
def test_the_ends_of_the_calendar_are_days_too(workspace: str, known: date) -> None:
    assert cartera.check(cartera.open(workspace, known=known)) == []


def test_a_folder_that_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(CarteraError) as problem:
        cartera.open(str(tmp_path))
    assert str(problem.value) == f"there is no workspace in {tmp_path}. Make one: cartera init {tmp_path}."


def test_an_amount_that_money_cannot_hold() -> None:
    with pytest.raises(CarteraError) as problem:
        money(pa.array([10**18]))
    assert str(problem.value) == "the ledger holds an amount of more than 14 digits before the point."


def test_a_column_of_another_type() -> None:
    wrong = pa.schema([pa.field(cell.name, pa.float64()) for cell in INVOICE.cells])
    with pytest.raises(CarteraError) as problem:
        adbc.check(INVOICE, wrong, is_sqlite=True)
    assert str(problem.value) == (
        "the column '_row' of invoices came from the ledger as double, not as int64. "
        "Update Cartera and its drivers, then try again."
    )


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    with pytest.raises(CarteraError) as problem, adbc.opened("postgresql://localhost/none"):
        pass
    assert str(problem.value) == (
        "reading a workspace in PostgreSQL needs a driver that is not installed. "
        "Install it: pip install 'cartera[postgresql]'."
    )


def test_a_ledger_that_cannot_be_read(tmp_path: Path) -> None:
    ledger = tmp_path / LEDGER
    ledger.write_bytes(b"not a database, but long enough to be looked at as one" * 100)
    with pytest.raises(CarteraError) as problem:
        built(str(ledger), 1, 1, tmp_path)
    assert str(problem.value).startswith(f"{ledger}: the ledger's rows could not be read: ")
    assert str(problem.value).endswith("file is not a database.")


def test_columns_that_vanish_while_they_are_made(book: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = refresh.store.kept

    def emptied(path: Path) -> Any:
        shutil.rmtree(path, ignore_errors=True)
        return kept(path)

    monkeypatch.setattr(refresh.store, "kept", emptied)
    with pytest.raises(CarteraError) as problem:
        refreshed(book, tmp_path / "columns", 0, lambda _: None)
    assert str(problem.value) == (
        f"{tmp_path / 'columns'}: the columns vanish while they are made. See that nothing else empties this folder."
    )


def test_columns_that_are_deleted_under_a_question(workspace: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threshold, "FEW", 0)  # so that the rows stay in their files
    named(open_workspace(workspace), {"C1": "Acme"})
    facts, source = cartera.open(workspace), open_source(EVERYTHING, workspace)
    shutil.rmtree(place(workspace).columns)
    told = r"the rows are no longer where they were \(.*\). Open the facts again, then ask."
    with pytest.raises(InputError, match=told):
        cartera.clients(facts, day=date(2026, 3, 31))
    with pytest.raises(InputError, match=told):
        show(EVERYTHING, source, view_called("clients"), Ask(policy("kopilot"), day=date(2026, 3, 31)))
