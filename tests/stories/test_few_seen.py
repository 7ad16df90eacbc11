"""What does somebody learn who may see some clients alone? What these are among all, never what the others bring."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

import cartera
from cartera.app.opened import Opened, seen
from cartera.app.scope import EVERYTHING, Scope
from cartera.app.show import Ask, show, view_called
from cartera.engine import open_facts
from cartera.errors import UnknownNameError

DAY = date(2026, 3, 31)
SOLD = [
    ("a", date(2026, 3, 1), 907, "Ana"), ("b", date(2026, 3, 2), 113, "Bo"), ("c", date(2026, 3, 3), 29, "Bo"),
    ("d", date(2026, 3, 4), 17, "Cy"),
]  # fmt: skip
COLUMNS = ("client_id", "issued_on", "amount", "rep")
NOTICE = "Nothing of this is among your clients."


@pytest.fixture(scope="module")
def plain() -> Opened:
    return Opened("sold", open_facts(cartera.Facts(invoices=pl.DataFrame(SOLD, schema=COLUMNS, orient="row"))))


@pytest.fixture(scope="module")
def few(plain: Opened) -> Opened:
    return Opened("sold", seen(Scope(clients=frozenset("bc")), plain.facts), everybody=plain.facts)


def told(source: Opened, view: str, **ask: Any) -> Any:
    return show(EVERYTHING, source, view_called(view), Ask(day=DAY, **ask))


def column(answer: Any, name: str) -> list[Any]:
    return answer.rows.column(name).to_pylist()


def test_shares_among_all_are_whole_percent(plain: Opened, few: Opened) -> None:
    answer = told(few, "abc")
    assert column(answer, "value_share") == [0.11, 0.03]
    assert column(answer, "cumulated_share") == [None, None]
    assert column(answer, "abc") == column(told(plain, "abc"), "abc")[1:3] == ["B", "C"]
    assert answer.sentence == "2 clients: 1 B, 1 C among all clients."
    assert column(told(plain, "abc", where=(("rep", "Bo"),)), "value_share") == [113 / 1066, 29 / 1066]


def test_the_picture_is_of_their_own(few: Opened) -> None:
    answer = told(few, "abc")
    look: Any = view_called("abc").picture
    marks = look.rows(answer.rows.to_pylist(), answer.query)
    assert [one["share"] for one in marks if "kind" not in one] == pytest.approx([0, 113 / 142, 1])


def test_multiples_of_the_mean_are_whole(plain: Opened, few: Opened) -> None:
    assert column(told(few, "volume"), "times_mean") == [0, 0]
    assert column(told(plain, "volume", where=(("client_id", "a"),)), "times_mean") == pytest.approx([907 / 266.5])


@pytest.mark.parametrize("view", ["rfm", "rfm_grid"])
def test_cuts_between_scores_are_not_told(plain: Opened, few: Opened, view: str) -> None:
    assert any(note.startswith("Scores:") for note in told(plain, view).notices)
    assert not any(note.startswith("Scores:") for note in told(few, view).notices)


@pytest.mark.parametrize("ask", [{}, {"every": "month", "since": date(2026, 1, 1)}], ids=["day", "months"])
@pytest.mark.parametrize("rep", ["Ana", "Nobody"])
def test_what_others_have_is_as_if_it_were_not_there(few: Opened, rep: str, ask: dict[str, Any]) -> None:
    answer = told(few, "composition", where=(("rep", rep),), **ask)
    assert sum(column(answer, "client_count")) == 0
    assert NOTICE in answer.notices


def test_the_notice_is_for_what_leaves_nothing(plain: Opened, few: Opened) -> None:
    both = told(few, "clients", where=(("rep", "Ana"), ("rep", "Bo")))
    assert (both.rows.num_rows, NOTICE in both.notices) == (2, False)
    with pytest.raises(UnknownNameError, match="Did you mean 'Ana'"):
        told(plain, "clients", where=(("rep", "Anna"),))
