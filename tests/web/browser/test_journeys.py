"""Can people do what they came for, from the first page to the last click?"""

from __future__ import annotations

from tests.web.browser.live import shown


def test_a_reps_monday(open_tab, own_live):
    tab = open_tab(own_live, "rep")
    page = tab.go("today")
    first = page.locator(".call").first
    client, name = first.get_attribute("data-client"), first.locator(".name").inner_text()
    first.locator("[data-verb=plan]").click()
    page.wait_for_selector("form.act")
    page.locator("form.act button").first.click()
    page.wait_for_selector(".toast [data-key=u]")
    shown(page.locator(".toast").first, name)
    shown(page.locator(f"[data-client={client}]"), "needs nobody for now")
    page.locator(".toast [data-key=u]").last.click()
    page.wait_for_selector(".toast >> text=Taken back")
    tab.go("today")
    assert page.locator(".call .name").first.inner_text() == name


def test_a_manager_tries_rules_and_an_owner_publishes_them(open_tab, own_live):
    tab = open_tab(own_live, "manager")
    page = tab.go("rules")
    field = page.locator("main input[type=number]").first
    field.fill(str(int(field.input_value()) + 1))
    page.wait_for_selector("text=What would change")
    page.fill("#draft-name", "Longer")
    page.click("text=Save draft")
    page.wait_for_selector(".versions >> text=Longer")
    owner = open_tab(own_live, "owner")
    rules = owner.go("rules")
    rules.fill(".versions input[name=note]", "Clients buy twice a year")
    rules.click(".versions >> text=Publish")
    rules.wait_for_selector(".versions >> text=in force")
    assert "Longer" in owner.go("portfolio").locator(".truth").inner_text()


def test_a_list_is_narrowed_and_kept(open_tab, own_live):
    tab = open_tab(own_live)
    page = tab.go("clients")
    page.click("summary:has-text('Filter')")
    page.check("input[name=segment][value=leaving]")
    page.click("text=Show these clients")
    page.wait_for_url("**segment=leaving*")
    left = page.locator("[data-client]").count()
    page.click("summary:has-text('Save view')")
    page.fill("#view-name", "Call before they leave")
    page.locator(".panel button:has-text('Save view')").click()
    page.wait_for_selector("nav >> text=Call before they leave")
    tab.go("today")
    page.click("nav >> text=Call before they leave")
    page.wait_for_url("**segment=leaving*")
    assert page.locator("[data-client]").count() == left


def test_what_the_filter_dropped_is_taken_back(open_tab, own_live):
    page = open_tab(own_live).go("clients?segment=leaving")
    client = page.locator("[data-client]").first.get_attribute("data-client")
    marked(page, client)
    page.wait_for_selector(f"[data-client='{client}']", state="detached")
    page.locator(".toast [data-key=u]").click()
    page.wait_for_selector(".toast >> text=Taken back")
    shown(page.locator(f"[data-client='{client}']"))
    page.keyboard.press("0")
    page.wait_for_url("**/clients")


def test_what_was_marked_on_today_is_taken_back(open_tab, own_live):
    page = open_tab(own_live).go("today?segment=leaving")
    client = page.locator("[data-client]").first.get_attribute("data-client")
    marked(page, client)
    page.wait_for_selector(f"[data-client='{client}'].silent")
    page.locator(".toast [data-key=u]").click()
    page.wait_for_selector(".toast >> text=Taken back")
    page.wait_for_selector(f"[data-client='{client}']:not(.silent)")


def marked(page, client: str) -> None:
    """Mark the client lost on its row."""
    row = page.locator(f"[data-client='{client}']")
    row.locator("summary").first.click()
    row.locator("[data-verb=lost]").click()
    page.wait_for_selector("form.act")
    page.locator("form.act select").first.select_option(index=1)
    page.locator("form.act button").first.click()
    page.wait_for_selector(".toast [data-key=u]")


def test_two_people_decide_about_one_client(open_tab, own_live):
    rep, owner = open_tab(own_live, "rep"), open_tab(own_live, "owner")
    client = rep.go("clients").locator("[data-client]").first.get_attribute("data-client")
    rep.page.locator(f"[data-client={client}] [data-verb=plan]").click()
    rep.page.wait_for_selector("form.act")
    owner.go(f"do/lost?client={client}")
    owner.page.locator("form.act select").first.select_option(index=1)
    owner.page.locator("form.act button").click()
    owner.page.wait_for_load_state()
    with rep.page.expect_response(lambda answer: "/do/plan" in answer.url) as refused:
        rep.page.locator("form.act button").first.click()
    assert refused.value.status == 409
    rep.page.wait_for_selector("text=This client changed while you were deciding")
    rep.faults.clear()  # browsers write every 409 into their console


def test_a_double_click_decides_once(open_tab, own_live):
    tab = open_tab(own_live)
    page = tab.go("do/note?client=C001")
    page.locator("form.act textarea, form.act input[name=text]").first.fill("Likes blue")
    page.locator("form.act button").dblclick()
    page.wait_for_selector(".toast")
    tab.go("clients/C001")
    assert tab.text().count("Likes blue") == 1


def test_back_and_reload_after_a_part_was_changed_show_whole_pages(open_tab, own_live):
    tab = open_tab(own_live)
    page = tab.go("rules")
    page.locator("main input[type=number]").first.fill("5")
    page.wait_for_selector("text=What would change")
    page.click("nav >> text=Clients")
    page.wait_for_url("**/clients*")
    page.go_back()
    page.wait_for_selector("nav")
    shown(page.locator("h1").first, "Rules")
    page.reload()
    assert page.locator("aside nav").count() == 1
    assert page.locator("main h1").count() == 1
