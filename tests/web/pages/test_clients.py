"""Is the list of clients searched, filtered, ordered and kept as people expect?"""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from tests.web.conftest import browser
from tests.web.test_acts import sending

from cartera.app.scope import EVERYTHING, Scope
from cartera.app.workspace.deciding.history import history
from cartera.app.workspace.deciding.whom import clients_here
from cartera.app.workspace.identity.link import link_different, link_same
from cartera.web import rows


def names(response):
    return names_in(response.content.decode())


def names_in(page):
    return re.findall(r">(Client \d\d)</a>", page)


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
def test_a_view_moves_along_with_the_day(own_site):
    owner = browser(own_site, "owner")
    for typed in ("?day=@month_end-1&since=@today-30&where=rep:Ana", "?where=rep:Ana"):
        kept = re.search(r'name="query" value="([^"]*)"', owner.get(f"/acme/clients{typed}").content.decode())[1]
        assert unescape(kept) == typed
        assert owner.post("/acme/clients/save", {"name": "Moving", "query": unescape(kept)})["Location"].endswith(typed)


@pytest.mark.thorough
def test_a_shared_filter_of_others_is_an_empty_list(enter):
    for value in ("Bruno", "Zoe"):
        page = enter("rep").get(f"/acme/clients?where=rep:{value}")
        assert page.status_code == 200
        assert "Nothing of this is among your clients." in page.content.decode()
        assert 'data-client="' not in page.content.decode()


@pytest.mark.thorough
def test_ids_of_others_are_not_told(own_site):
    book = own_site.book(own_site.workspaces()["acme"])
    link_same(EVERYTHING, book, "c03", "c05", by="olga")
    link_different(EVERYTHING, book, "c00", "c01", by="olga")
    rep, owner = browser(own_site, "rep"), browser(own_site, "owner")
    assert "c03" in owner.get("/acme/clients?where=client_id:c05").content.decode()
    page = rep.get("/acme/clients?where=client_id:c05")
    assert (page.status_code, "c03" in page.content.decode()) == (200, False)
    assert "are two clients" in owner.get("/acme/clients/c00").content.decode()
    assert "c01" not in rep.get("/acme/clients/c00").content.decode()
    whom = clients_here(EVERYTHING, book, ("c00",))
    said = [history(scope, book, whom, day=date(2026, 3, 31)).rows.column("text").to_pylist()
            for scope in (EVERYTHING, Scope(clients=frozenset({"c00"})))]  # fmt: skip
    assert ["different: c01" in one for one in said] == [True, False]


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


def test_a_row_carries_its_second_facts_and_orders_by_them(as_owner):
    page = as_owner.get("/acme/clients?where=client_id:c00&sort=rep").content.decode()
    assert re.search(r'<th scope="row"><a [^>]*>Client 00</a> <small>Ana</small></th>', page)
    assert re.search(
        r'<td class="n" data-head="Last 365 days, EUR">4,006 <small data-head="Planned, EUR">0</small>', page
    )
    assert re.search(r'aria-sort="ascending"><a [^>]*>Client</a> <small><a [^>]*class="ascending">Rep</a>', page)
    alone = as_owner.get("/acme/clients?cols=name,planned_amount").content.decode()
    assert 'data-head="Planned, EUR">0</td>' in alone


def test_as_many_rows_at_a_time_as_the_address_says(as_owner, monkeypatch):
    monkeypatch.setattr(rows, "SIZES", (2, 5, 10))
    monkeypatch.setattr(rows, "MOST", 12)
    page = as_owner.get("/acme/clients?rows=5&page=2").content.decode()
    assert len(names_in(page)) == 5
    assert "6\N{EN DASH}10 of 12" in page
    assert 'href="/acme/clients?rows=all"' in page
    whole = as_owner.get("/acme/clients?rows=all").content.decode()
    assert len(names_in(whole)) == 12
    assert "data-verb" not in whole.partition("<tbody>")[2]
    monkeypatch.setattr(rows, "MOST", 11)
    refused = as_owner.get("/acme/clients?sort=name&rows=all").content.decode()
    assert "12 rows are too many to be printed; 11 can be." in refused
    assert 'href="/acme/export/clients.xlsx?sort=name&amp;rows=all" download' in refused.partition('role="status"')[2]
    assert "Did you mean" in as_owner.get("/acme/clients?rows=11").content.decode()
