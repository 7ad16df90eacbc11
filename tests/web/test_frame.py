"""Does a page come in its frame, in the scope of whoever looks, and for nobody else?"""

from __future__ import annotations


def test_the_list_of_clients(as_owner):
    page = as_owner.get("/acme/clients")
    assert page.status_code == 200
    assert page.content.decode().count('data-client="') == 12


def test_a_rep_sees_its_own_clients(enter):
    assert enter("rep").get("/acme/clients").content.decode().count('data-client="') == 6


def test_a_part_of_the_page_has_no_frame(as_owner):
    part = as_owner.get("/acme/clients", headers={"HX-Request": "true"}).content.decode()
    assert "<nav aria-label" not in part.partition("<table")[0]


def test_nobody_is_sent_to_sign_in(enter):
    page = enter(None).get("/acme/clients?segment=leaving")
    assert (page.status_code, page["Location"]) == (302, "/sign-in?next=/acme/clients?segment=leaving")


def test_another_workspace_is_not_there(enter):
    assert enter("stranger").get("/acme/clients").status_code == 404
    assert enter("owner").get("/rival/clients").status_code == 404
    assert enter("disabled").get("/acme/clients").status_code == 302


def test_a_wrong_filter_says_what_there_is(as_owner):
    page = as_owner.get("/acme/clients?where=rep:Anna")
    assert page.status_code == 400
    assert "Did you mean &#x27;Ana&#x27;" in page.content.decode()


def test_too_many_periods_are_refused_before_anybody_waits(as_owner):
    for address in (
        "/api/v1/acme/views/composition?every=day&since=1990-01-01",
        "/acme/picture/composition?every=day&since=1990-01-01",
    ):
        page = as_owner.get(address)
        assert "every=" in page.content.decode(), address
    assert as_owner.get("/api/v1/acme/views/composition?every=day&since=1990-01-01").status_code == 400


def test_the_day_field_keeps_every_filter(as_owner):
    page = as_owner.get("/acme/clients?where=rep:Ana&where=region:North").content.decode()
    form = page.partition('class="dayform"')[2].partition("</form>")[0]
    assert form.count('name="where"') == 2


def test_another_day_and_other_rules_are_said_with_the_way_back(as_owner):
    past = as_owner.get("/acme/clients?day=2026-03-31").content.decode()
    assert 'href="/acme/clients?day=2026-03-31&amp;known=2026-03-31">As known then' in past
    assert "As the facts say it now" in as_owner.get("/acme/clients?day=2026-03-31&known=2026-03-31").content.decode()
    other = as_owner.get("/acme/clients?policy=salescope").content.decode()
    assert 'href="/acme/clients">By the rules in force' in other
