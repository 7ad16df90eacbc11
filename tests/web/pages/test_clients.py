"""Is the list of clients searched, filtered, ordered and kept as people expect?"""

from __future__ import annotations

import re
from html import unescape

import pytest
from tests.web.conftest import browser
from tests.web.test_acts import sending


def names(response):
    return re.findall(r">(Client \d\d)</a>", response.content.decode())


def test_words_of_a_name_find_it(as_owner):
    assert names(as_owner.get("/acme/clients?q=client+07")) == ["Client 07"]


def test_filters_and_order(as_owner):
    assert names(as_owner.get("/acme/clients?where=rep:Ana&sort=name")) == [f"Client {n:02}" for n in range(0, 12, 2)]


def test_the_total_is_that_of_the_filter(as_owner):
    page = as_owner.get("/acme/clients?q=client+00&cols=name,total_amount").content.decode()
    foot = page.partition("<tfoot>")[2]
    assert "4,006" in foot


def test_an_empty_list_says_what_to_take_away(as_owner):
    page = as_owner.get("/acme/clients?where=rep:Ana&q=nobody").content.decode()
    assert "No client is left." in page
    assert "without rep: Ana" in page


def test_a_column_that_is_none(as_owner):
    assert as_owner.get("/acme/clients?sort=colour").status_code == 400


def test_a_view_is_kept_and_forgotten(own_site):
    owner = browser(own_site, "owner")
    owner.post("/acme/clients/save", {"name": "Of Ana", "query": "?where=rep:Ana&day=2026-01-31", "shared": "on"})
    rep = browser(own_site, "other_rep").get("/acme/clients").content.decode()
    assert re.search(r'href="/acme/clients\?day=2026-01-31&amp;where=rep:Ana"[^>]*>.*Of Ana', rep, re.DOTALL)
    number = re.search(r'name="number" value="(\d+)"', owner.get("/acme/clients").content.decode())
    assert browser(own_site, "rep").post("/acme/clients/forget", {"number": number[1]}).status_code == 400
    owner.post("/acme/clients/forget", {"number": number[1]})
    assert "Of Ana" not in owner.get("/acme/clients").content.decode()


def test_a_view_of_another_site_is_no_address_of_ours(own_site):
    owner = browser(own_site, "owner")
    page = owner.post("/acme/clients/save", {"name": "Evil", "query": "//evil.example/?x=1"})
    assert page["Location"].startswith("/acme/clients")


def test_days_told_from_today(as_owner):
    page = as_owner.get("/acme/clients?day=@month_end-1")
    assert page.status_code == 200
    assert as_owner.get("/acme/clients?day=@tomorrow").status_code == 400


@pytest.mark.thorough
def test_a_clean_up_walks_the_filter_one_client_at_a_time(own_site):
    owner = browser(own_site, "owner")
    page = owner.get("/acme/clients/cleanup?where=rep:Ana").content.decode()
    assert "0 of 5" in page
    first = re.search(r'data-client="(c\d\d)"', page)[1]
    assert re.findall(r'data-verb="(\w+)"', page) == ["plan", "lost", "note", "step"]
    on = unescape(re.search(r'class="button" href="([^"]+)" rel="next"', page)[1])
    second = owner.get(on).content.decode()
    assert "1 of 5" in second
    assert f'data-client="{first}"' not in second
    lost = unescape(re.search(r'href="([^"]+)" data-verb="lost"', page)[1])
    done = owner.post(lost, sending(owner.get(lost), reason="price"))
    assert unescape(done["Location"]) == on
    after = owner.get(done["Location"]).content.decode()
    assert "1 of 5" in after
    assert "marked lost." in after
    assert "was looked at" in owner.get("/acme/clients/cleanup?q=nobody").content.decode()
    assert owner.get("/acme/clients/cleanup?after=x,y,z&seen=-4").status_code == 200


def test_a_row_can_be_peeked_at(as_owner):
    page = as_owner.get("/acme/clients").content.decode()
    assert re.search(r'href="/acme/clients/c00/peek" [^>]*data-peek', page)
    assert 'hx-get="/acme/clients/c00/peek"' in as_owner.get("/acme/clients?peek=c00").content.decode()
    assert as_owner.get("/acme/clients?peek=z00").status_code == 404
