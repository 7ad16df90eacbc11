"""Does the home page say whom to contact, what changed since the last visit, and which questions need an answer?"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from cartera.web.acts import row_id


@pytest.fixture
def today(as_owner) -> str:
    return unescape(as_owner.get("/acme/today").content.decode())


def test_the_sentence_counts_its_rows(today):
    count = int(re.search(r'class="hero">(\d+) clients? to call this week: ', today)[1])
    assert today.count('class="call"') == count > 3


def test_a_row_says_why_and_how_to_reach_them(today):
    row = today[today.index(f'id="{row_id("c09")}"') :].partition("</li>")[0]
    assert re.search(r"last invoice \d+ days ago, nothing planned, leaves in \d+ day", row)
    assert 'href="mailto:c09@c.example"' in row
    assert "do/reached?from=today&client=c09" in today
    assert "1 for what is due and for who leaves within 30 days" in today


def test_questions_have_dots_and_pages(today):
    part = today[today.index('id="questions"') :]
    assert part.count('class="dot ') == 7
    assert "Is the portfolio in shape?" in part
    assert "/acme/portfolio" in part


def test_who_moved_since(as_owner):
    before = datetime.now(UTC).date() - timedelta(days=300)
    page = as_owner.get(f"/acme/today?since={before}").content.decode()
    assert "Fell asleep <b>" in page
    assert f"/acme/moves?since={before}" in page


def test_a_rep_is_reminded_of_its_own_clients(enter):
    page = enter("rep").get("/acme/today").content.decode()
    ids = re.findall(r'data-client="(c\d+)"', page)
    assert ids
    assert all(int(one[1:]) % 2 == 0 for one in ids)


def test_a_viewer_sees_and_cannot_decide(enter):
    page = enter("viewer").get("/acme/today").content.decode()
    assert 'data-client="' in page
    assert "/do/" not in page


def test_a_day_that_is_over_explains_itself(as_owner):
    page = as_owner.get("/acme/today?day=2026-06-30").content.decode()
    assert "Decisions are made today" in page
    assert "do/plan" not in page
