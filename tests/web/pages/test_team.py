"""Does the team stand beside its average, and does a rep see nobody else's name?"""

from __future__ import annotations

import pytest
from tests.web.pages.following import numbers, wrong

from cartera.tongue import UNKNOWN


@pytest.mark.slow
def test_every_number_is_a_door(as_owner):
    html = as_owner.get("/acme/team?since=2026-01-01").content.decode()
    assert len(numbers(html)) > 5
    assert wrong(as_owner, html) == []


def test_an_owner_sees_all_reps_and_the_average(as_owner):
    html = as_owner.get("/acme/team").content.decode()
    assert "Ana" in html
    assert "Bruno" in html
    assert "(average)" in html


@pytest.mark.slow
def test_a_rep_sees_itself_and_of_two_reps_no_average(enter):
    html = enter("rep").get("/acme/team").content.decode()
    average = html.partition("<tfoot>")[2].partition("</tfoot>")[0]
    assert "Bruno" not in html
    assert average.count(UNKNOWN) > 5
