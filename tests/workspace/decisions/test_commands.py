"""The commands that decide, as a person types them: one client or many, what they tell, and what is asked first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.shells.shell import cartera

if TYPE_CHECKING:
    from tests.workspace.decisions.deciding import Desk

pytestmark = pytest.mark.usefixtures("office")
DAY = "--day 2026-03-31"


def test_a_decision_says_what_it_did_what_it_moved_and_how_to_take_it_back():
    assert cartera("plan Acme 2026-05-01 1,200.50").out == (
        "Planned 1,200.50 EUR for Acme on 2026-05-01 as plan-2 (change 2). It moves from leaving to hibernating."
        " To take it back: cartera undo 2.\n"
    )


def test_a_decision_is_of_the_day_that_it_is_in_the_workspace(tmp_path: Path):
    assert cartera("settings time_zone Pacific/Kiritimati").status == 0
    path = tmp_path / "more.csv"
    path.write_text("client,number,date,amount,status\nNova,1,2026-06-01,5.00,draft\n")
    assert cartera(f"import {path} --yes").status == 0
    # At ten in Greenwich it is past midnight there.
    assert cartera("mark Acme lost").out.startswith("Marked Acme as lost from 2026-04-01 ")
    assert "2026-04-01" in cartera("plans --format csv").out.splitlines()[1]


def test_a_question_without_a_source_is_about_the_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for line in ("show clients --format csv", "explain Acme", "check", "whatif --policy salescope", "backtest"):
        assert cartera(f"{line} {DAY if line != 'check' else ''}").status == 0, line
    monkeypatch.setenv("CARTERA_WORKSPACE", str(tmp_path / "gone"))
    assert f"SOURCE is missing, and there is no workspace in {tmp_path}/gone." in cartera("explain Acme").told


@pytest.mark.thorough
def test_a_decision_is_seen_in_the_next_answer_though_the_invoices_are_old(tmp_path: Path):
    folder, path = tmp_path / "old", tmp_path / "old.csv"
    path.write_text("client,number,date,amount\nNova,1,2026-01-10,5.00\n")
    assert [cartera(f"init {folder}").status, cartera(f"import {path} -w {folder} --yes").status] == [0, 0]
    assert "Answered for 2026-01-10" in cartera(f"show clients {folder}").told
    assert cartera(f"mark Nova lost -w {folder}").status == 0
    shown = cartera(f"show activity {folder} --format csv")
    assert (shown.told, "Nova,lost" in shown.out) == ("", True), shown.out


def test_the_portfolio_changes_at_once(office: Desk, workspace: str):
    def leaving() -> list[str]:
        rows = json.loads(cartera(f"show activity {workspace} {DAY} --where segment=leaving --format json").out)
        return sorted(row["client_id"] for row in rows)

    assert leaving() == ["acme", "crux"]
    office.plan("acme", office.day.replace(year=2027))
    assert leaving() == ["crux"]
    office.undo(2)
    assert leaving() == ["acme", "crux"]


def test_many_are_named_and_asked_about_first_and_are_one_change(office: Desk):
    asked = cartera("mark lost --where segment=leaving --reason price")
    assert (asked.status, asked.out) == (3, "")
    assert asked.told.startswith("Mark 2 clients as lost: Acme and Crux?\n  --yes")
    assert office.changes == 1

    done = cartera("mark lost --where segment=leaving --reason price --yes")
    assert done.out == (
        "Marked 2 clients as lost from 2026-03-31 (too expensive) (change 2). 2 move from leaving to lost."
        " To take it back: cartera undo 2.\n"
    )
    assert cartera("undo 2").out == (
        "Took back change 2, which marked 2 clients (change 3). 2 move from lost to leaving."
        " To take it back: cartera undo 3.\n"
    )


@pytest.mark.thorough
def test_a_mark_that_does_not_fit_some_leaves_them_out(office: Desk):
    done = cartera("mark cancelled --where segment=leaving --where segment=lost --yes")
    assert done.told.splitlines() == [
        "Left out: Acme was invoiced: mark it lost instead.",
        "Left out: Crux was invoiced: mark it lost instead.",
    ]
    assert done.out.startswith("Marked Zero as cancelled from 2026-03-31")
    assert office.segment("zero") == "cancelled"


def test_a_series_keeps_the_end_of_the_month(office: Desk):
    cartera("plan Acme 2026-08-31 100 --every month --times 3")
    days = [str(office.row(f"plan-2.{n}").issued_on) for n in (1, 2, 3)]
    assert days == ["2026-08-31", "2026-09-30", "2026-10-31"]


@pytest.mark.thorough
def test_last_years_invoices_are_planned_a_year_later_once(office: Desk):
    told = "Planned 500.00 EUR for Bolt on 2027-03-11 as plan-2 (change 2). It stays active."
    assert cartera("plan Bolt --like last-year").out.startswith(told)
    assert cartera("plan Bolt --like last-year").status == 2
    assert office.changes == 2


@pytest.mark.thorough
def test_plans_are_listed_by_what_became_of_them(office: Desk):
    cartera("plan Bolt 2026-04-10 300")
    cartera("plan Acme 2026-04-20 400")
    office.day = office.day.replace(month=5)
    office.brought(("i9", "bolt", office.day, "900"))

    def states(words: str) -> list[tuple[str, str]]:
        rows = json.loads(cartera(f"plans --day 2026-06-01 --format json {words}").out)
        return [(row["plan"], row["state"]) for row in rows]

    assert states("") == [("plan-2", "overtaken"), ("plan-3", "broken")]
    assert states("--late") == states("")
    assert states("--broken") == [("plan-3", "broken")]
    assert states("--where name=Bolt") == [("plan-2", "overtaken")]


@pytest.mark.thorough
def test_what_an_import_cannot_decide_is_listed_and_settled_by_hand(office: Desk):
    cartera("plan Bolt 2026-04-10 300")
    office.brought(("i9", "bolt", office.day.replace(month=4, day=12), "900"))
    listed = json.loads(cartera("plans --to-match --format json").out)
    assert [(row["plan"], row["invoice"], row["days_apart"]) for row in listed] == [("plan-2", "i9", 2)]
    assert cartera("plan match plan-2 i9").out.startswith(
        "Matched plan-2 of Bolt (300.00 EUR) with invoice i9 (change 4)."
    )
    assert json.loads(cartera("plans --to-match --format json").out) == []


def test_a_program_is_told_in_json():
    told = json.loads(cartera("plan Acme 2026-05-01 1200 --json").out)
    assert (told["change"], told["clients"], told["plans"]) == (2, ["acme"], ["plan-2"])


@pytest.mark.parametrize("form", ["table", *(pytest.param(one, marks=pytest.mark.thorough) for one in ("csv", "json"))])
def test_the_audit_tells_before_and_after_in_every_format(form: str):
    cartera("assign Acme 'Marta Ruiz'")
    cartera("assign Acme --nobody --note 'she left'")
    told = cartera(f"audit --client Acme --format {form}").out
    assert "rep nobody, since 2026-03-31" in " ".join(told.split())
    assert cartera("audit verify").out == "The audit holds: 3 lines, each follows the one before it.\n"


@pytest.mark.thorough
def test_marks_are_looked_at_again_on_their_day_unless_something_lifted_them(office: Desk):
    cartera("mark Bolt lost --review 2026-04-30 --reason price --note 'new budget in May'")
    cartera("mark Crux lost --review 2026-04-30")
    cartera("mark Crux lost --review 2026-09-30")
    cartera("mark Zero cancelled --review 2026-04-15")
    cartera("mark Zero reactivated")

    def due(words: str) -> list[tuple[str, str]]:
        rows = json.loads(cartera(f"reviews --format json {words}").out)
        return [(row["client_id"], row["review_on"]) for row in rows]

    assert due("") == []
    assert due("--until 2026-04-30") == [("bolt", "2026-04-30")]
    assert due("--day 2026-10-01") == [("bolt", "2026-04-30"), ("crux", "2026-09-30")]
    office.brought(("i9", "bolt", office.day.replace(month=4, day=2), "900"))
    assert due("--day 2026-10-01") == [("crux", "2026-09-30")]


def test_the_history_of_a_client_tells_all_that_was_said():
    cartera("plan Acme 2026-05-01 1200")
    cartera("plan move plan-2 2026-06-01")
    cartera("note Acme 'call in May'")
    cartera("undo 4")
    rows = json.loads(cartera("history Acme --format json").out)
    assert [(row["change"], row["what"], row["text"], row["undone_by"]) for row in rows] == [
        (1, "client", "Acme", None),
        (1, "invoice", "invoice i1: 1,000.00 EUR of 2025-03-16", None),
        (2, "plan", "plan-2: 1,200.00 EUR for 2026-05-01", None),
        (3, "plan", "plan-2: 1,200.00 EUR for 2026-06-01", None),
        (4, "note", "call in May", 5),
    ]


@pytest.mark.thorough
def test_plans_of_one_day_stand_by_their_number() -> None:
    for _ in range(11):
        assert cartera("plan Acme 2026-06-01 5").status == 0
    found = [row["plan"] for row in json.loads(cartera("plans --format json").out)]
    assert len(found) == 11
    assert found == sorted(found, key=lambda plan: int(plan.partition("-")[2]))


@pytest.mark.parametrize(("planned", "is_remarked"), [("100", True), ("400", False), ("1100", True)])
def test_a_match_of_very_different_amounts_is_remarked(planned: str, is_remarked: bool) -> None:
    assert cartera(f"plan bolt 2026-05-01 {planned}").status == 0
    done = cartera("plan match plan-2 i2")
    assert (done.status, "Look again: " in done.out) == (0, is_remarked), done.told
