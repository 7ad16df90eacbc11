"""Can the work be done without a mouse?"""

from __future__ import annotations

from datetime import timedelta

from tests.web.browser.live import shown

from cartera.app.clock import today

SEEN = """() => {  // a date field's button shows the browser's own focus
    const one = document.activeElement, box = one.getBoundingClientRect();
    const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight;
    if (one === document.body || one.type === 'date') return true;
    return (inside && getComputedStyle(one).outlineStyle !== 'none');
}"""


def current(page) -> str:
    return page.locator("[data-client].current").get_attribute("data-client")


def test_rows_are_walked_and_one_is_opened(tab):
    page = tab.go("clients")
    order = page.locator("[data-client]").evaluate_all("all => all.map(one => one.dataset.client)")
    page.keyboard.press("j")
    assert current(page) == order[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert current(page) == order[1]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/clients/{order[1]}*", wait_until="commit")


def test_a_decision_is_made_and_undone(open_tab, own_live):
    page = open_tab(own_live).go("clients")
    page.keyboard.press("j")
    client = current(page)
    page.keyboard.press("p")
    page.wait_for_selector("form.act")
    page.fill("form.act input[name=day]", (today() + timedelta(days=30)).isoformat())
    page.fill("form.act input[name=amount]", "1200")
    page.locator("form.act button").press("Enter")
    page.wait_for_selector(".toast [data-key=u]")
    with page.expect_response(lambda answer: "/do/undo" in answer.url) as undone:
        page.keyboard.press("u")
    assert undone.value.status == 200
    page.wait_for_load_state("networkidle")
    assert client


def test_pages_and_days_are_one_key_away(tab):
    page = tab.go("portfolio")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url("**/clients*")
    page.keyboard.press("[")
    page.wait_for_url("**day=*")
    earlier = tab.path()
    page.keyboard.press("]")
    page.wait_for_url(lambda url: not url.endswith(earlier))
    page.keyboard.press("t")
    page.wait_for_load_state()
    shown(page.locator(".chips [aria-current=date]"), "today")


def test_the_list_of_keys_opens_and_gives_the_focus_back(tab):
    page = tab.go("clients")
    page.keyboard.press("?")
    shown(page.locator("#keys"))
    page.keyboard.press("Escape")
    page.wait_for_selector("#keys", state="hidden")


def test_a_client_is_found_from_everywhere(tab):
    page = tab.go("moves")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette #find-q:focus")
    page.keyboard.type("sablemarsh")
    page.wait_for_selector("#palette >> text=Sablemarsh Kitchens")
    page.click("#palette >> text=Sablemarsh Kitchens")
    page.wait_for_url("**/clients/C001*", wait_until="commit")


def test_single_keys_can_be_switched_off(tab):
    page = tab.go("clients")
    page.keyboard.press("?")
    page.check("#keys-off")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("[data-client].current").count() == 0


def test_the_focus_is_seen_on_every_stop_of_a_page(tab):
    page = tab.go("today")
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(SEEN)
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
