"""Does every command list only the options it heeds, and does a view refuse those that it does not?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import typer
from tests.shells.shell import Ended, cartera

from cartera.app.taken import OPTIONS
from cartera.cli.main import app
from cartera.cli.options import ASKING
from cartera.views.registry import VIEWS

if TYPE_CHECKING:
    from cartera.views.view import View

DAY = "--day 2026-03-31"
GIVEN = {
    "since": "2025-11-30",
    "by": "country",
    "every": "quarter",
    "against": "salescope",
    "window": "all",
    "scores": "r",
    "frequency": "dates",
    "measure": "invoices",
    "rules": "docs/examples/rules.toml",
    "suppose": "C001",
    "planned": "ignored",
}
ASKED = {
    "explain": ["--day", "--policy"],
    "check": ["--day"],
    "backtest": ["--day", "--policy", "--where"],
    "whatif": ["--policy", "--from", "--against", "--day", "--where"],
}


def takes(view: View, name: str) -> bool:
    return name in view.takes or bool(view.over_time and name in view.over_time.takes)


UNTAKEN = [(view.name, name) for view in VIEWS for name in OPTIONS if not takes(view, name)]


def test_every_option_that_a_view_may_take_is_tried():
    assert set(GIVEN) == set(OPTIONS) >= set().union(*(view.takes for view in VIEWS))


@pytest.mark.parametrize(("view", "name"), UNTAKEN, ids=[f"{view} --{name}" for view, name in UNTAKEN])
def test_an_option_that_would_change_nothing_is_refused_before_anything_is_read(view: str, name: str):
    ended = cartera(f"show {view} nowhere.csv --{name} {GIVEN[name]}")
    assert (ended.out, ended.status) == ("", 2)
    assert ended.told.startswith(f"--{name}: the view {view!r} does not take it. It is for ")


def test_the_views_that_take_an_option_are_named():
    assert cartera("show activity demo --against kopilot") == Ended(
        "", "--against: the view 'activity' does not take it. It is for whatif and whatif_segments.\n", 2
    )
    assert cartera("show shape demo --by rep").told.endswith("To keep some clients alone, use --where.\n")


def test_an_option_of_the_same_question_over_time_says_what_it_needs():
    assert cartera("show composition demo --since 2026-01-01") == Ended(
        "",
        "--since: the view 'composition' takes it only together with --every."
        " Add --every month, or leave --since out.\n",
        2,
    )
    assert json.loads(cartera(f"show composition demo {DAY} --since 2026-01-01 --every month --format json").out)


@pytest.mark.parametrize("view", ["balance", "moves", "movers"])
def test_an_option_that_a_view_takes_changes_its_answer(view: str):
    usual = cartera(f"show {view} demo {DAY} --format json").out
    assert cartera(f"show {view} demo {DAY} --since 2025-06-30 --format json").out != usual


@pytest.mark.parametrize("command", ASKED)
def test_a_command_lists_only_what_it_heeds(command: str):
    params = typer.main.get_command(app).commands[command].params  # type: ignore[attr-defined]
    listed = [name for one in params if getattr(one, "rich_help_panel", None) == ASKING for name in one.opts]
    assert sorted(listed) == sorted(ASKED[command])
    assert cartera(f"{command} x demo --every month").status == 2


def test_the_help_names_every_period_and_every_way_to_take_amounts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "160")
    told = cartera("show --help").out
    for words in ("day|week|month|quarter|year", "segment=leaving", "net|gross:20|per-line|per-invoice"):
        assert words in told


def test_an_unknown_column_is_told_with_everything_that_may_be_named():
    told = cartera(f"show composition demo {DAY} --where contry=France").told
    assert told.startswith(
        "--where: unknown column 'contry'. Did you mean 'country'? Valid: segment, custom, frequency, recurrence, "
    )
    told = cartera(f"show composition demo {DAY} --by contry").told
    assert told.startswith("--by: unknown column 'contry'. Did you mean 'country'? Valid: client_id, name, ")


def test_names_of_columns_are_refused_for_a_folder():
    assert cartera("show composition tests/shells/small --map client_id=Kunde").told == (
        "--map: 'tests/shells/small' is a folder of fact tables, whose columns are known by their names alone."
        " Rename Kunde to client_id in its table, or give the one file as the source: tests/shells/small/invoices.csv\n"
    )
