"""How much does a browser load? Sizes as they travel, against the budgets of the app."""

from __future__ import annotations

import pytest
from tests.web.browser.pages import menu

FIRST, REQUESTS, LATER = 150_000, 8, 40_000
PICTURES = 25_000
STYLE, SCRIPT = 20_000, 16_000


@pytest.mark.parametrize("address", menu())
def test_a_page_is_light(open_tab, live, address):
    tab = open_tab(live)
    tab.go(address)
    shell = [one for one in tab.requests if "/picture/" not in one.url]
    assert len(shell) <= REQUESTS, [one.url for one in shell]
    assert weight(tab.requests) <= FIRST
    tab.requests.clear()
    tab.go(address)
    pictures = [one for one in tab.requests if "/picture/" in one.url]
    assert weight(pictures) <= PICTURES
    assert weight(one for one in tab.requests if one not in pictures) <= LATER


def weight(requests) -> int:
    """Bytes that travelled; nothing for what the browser had."""
    return sum(max(0, one.sizes()["responseBodySize"]) for one in requests)


def test_our_own_style_and_scripts_are_small():
    from cartera.web.assets import HERE, files
    from cartera.web.assets import SCRIPT as NAME

    assert len((HERE / "cartera.css").read_bytes()) <= STYLE
    assert len(files()[NAME]) <= SCRIPT
