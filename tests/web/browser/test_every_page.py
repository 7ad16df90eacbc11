"""Can everybody use every page: light and dark, wide, on a phone, by a screen reader, enlarged four times?"""

from __future__ import annotations

from typing import Any

import pytest
from tests.web.browser.live import PHONE, WIDE, served
from tests.web.browser.pages import bare, named, pages
from tests.web.browser.serving import EMPTY

from cartera.app.tongues import STRETCHED

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ALIKE = {"exclude": [["tbody tr:nth-child(n+11)"]]}  # the rows of a list are made alike
BY_LOOK = ["color-contrast", "target-size"]  # what colours and widths change
LOOKS = [(theme, width) for theme in ("light", "dark") for width in (WIDE, PHONE)]
NARROW = 320  # pixels of a page of 1280 that is enlarged four times
SIDEWAYS = """() => [...document.querySelectorAll('.sheet:has(.rows)')].filter(one => one.scrollWidth > one.clientWidth)
    .map(one => `rows are wider than their place: ${one.innerText.slice(0, 60)}`)"""
CUT = """() => {  // texts that leave their box, where nothing scrolls, and words that leave their picture
    const written = one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const boxes = [...document.querySelectorAll('body *:not(svg *)')].filter(one => written(one)
        && getComputedStyle(one).clipPath === 'none' && one.clientWidth && one.scrollWidth > one.clientWidth + 1);
    const words = [...document.querySelectorAll('.drawing svg text')].filter(one => {
        const own = one.getBoundingClientRect(), all = one.closest('svg').getBoundingClientRect();
        return own.width && (own.left < all.left - 1 || own.right > all.right + 1);
    });
    return [...boxes, ...words].map(one => `${one.tagName} in ${one.parentElement.className}: ${one.textContent}`);
}"""
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
        rules = RULES if theme == "light" else BY_LOOK
        found += [f"{theme} {width}: {fault}" for fault in [*violations(page, rules), *page.evaluate(SIDEWAYS)]]
    assert found == []


@pytest.mark.parametrize("address", pages(), ids=named)
def test_an_enlarged_page_is_read_without_moving_it_sideways(open_tab, live, address):
    page = open_tab(live, viewport={"width": NARROW, "height": 640}).go(address, until="load")
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert too_wide <= 0, page.evaluate(BEYOND)


def test_nothing_stands_in_the_way_in_another_language(open_tab, live):
    assert walked(open_tab(live, locale="pt-BR"), pages()) == []


def test_nothing_stands_in_the_way_where_nothing_is_known_yet(open_tab, tmp_path):
    with served(tmp_path / "site", EMPTY) as site:
        assert walked(open_tab(site), bare()) == []


def walked(tab: Any, addresses: list[str]) -> list[str]:
    """What stands in the way on these pages: light on a screen, and what could differ dark on a phone."""
    found = []
    tab.page.route("**/picture/**", lambda asked: asked.fulfill(status=204))
    for address in addresses:
        tab.go(address, until="load")
        for (theme, width), rules in ((LOOKS[0], RULES), (LOOKS[-1], BY_LOOK)):
            tab.page.emulate_media(color_scheme=theme)
            tab.page.set_viewport_size({"width": width, "height": 900})
            found += [f"{address} {theme} {width}: {fault}" for fault in violations(tab.page, rules)]
    return found


def test_no_longer_words_are_cut(open_tab, live):
    tab, found = open_tab(live, locale=STRETCHED), []
    for address in pages():
        page = tab.go(address, until="load")
        if page.locator(".drawing[hx-get]").count():
            page.wait_for_load_state("networkidle")
        found += [f"{address}: {fault}" for fault in page.evaluate(CUT)]
    assert found == []


def violations(page: Any, rules: list[str] = RULES) -> list[str]:
    """What axe has to say about the page: the rule, and the first place."""
    from axe_playwright_python.sync_playwright import Axe

    # What is wider than its place is reached by keyboard from the next frame on.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    answer = Axe().run(page, ALIKE, {"runOnly": rules, "resultTypes": ["violations"]}).response
    return [f"{one['id']} ({len(one['nodes'])}): {one['nodes'][0]['html'][:200]}" for one in answer["violations"]]
