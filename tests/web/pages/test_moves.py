"""Does the page of moves close its bridge, name who moved, and lead from every number to its clients?"""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.web.pages.following import numbers, wrong


@pytest.mark.slow
def test_every_number_is_a_door(as_owner):
    html = as_owner.get("/acme/moves?since=2026-01-01").content.decode()
    assert len(numbers(html)) > 12
    assert wrong(as_owner, html) == []


def test_shares_of_a_row_add_up_to_one(as_owner):
    html = as_owner.get("/acme/moves?cells=row").content.decode()
    matrix = html.partition('<table class="grid">')[2].partition("</table>")[0]
    assert "%" in matrix


@pytest.mark.slow
def test_a_filter_that_holds_on_one_day_is_said_to_be_left_out(as_owner):
    html = as_owner.get("/acme/moves?segment=active").content.decode()
    assert "without the filter by segment" in html


def test_before_everything_it_says_what_it_needs(as_owner):
    html = as_owner.get("/acme/moves?day=2023-01-01").content.decode()
    assert "Moves need facts older than this" in html


def test_a_legend_button_takes_a_segment_out_and_brings_it_back(as_owner):
    html = as_owner.get("/acme/moves").content.decode()
    assert 'aria-pressed="false"' not in html
    assert "only=no_activity,new,active,sleeping_away,hibernating" in html
    assert 'aria-pressed="false"' in as_owner.get("/acme/moves?only=active").content.decode()


@pytest.mark.slow
def test_a_cell_leads_to_its_movers_by_name(as_owner):
    html = as_owner.get("/acme/moves?since=2026-01-01").content.decode()
    cells = re.findall(r'<a href="(/acme/moves\?[^"]*was=[^"]*)#movers">\s*([\d,]+)', html)
    assert cells
    href, told = cells[0]
    there = as_owner.get(unescape(href)).content.decode()
    assert there.partition('id="movers"')[2].count('data-client="') == int(told)
