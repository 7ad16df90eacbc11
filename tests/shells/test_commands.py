"""The commands as people type them, on the made-up company: what comes out, where, and with which status."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from tests.shells.shell import cartera

from cartera.views.registry import VIEWS

if TYPE_CHECKING:
    from pathlib import Path

    from cartera.views.view import View

DAY = "--day 2026-03-31"
ASKED = {
    "explain": "--client C001",
    "whatif": "--against salescope",
    "whatif_segments": "--against salescope",
    "moves": "--since 2026-01-01",
    "balance": "--since 2026-01-01",
    "client": "--where client_id=C039",
}
NAMES = [view.name for view in VIEWS]
BRIEF = ("composition", "clients", "moves", "balance", "coming", "whatif", "rfm", "funnel", "figures", "cross")
SOME = [pytest.param(name, marks=() if name in BRIEF else pytest.mark.thorough) for name in NAMES]


def shown(name: str, how: str) -> str:
    """What `show` writes for the view on the demo."""
    return done(f"show {name} demo {DAY} {ASKED.get(name, '')} {how}")


def done(line: str) -> str:
    """What a command writes that must succeed."""
    ended = cartera(line)
    assert (ended.status, ended.told) == (0, ended.told), ended.told
    return ended.out


@pytest.mark.parametrize("name", SOME)
def test_json_and_csv_tell_the_same_and_nothing_else(name: str):
    told = json.loads(shown(name, "--format json"))
    written = list(csv.DictReader(io.StringIO(shown(name, "--format csv --raw"), newline="")))
    assert len(told) == len(written)
    assert [list(row) for row in told] == [list(row) for row in written]


@pytest.mark.parametrize("name", SOME)
def test_every_view_reads_on_a_narrow_screen(name: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    text = shown(name, "")
    assert next(view.question for view in VIEWS if view.name == name).split()[0] in text
    assert max(len(line) for line in text.splitlines()) <= 80


@pytest.mark.thorough
@pytest.mark.parametrize("name", [view.name for view in VIEWS if view.picture])
def test_every_view_with_a_chart_draws_it(name: str):
    assert shown(name, "--where client_id=C039 --format svg").startswith("<svg ")


def test_a_strip_is_of_one_client():
    ended = cartera(f"show timeline demo {DAY} --format svg")
    assert (ended.status, ended.out) == (2, "")
    assert "shows one client, and 120 were asked for. Name it: --where client_id=C001" in ended.told


def test_views_lists_every_question():
    assert done("views").splitlines() == [f"{view.name:<{max(map(len, NAMES))}}  {view.question}" for view in VIEWS]


def test_help_has_examples():
    assert "cartera show composition invoices.csv" in done("--help")
    assert "cartera show composition demo" in done("show --help")
    assert "--date-order" in done("show --help")


def test_a_filter_holds_before_anything_is_counted():
    everybody = rows(f"show composition demo {DAY} --format json")
    french = rows(f"show composition demo {DAY} --where country=France --format json")
    listed = rows(f"show clients demo {DAY} --where country=France --format json")
    assert sum(row["client_count"] for row in french) == len(listed) < sum(row["client_count"] for row in everybody)
    assert {row["country"] for row in listed} == {"France"}


def test_a_split_adds_up():
    everybody = rows(f"show composition demo {DAY} --format json")
    split = rows(f"show composition demo {DAY} --by country --format json")
    for row in everybody:
        parts = [part["client_count"] for part in split if part["segment"] == row["segment"]]
        assert sum(parts) == row["client_count"]


def rows(line: str) -> list[dict]:
    found: list[dict] = json.loads(done(line))
    return found


def test_an_output_file_gets_what_its_name_says_and_standard_output_nothing(tmp_path: Path):
    for name, start in {
        "a.csv": b"segment,",
        "a.json": b"[",
        "a.xlsx": b"PK",
        "a.parquet": b"PAR1",
        "a.svg": b"<svg",
    }.items():
        assert done(f"show composition demo {DAY} --output {tmp_path / name}") == ""
        assert (tmp_path / name).read_bytes().startswith(start)
    assert done(f"show composition demo {DAY} --output {tmp_path / 'a.txt'}") == ""
    assert (tmp_path / "a.txt").read_text("utf-8").startswith("How healthy")


def test_explain_takes_a_name_too():
    client = rows(f"show clients demo {DAY} --format json")[0]
    by_id = done(f"explain {client['client_id']} demo {DAY}")
    assert done(f'explain "{client["name"].upper()}" demo {DAY}') == by_id


def test_explain_offers_the_nearest_client():
    client = rows(f"show clients demo {DAY} --format json")[0]
    ended = cartera(f'explain "{client["name"]}x" demo {DAY}')
    assert (ended.out, ended.status) == ("", 2)
    assert ended.told == (
        f"there is no client '{client['name']}x'. Did you mean '{client['name']}' ({client['client_id']})?\n"
    )


def test_whatif_lists_who_moves_and_backtest_says_how_well_the_rules_announced():
    assert rows(f"whatif demo --policy salescope {DAY} --format json")
    assert rows(f"backtest demo {DAY} --format json")


def test_check_counts_what_it_found():
    assert "problem" in done(f"check demo {DAY}").lower()


def test_the_demo_names_five_clients_and_what_they_are_worth():
    text = done(f"demo {DAY}")
    assert sum(line[:2] in ("1.", "2.", "3.", "4.", "5.") and "EUR at stake" in line for line in text.splitlines()) == 5
    assert "If nobody acts until 2026-06-29" in text
    assert "cartera explain" in text


@pytest.mark.thorough
@pytest.mark.parametrize("view", VIEWS, ids=NAMES)
def test_the_example_of_a_view_works(view: View, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    assert view.example.startswith("cartera ")
    done(view.example.removeprefix("cartera "))


def test_a_filter_by_segment_keeps_those_who_stand_there():
    leaving = rows(f"show clients demo {DAY} --where segment=leaving --where segment=lost --format json")
    assert {row["segment"] for row in leaving} == {"leaving", "lost"}
    ended = cartera(f"show clients demo {DAY} --where segment=leavin")
    assert ended.told.startswith("--where: unknown segment 'leavin'. Did you mean 'leaving'?")
