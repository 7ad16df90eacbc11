"""Does the grid of cohorts lead to its clients, mark what is not finished, and say what it needs?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.web.pages.following import numbers, wrong

from cartera.views.medians import medians


def test_a_median_is_of_finished_cells_alone():
    rows = [
        {"age": 1, "client_share": share, "amount": Decimal(amount), "is_unfinished": amount == 9}
        for share, amount in ((0.2, 10), (0.4, 20), (0.9, 9), (0.6, 60))
    ]
    assert medians(rows) == {1: (0.4, Decimal(20))}


@pytest.mark.slow
def test_every_number_is_a_door(as_owner):
    html = as_owner.get("/acme/cohorts?every=quarter").content.decode()
    assert len(numbers(html)) > 3
    assert wrong(as_owner, html) == []


def test_an_unfinished_period_is_dashed_and_money_stands_instead_of_clients(as_owner):
    html = as_owner.get("/acme/cohorts?every=quarter&show=money").content.decode()
    assert "dashed" in html
    assert "€" in html.partition('class="grid"')[2].partition("</table>")[0]


def test_it_needs_two_periods_and_knows_its_own(as_owner):
    assert "in two periods" in as_owner.get("/acme/cohorts?day=2001-01-01").content.decode()
    assert as_owner.get("/acme/cohorts?every=week").status_code == 400
