"""Can everybody use every page: light and dark, wide, on a phone, by a screen reader, enlarged four times?"""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.browser.live import PHONE, WIDE
from tests.web.browser.pages import named, pages

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LOOKS = [(theme, width) for theme in ("light", "dark") for width in (WIDE, PHONE)]
NARROW = 320  # pixels of a page of 1280 that is enlarged four times
SIDEWAYS = """() => [...document.querySelectorAll('.sheet:has(.rows)')].filter(one => one.scrollWidth > one.clientWidth)
    .map(one => `rows are wider than their place: ${one.innerText.slice(0, 60)}`)"""
BEYOND = """() => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.sheet, .drawing, .sr'))
    .slice(0, 5).map(one => `${one.tagName} ${one.className}`)"""


@pytest.mark.parametrize("address", pages(), ids=named)
def test_nothing_stands_in_the_way_of_anybody(tab, address):
    page = tab.go(address)
    found = []
    for theme, width in LOOKS:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{theme} {width}: {fault}" for fault in [*violations(page), *page.evaluate(SIDEWAYS)]]
    assert found == []


@pytest.mark.parametrize("address", pages(), ids=named)
def test_an_enlarged_page_is_read_without_moving_it_sideways(open_tab, live, address):
    page = open_tab(live, viewport={"width": NARROW, "height": 640}).go(address)
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert too_wide <= 0, page.evaluate(BEYOND)


def violations(page: Any) -> list[str]:
    """What axe has to say about the page: the rule, and the first place."""
    from axe_playwright_python.sync_playwright import Axe

    answer = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
    return [f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:200]}" for one in answer["violations"]]
