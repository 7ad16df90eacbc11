"""Is a workspace a source like any other? The same answers as of its file, the same scope."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.columns.world import START

from cartera.app.policies import policy
from cartera.app.scope import EVERYTHING, Scope
from cartera.app.show import Ask, show
from cartera.app.sources import open_source
from cartera.app.workspace.place import open_workspace
from cartera.cli.main import main
from cartera.engine import plain as threshold
from cartera.ledger.digest import digest
from cartera.ledger.entry import entry
from cartera.ledger.fields import scaled
from cartera.ledger.models import Client, Invoice, Mark
from cartera.ledger.stage import document_of, publish, stage, write_lines
from cartera.sources.demo import company
from cartera.views.registry import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 3, 31)
ROOT = Path(__file__).resolve().parents[2]
MONEY = ("amount", "base_amount", "open_amount", "cost")
KEYS = {"clients": (Client, "client_id"), "invoices": (Invoice, "invoice_id"), "marks": (Mark, None)}


@pytest.fixture
def company_in(workspace: str) -> str:
    """The made-up company, imported."""
    book, tables = open_workspace(workspace), company("services", DAY)
    ids = tables["invoices"].column("invoice_id").to_pylist()
    documents = {one: document_of(1, number) for number, one in enumerate(ids)}
    lines = tables["lines"].to_pylist()
    names = ("line_no", "product", "category", "quantity", "amount", "cost")
    write_lines(
        book,
        ((documents[row["invoice_id"]], *(stored(name, row.get(name)) for name in names), "{}") for row in lines),
    )
    staged = [stage(book, KEYS[name][0], staged_rows(name, tables[name].to_pylist(), documents)) for name in KEYS]
    with entry(book, "import", at=START, by="file") as made:
        for one in staged:
            publish(made, one)
    return workspace


def staged_rows(name: str, rows: list[dict[str, Any]], documents: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    model, key = KEYS[name]
    for number, row in enumerate(rows):
        more = {one: value for one, value in row.items() if one not in model.COLUMNS and value is not None}
        told = row | {"more": json.dumps(more, default=str), "document": documents.get(row.get("invoice_id", ""))}
        if model is Mark:
            told |= {one: row[one] or "" for one in ("by", "reason", "note")}
        values = [stored(one, told.get(one)) for one in model.COLUMNS]
        yield ("demo", name, str(row[key] if key else number), digest(values), False, *values)


def stored(name: str, value: Any) -> Any:
    if name in MONEY:
        return scaled(value)
    if name == "quantity" and value is not None:
        return str(value)
    return str(value) if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("few", [0, threshold.FEW], ids=["in files", "in memory"])
def test_questions_answer_as_about_the_original(company_in: str, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threshold, "FEW", few)
    answers_are_equal(company_in, {"figures", "balance", "wakeup", "receivables"})


@pytest.mark.thorough
def test_every_question_answers_as_about_the_original(company_in: str) -> None:
    answers_are_equal(company_in, {one.name for one in VIEWS} - {"client"})


@pytest.mark.thorough
@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_every_question_answers_as_about_the_original_from_files(
    company_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threshold, "FEW", 0)
    answers_are_equal(company_in, {one.name for one in VIEWS} - {"client"})


def answers_are_equal(company_in: str, names: set[str]) -> None:
    original, workspace = open_source(EVERYTHING, "demo", day=DAY), open_source(EVERYTHING, company_in)
    for view in (one for one in VIEWS if one.name in names):
        ask = Ask(policy("kopilot"), day=DAY, since=date(2025, 3, 31), against=policy("salescope"))
        one, other = show(EVERYTHING, original, view, ask), show(EVERYTHING, workspace, view, ask)
        assert one.rows.equals(other.rows), view.name
        assert (one.totals, one.sentence, one.notices) == (other.totals, other.sentence, other.notices), view.name


def test_a_scope_holds_in_a_workspace(company_in: str) -> None:
    two = frozenset(["C001", "C002"])
    source = open_source(Scope(clients=two), company_in)
    answer = show(
        EVERYTHING, source, next(one for one in VIEWS if one.name == "activity"), Ask(policy("kopilot"), day=DAY)
    )
    assert set(answer.rows.column("client_id").to_pylist()) == two


def test_the_command_line_asks_a_workspace(company_in: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "composition", company_in, "--day", "2026-03-31", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert main(["show", "composition", "demo", "--day", "2026-03-31", "--format", "json"]) == 0
    assert found == json.loads(capsys.readouterr().out)


def test_what_was_known_is_told(company_in: str, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["show", "composition", company_in, "--day", "2026-03-31", "--format", "json", "--known"]
    assert main([*words, "2025-12-31"]) == 0
    assert capsys.readouterr().err == "At the end of 2025-12-31 nothing was known yet.\n"
    assert main([*words, "2026-03-31"]) == 0
    assert capsys.readouterr().err == "As known at the end of 2026-03-31: the first change alone.\n"


@pytest.mark.thorough
def test_explain_check_whatif_and_backtest_take_a_workspace(company_in: str) -> None:
    assert main(["explain", "C001", company_in, "--day", "2026-03-31"]) == 0
    assert main(["check", company_in, "--format", "json"]) == 0
    assert main(["whatif", company_in, "--policy", "salescope", "--day", "2026-03-31"]) == 0
    assert main(["backtest", company_in, "--day", "2026-03-31"]) == 0


def test_a_question_about_a_file_loads_no_web_framework(tmp_path: Path) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text("client_id,issued_on,amount\nacme,2026-03-01,5\n")
    program = (
        "import sys; from cartera.cli.main import main; main(sys.argv[1:]);"
        " print([name for name in ('django', 'adbc_driver_manager', 'sqlite3') if name in sys.modules])"
    )
    words = [
        "show",
        "composition",
        str(file),
        "--day",
        "2026-03-31",
        "--format",
        "json",
        "--output",
        str(tmp_path / "out"),
    ]
    run = [sys.executable, "-c", program, *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    ended = subprocess.run(run, capture_output=True, text=True, check=True, env=environment)
    assert ended.stdout == "[]\n"
