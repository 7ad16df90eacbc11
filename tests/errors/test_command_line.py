"""What the command line says when it is typed wrong: every message whole, its exit status, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.shells.shell import Ended, cartera

if TYPE_CHECKING:
    from pathlib import Path

TYPED_WRONG = [
    ("shw", "No such command 'shw'. Did you mean 'show'? See: cartera --help"),
    (
        "show composition",
        "SOURCE is missing, and this folder is no workspace."
        " Name a file, a folder of fact tables, a workspace, or demo: cartera show composition demo.",
    ),
    (
        "show composition demo --fromat json",
        "No such option: --fromat (Possible options: --format, --map, --raw). See: cartera show --help",
    ),
    ("show composition demo --day", "Option '--day' requires an argument."),
    (
        "show composition demo --limit ten",
        "--limit: 'ten' is no whole number. For example --limit 10.",
    ),
    (
        "show composition demo --header-row 1.5",
        "--header-row: '1.5' is no whole number. For example --header-row 10.",
    ),
    (
        "show composition demo --day 31/03/2026",
        "--day: '31/03/2026' is not a day. Write year-month-day: 2026-03-31.",
    ),
    (
        "show composition demo --since 2026-02-30",
        "--since: '2026-02-30' is not a day. Write year-month-day: 2026-03-31.",
    ),
    (
        "show compositon demo",
        "unknown view 'compositon'. Did you mean 'composition'? Valid: {views}.",
    ),
    (
        "show composition demo --format jsno",
        "--format: unknown format 'jsno'. Did you mean 'json'? Valid: table, json, csv, xlsx, parquet, svg.",
    ),
    (
        "show composition demo --output answer.foo",
        "--output: 'answer.foo' ends in no format that can be written. End it in .json, .csv, .xlsx, .parquet, .svg or,"
        " for the table, .txt; or name the format: --format csv.",
    ),
    (
        "show composition demo --every mont",
        "--every: unknown period 'mont'. Did you mean 'month'? Valid: day, week, month, quarter, year.",
    ),
    (
        "show composition demo --where country",
        "--where: 'country' is no NAME=VALUE. For example --where country=France.",
    ),
    (
        "show composition invoices.csv --map InvoiceDate",
        "--map: 'InvoiceDate' is no NAME=VALUE. For example --map issued_on=InvoiceDate.",
    ),
    (
        "show composition invoices.csv",
        "there is no file or folder 'invoices.csv'. Give a file, a folder of fact tables, a workspace, or demo.",
    ),
    ("show composition ''", "SOURCE is empty. Give a file, a folder of fact tables, a workspace, or demo."),
    (
        "show composition demo --currency EURO",
        "--currency: unknown currency 'EURO'. Did you mean EUR? Write a code such as EUR or USD.",
    ),
    (
        "show composition demo:distributer",
        "unknown demo company 'demo:distributer'. Did you mean 'demo:distributor'? Valid: demo, demo:distributor.",
    ),
    (
        "show composition dmo",
        "there is no file or folder 'dmo'. Did you mean 'demo'?",
    ),
    (
        "show survival demo --day 2026-03-31 --by client_id",
        "cannot split by 'client_id': every client would stand alone. Split by name, or ask for some clients alone.",
    ),
    (
        "show survival demo --day 2026-03-31 --by rep --format svg",
        "a picture of survival shows one rep, and 7 are in the answer. Keep one with --where 'rep=Ana Duarte', or see"
        " the table.",
    ),
    (
        "show composition demo --day 2026-03-31 --by name --format svg",
        "a picture shows 100 bars, and by name it takes 120. Keep some values with --where name=..., or see the table.",
    ),
    (
        "show composition demo --policy kopilto",
        "unknown policy 'kopilto'. Did you mean 'kopilot'? Valid: kopilot, salescope, a FILE.toml.",
    ),
    (
        "show composition demo --policy none.toml",
        "there is no policy file 'none.toml'. Valid names: kopilot, salescope.",
    ),
]


@pytest.fixture(autouse=True)
def empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("line", "message"), TYPED_WRONG, ids=[line for line, _ in TYPED_WRONG])
def test_a_wrong_word_gets_one_clear_message(line: str, message: str):
    from cartera.views.registry import VIEWS

    views = ", ".join(view.name for view in VIEWS)
    assert cartera(line) == Ended("", message.format(views=views) + "\n", 2)


def test_a_file_with_a_name_like_it_is_offered(tmp_path: Path):
    (tmp_path / "invoices.csv").write_text("client,date,amount\n")
    assert cartera("show composition invoice.csv") == Ended(
        "", "there is no file or folder 'invoice.csv'. Did you mean 'invoices.csv'?\n", 2
    )


def test_an_output_that_cannot_be_written_is_said():
    ended = cartera("show composition demo --format json --output nowhere/a.json")
    assert ended == Ended(
        "",
        "--output: cannot write 'nowhere/a.json': No such file or directory."
        " Name a file in a folder that you may write to.\n",
        2,
    )
