"""Every number is a door: what stands behind a number of n, asked of the view that lists it, has n rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from tests.portfolios import random_facts, tables

from cartera.app.restrict import restricted
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show
from cartera.app.sources import Opened
from cartera.engine import open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.activity import standing
from cartera.portfolio.policy import Policy
from cartera.sources.demo import company
from cartera.views.doors import DOORS, SHUT, cells, marks
from cartera.views.registry import VIEWS
from cartera.views.selection import Selection, asked, behind

if TYPE_CHECKING:
    from cartera.views.view import Answer, View

DAY, SINCE = date(2026, 3, 31), date(2025, 11, 30)
BY_NAME = {view.name: view for view in VIEWS}
PLAIN = Ask(Policy.kopilot(), None, DAY)
WAYS: dict[str, Ask] = {
    "plainly": PLAIN,
    "since": replace(PLAIN, since=SINCE),
    "salescope": replace(PLAIN, policy=Policy.salescope()),
    "by rep": replace(PLAIN, by=("rep",)),
    "by quarter": replace(PLAIN, every="quarter"),
    "by rep and quarter": replace(PLAIN, by=("rep",), every="quarter"),
    "of some": replace(PLAIN, where=(("country", "Portugal"), ("country", "Spain"))),
    "of a segment": replace(PLAIN, where=(("segment", "active"), ("segment", "leaving"))),
}
CASES = {"demo": lambda: company("services", DAY), "random": lambda: tables(random_facts(4, 25, around=DAY))}
ONE = {"demo": "C039", "random": "c00003"}
ONE_VALUE = ("cohorts", "survival")
BRIEF = ("composition", "moves", "funnel", "bridge", "ahead")
MOST = 12  # doors of an answer that are gone through


@cache
def source(case: str) -> Opened:
    return Opened(case, open_facts(Facts(**CASES[case]())))


def taken(view: View, how: str, case: str) -> Ask | None:
    """The question, when the view takes it."""
    ask = WAYS[how]
    needs = {name for name in ("since", "by", "every") if getattr(ask, name)}
    columns_only = view.filters_itself or (ask.every and view.over_time and view.over_time.filters_itself)
    if needs - view.takes or (case == "random" and ("rep" in ask.by or how == "of some")):
        return None
    if (how == "of a segment" and columns_only) or (ask.by and view.name == "custom"):
        return None
    of_one = view.is_of_one or view.name == "timeline"
    return replace(ask, where=(("client_id", ONE[case]),)) if of_one else ask


def doors(answer: Answer) -> list[Selection]:
    """Every door of an answer and of its picture."""
    rows = answer.rows.to_pylist()
    found = [door for row in rows for door in cells(answer.view, row, answer.query).values()]
    several = answer.view.name in ONE_VALUE and answer.query.by  # a picture shows one value alone
    if answer.view.picture and not several:
        drawn = answer.view.picture.rows(rows, answer.query)
        of_marks = marks(answer.view, rows, drawn, answer.query)
        assert len(of_marks) == len(drawn)
        found += [door for door in of_marks if door]
    return list(dict.fromkeys(found))


def rows_behind(case: str, answer: Answer, door: Selection) -> int:
    """The rows of the view that the door leads to."""
    where, day = asked(door, answer.query) or pytest.fail("shut")
    ask = Ask(answer.query.policy, None, day, where=where)
    return int(show(EVERYTHING, source(case), BY_NAME[door.view], ask, told=False).rows.num_rows)


def clients_behind(case: str, answer: Answer, door: Selection) -> int:
    """The same of a door to the clients, in a tenth of the time: the view has a row for each that stands somewhere."""
    where, day = asked(door, answer.query) or pytest.fail("shut")
    query = replace(answer.query, where=where, day=day)
    facts = restricted(source(case).facts, query, BY_NAME["clients"])
    return len(facts.room.rows(standing(facts, day=day, policy=query.policy).select("client_id")))


def brief(name: str) -> Any:
    """A few views belong to make test; the others are gone through with all the rest."""
    return pytest.param(name, marks=() if name in BRIEF else pytest.mark.thorough)


def weighed(name: str, how: str, case: str) -> Any:
    """The gate goes through the doors of the demo company asked plainly; every other way is for make proof."""
    is_gate = how == "plainly" and case == "demo" and name not in LONG
    return pytest.param(
        name, how, case, id=f"{name} {how} {case}", marks=pytest.mark.thorough if is_gate else pytest.mark.slow
    )


LONG = ("client", "timeline")  # hundreds of doors each


ASKED = [
    weighed(name, how, case) for name in DOORS for case in CASES for how in WAYS if taken(BY_NAME[name], how, case)
]


@pytest.mark.parametrize(("name", "how", "case"), ASKED)
def test_behind_every_number_stand_so_many_clients(name: str, how: str, case: str) -> None:
    ask = taken(BY_NAME[name], how, case)
    assert ask
    answer = show(EVERYTHING, source(case), BY_NAME[name], ask)
    found = doors(answer)
    some = [door for door in Random(name + how).sample(found, min(len(found), MOST)) if asked(door, answer.query)]
    for door in some:
        count = (clients_behind if door.view == "clients" else rows_behind)(case, answer, door)
        assert count if door.count is None else count == door.count, (door, count)


@pytest.mark.parametrize("name", [brief(name) for name in DOORS])
def test_behind_a_number_of_every_view_stand_so_many_clients(name: str) -> None:
    answer = show(EVERYTHING, source("demo"), BY_NAME[name], taken(BY_NAME[name], "plainly", "demo") or PLAIN)
    found = [door for door in doors(answer) if door.count]
    for door in found[len(found) // 2 :][:1]:
        assert rows_behind("demo", answer, door) == door.count, door


def test_every_view_has_doors_or_says_why_it_has_none() -> None:
    assert set(DOORS) | set(SHUT) == {view.name for view in VIEWS}
    assert not set(DOORS) & set(SHUT)
    linked = [view for view in VIEWS if view.name in SHUT and "every row is a client" in SHUT[view.name]]
    query = show(EVERYTHING, source("demo"), BY_NAME["clients"], PLAIN, told=False).query
    assert all(any(column.link for column in view.columns(query)) for view in linked)


def test_a_door_replaces_the_same_filter_and_keeps_the_others() -> None:
    ask = replace(PLAIN, where=(("segment", "active"), ("segment", "new"), ("country", "Spain")))
    query = show(EVERYTHING, source("demo"), BY_NAME["composition"], ask, told=False).query
    assert asked(behind(3, (("segment", "new"),)), query) == ((("country", "Spain"), ("segment", "new")), DAY)
    earlier = DAY - timedelta(1)
    assert asked(behind(3, (("segment", "new"),), day=earlier), query) == (
        (("country", "Spain"), ("segment", "new")),
        earlier,
    )


def test_a_door_within_a_filter_by_the_same_name_keeps_what_is_in_both() -> None:
    ask = replace(PLAIN, where=(("segment", "active"), ("segment", "new")))
    query = show(EVERYTHING, source("demo"), BY_NAME["composition"], ask, told=False).query
    inside = behind(3, (("segment", "new"), ("segment", "leaving")))
    assert asked(inside, query) == ((("segment", "new"),), DAY)
    assert asked(behind(0, (("segment", "lost"),)), query) is None


@pytest.mark.parametrize("changed", [{"where": (("top", "3"),)}, {"options": {"subject": "rep"}}])
def test_a_door_that_would_lead_elsewhere_is_shut(changed: dict[str, Any]) -> None:
    query = replace(show(EVERYTHING, source("demo"), BY_NAME["shape"], PLAIN, told=False).query, **changed)
    assert asked(behind(3, (("top", "1"),)), query) is None
