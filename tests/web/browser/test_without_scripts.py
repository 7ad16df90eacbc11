"""Is everything there and does everything work in a browser that runs no script?"""

from __future__ import annotations

import pytest
from tests.web.browser.live import shown
from tests.web.browser.pages import menu


@pytest.mark.parametrize("address", menu())
def test_a_page_can_be_read(open_tab, live, address):
    tab = open_tab(live, java_script_enabled=False)
    tab.go(address)
    assert tab.page.locator("h1").first.inner_text()
    assert len(tab.text()) > 40
    assert tab.page.locator(".drawing[hx-get]").evaluate_all("all => all.filter(one => one.offsetParent).length") == 0


def test_a_day_is_gone_to(open_tab, live):
    tab = open_tab(live, java_script_enabled=False)
    page = tab.go("portfolio")
    page.fill("#day", "2026-01-31")
    page.click(".dayform button")
    page.wait_for_url("**/portfolio?day=2026-01-31")
    assert "31 Jan 2026" in page.locator(".band").first.inner_text()


def test_something_is_decided_and_taken_back(open_tab, own_live):
    tab = open_tab(own_live, "rep", java_script_enabled=False)
    page = tab.go("today")
    name = page.locator(".call .name").first.inner_text()
    page.locator(".call [data-verb=plan]").first.click()
    page.locator("form.act button").click()
    page.wait_for_url("**/today*")
    assert name in page.locator(".toast").inner_text()
    page.locator(".toast button").click()
    shown(page.locator(".toast", has_text="Taken back"), name)


def test_the_menu_opens_on_a_phone(open_tab, live):
    page = open_tab(live, java_script_enabled=False, viewport={"width": 390, "height": 800}).go("today")
    assert not page.locator("#side").is_visible()
    page.click(".bottom button")
    page.click("#side >> text=Moves")
    page.wait_for_url("**/moves*")
