"""Does a picture come with its links, from memory the second time, and never cost its table?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cartera.web import pictures

if TYPE_CHECKING:
    from django.test import Client as Browser

ADDRESS = "/acme/picture/composition?every=month&since=2026-01-01"


@pytest.fixture
def no_pictures(monkeypatch):
    """Whoever draws is not there."""
    from cartera.charts import Cache, Pool

    shut = Pool()
    shut.close()
    kept = Cache()
    monkeypatch.setattr(pictures, "pool", lambda: shut)
    monkeypatch.setattr(pictures, "pictures", lambda: kept)


@pytest.mark.thorough
def test_it_is_drawn_once_with_links(as_owner: Browser):
    first = as_owner.get(ADDRESS).content.decode()
    assert first.startswith("<svg ")
    assert 'href="/acme/clients?day=' in first
    assert as_owner.get(ADDRESS).content.decode() == first


@pytest.mark.usefixtures("no_pictures")
def test_without_a_picture_the_table_says_the_same(as_owner: Browser):
    told = as_owner.get(ADDRESS)
    assert told.status_code == 200
    assert "The table says the same" in told.content.decode()


@pytest.mark.thorough
@pytest.mark.usefixtures("no_pictures")
def test_without_a_picture_the_page_has_its_tables(as_owner: Browser):
    html = as_owner.get("/acme/moves").content.decode()
    assert html.count('<details class="twin">') >= 2


@pytest.mark.thorough
def test_a_phone_gets_a_narrow_picture_and_a_cookie_says_more(as_owner: Browser):
    phone = as_owner.get("/acme/moves", headers={"User-Agent": "Mozilla/5.0 (iPhone) Mobile"}).content.decode()
    assert '<svg width="360"' in phone
    as_owner.cookies["width"] = "1300"
    assert '<svg width="1080"' in as_owner.get("/acme/moves").content.decode()


def test_a_view_that_is_none_or_of_another_company(as_owner: Browser, enter):
    assert as_owner.get("/acme/picture/nothing").status_code == 400
    assert enter("stranger").get(ADDRESS).status_code == 404


def test_what_is_said_in_place_of_a_picture_is_no_markup():
    assert pictures.told("'<b>x</b>' is no day.").content == b"&#x27;&lt;b&gt;x&lt;/b&gt;&#x27; is no day."
