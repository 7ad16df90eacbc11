"""Does the portfolio's page say how the segments stand, and does every number lead to its clients?"""

from __future__ import annotations

import pytest
from tests.web.pages.following import numbers, wrong


@pytest.mark.slow
def test_every_number_is_a_door(as_owner):
    html = as_owner.get("/acme/portfolio?by=rep").content.decode()
    assert len(numbers(html)) > 12
    assert wrong(as_owner, html) == []


@pytest.mark.slow
def test_a_rep_sees_the_shape_of_its_own_clients(enter):
    browser = enter("rep")
    html = browser.get("/acme/portfolio").content.decode()
    assert "Bruno" not in html
    assert wrong(browser, html) == []


@pytest.mark.parametrize("show", ["money", "planned"])
def test_the_bars_measure_what_is_asked(as_owner, show):
    html = as_owner.get(f"/acme/portfolio?show={show}&where=region:North").content.decode()
    assert 'aria-current="true">' + show.capitalize() in html


def test_another_measure_is_refused(as_owner):
    page = as_owner.get("/acme/portfolio?show=mony")
    assert page.status_code == 400
    assert "money" in page.content.decode()


def test_a_day_before_everything_says_what_to_do(as_owner):
    html = as_owner.get("/acme/portfolio?day=2001-01-01").content.decode()
    assert "Drop an invoice file here" in html
