"""Does every cell of the page filter the list below it to as many clients as the cell says?"""

from __future__ import annotations

import re
from html import unescape

import pytest

CELL = re.compile(r'<a href="(/acme/value\?[^"]*)#list">\s*([\d,]+)\s*</a>')
LIST = re.compile(r'<section id="list">.*?<a href="[^"]*">([\d,]+)</a>', re.DOTALL)


def listed(html: str) -> str:
    found = LIST.search(html)
    assert found
    return found[1]


@pytest.mark.slow
def test_a_cell_leads_to_as_many_clients_as_it_says(as_owner):
    html = as_owner.get("/acme/value?by=region&class=frequency").content.decode()
    cells = CELL.findall(html)
    assert len(cells) > 12
    for href, told in cells[:: len(cells) // 8]:
        there = as_owner.get(unescape(href), headers={"HX-Request": "true"}).content.decode()
        assert listed(there) == told, href


@pytest.mark.slow
def test_the_parts_stand_on_the_page_and_a_chosen_cell_is_marked(as_owner):
    html = as_owner.get("/acme/value?where=funnel:3%2B").content.decode()
    assert html.count('class="grid"') == 2
    assert '<tr class="on">' in html


def test_an_unknown_class_is_refused(as_owner):
    page = as_owner.get("/acme/value?class=frequenzy")
    assert page.status_code == 400
    assert "frequency" in page.content.decode()


def test_nobody_is_not_ranked(as_owner):
    html = as_owner.get("/acme/value?day=2001-01-01").content.decode()
    assert "There is nobody to rank yet." in html
