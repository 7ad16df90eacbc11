"""How are saved filters used on the command line? Asked for themselves, listed, and to filter any other question."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.shells.shell import cartera

from cartera.portfolio.custom_shipped import shipped
from cartera.portfolio.policy import Policy

if TYPE_CHECKING:
    from pathlib import Path

DAY = "--day 2026-03-31"
RULES = "--rules docs/examples/rules.toml"


def rows_of(line: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(cartera(f"{line} {DAY} --format json").out)
    return rows


@pytest.mark.thorough
def test_a_filter_keeps_the_clients_that_the_list_names() -> None:
    listed = rows_of(f"show custom demo {RULES} --by client_id")
    meant = {row["client_id"] for row in listed if row["custom"] == "win back"}
    for view in ("clients", "volume"):
        kept = rows_of(f"show {view} demo {RULES} --where custom='win back'")
        assert {row["client_id"] for row in kept} == meant
    counts = {row["custom"]: row["client_count"] for row in rows_of(f"show custom demo {RULES}")}
    assert counts == {"Marta's big ones": len(listed) - len(meant), "win back": len(meant)}


@pytest.mark.thorough
def test_filters_are_either_or_and_meet_the_others() -> None:
    both = rows_of(f"show clients demo {RULES} --where custom='win back' --where custom=\"Marta's big ones\"")
    assert len(both) == len(rows_of(f"show custom demo {RULES} --by client_id"))
    martas = rows_of(f"show clients demo {RULES} --where custom='win back' --where rep='Marta Ruiz'")
    assert [row["client_id"] for row in martas] == [row["client_id"] for row in both if row in martas]
    assert {row["rep"] for row in martas} == {"Marta Ruiz"}


@pytest.mark.thorough
def test_ours_are_a_filter_too_and_what_was_asked_is_told() -> None:
    ended = cartera(f"show shape demo {DAY} --where custom='big and going cold'")
    assert "where custom = big and going cold" in " ".join(ended.out.split())
    ended = cartera(f"show custom demo {DAY} {RULES}")
    assert "· rules docs/examples/rules.toml" in " ".join(ended.out.split())
    assert "they do not add up" in ended.told
    assert "These are examples of ours" not in ended.told
    assert "These are examples of ours" in cartera(f"show custom demo {DAY}").told


ASKED_WRONG = [
    (
        "show clients demo --where custom='win bak'",
        "--where: unknown custom segment 'win bak'. Valid: {ours}.",
    ),
    (
        f"show clients demo {RULES} --where custom='win bak'",
        "--where: unknown custom segment 'win bak'. Did you mean 'win back'? Valid: Marta's big ones, win back.",
    ),
    (
        f"show clients demo {RULES}",
        "--rules: the view 'clients' does not take it. It is for custom. To keep the clients of one custom segment"
        " alone, add --where custom=NAME.",
    ),
    (
        "show custom demo --by rep",
        "--by: custom segments are not split by rep. Give --by client_id for the list, or split another view:"
        " composition --by rep --where custom=NAME.",
    ),
    (
        "show custom demo --rules none.toml",
        "there is no file 'none.toml' with rules. Write one: [\"big clients\"] and below it"
        ' column = "amount" and on the next line at_least = 1000.',
    ),
]  # fmt: skip


@pytest.mark.parametrize(("line", "message"), ASKED_WRONG, ids=[line for line, _ in ASKED_WRONG])
def test_a_wrong_question_gets_one_clear_message(line: str, message: str) -> None:
    ended = cartera(f"{line} {DAY}")
    ours = ", ".join(shipped(Policy.kopilot()).names())
    assert (ended.out, ended.status) == ("", 2)
    assert ended.told.splitlines()[-1] == message.format(ours=ours)


def test_a_broken_file_is_refused_before_the_source_is_read(tmp_path: Path) -> None:
    file = tmp_path / "r.toml"
    file.write_text('["a"]\nall = []\n', encoding="utf-8")
    ended = cartera(f"show custom nowhere.csv --rules {file}")
    assert ended.told.startswith(f"{file}, line 2: all is empty.")


def test_a_value_that_nobody_has_is_told(tmp_path: Path) -> None:
    file = tmp_path / "r.toml"
    rule = 'any = [{ column = "rep", in = ["Marta Ruix", "Marta Ruiz"] }, { column = "country", is_not = "Spain" }]'
    file.write_text(f'["a"]\n{rule}\n', encoding="utf-8")
    told = cartera(f"show custom demo {DAY} --rules {file}").told
    assert "No client and no invoice has rep 'Marta Ruix'." in told
    assert told.count("No client and no invoice has") == 1
