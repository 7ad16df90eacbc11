"""Does the page of what is coming group its ladder, suppose without writing, and lead from its counts to clients?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.web.pages.following import numbers, wrong

from cartera.portfolio.policy import Policy
from cartera.views.horizons import ends, horizons
from cartera.views.view import Query

DAY = date(2026, 11, 26)  # a Thursday


def row(client: str, days: int) -> dict[str, object]:
    return {
        "client_id": client, "next_on": DAY + timedelta(days), "at_stake": Decimal(100), "planned_amount": Decimal(days)
    }  # fmt: skip


def test_a_week_ends_on_its_sunday_and_no_client_is_in_two_times():
    assert [end for _, end in ends(DAY)][:3] == [date(2026, 11, 29), date(2026, 11, 30), date(2027, 2, 28)]
    rows = [row("a", 1), row("b", 3), row("c", 4), row("d", 5), row("e", 200)]
    found = horizons(rows, Query(DAY, Policy.kopilot()), {"a"})
    assert [(one.name, len(one.rows)) for one in found] == [("week", 2), ("month", 1), ("months", 1), ("later", 1)]
    assert (found[0].at_stake, found[0].supposed_count, found[0].supposed_stake) == (200, 1, 100)


@pytest.mark.slow
def test_every_number_is_a_door(as_owner):
    html = as_owner.get("/acme/coming").content.decode()
    assert numbers(html)
    assert wrong(as_owner, html) == []


def test_supposing_writes_nothing_and_stays_in_the_address(as_owner):
    html = as_owner.get("/acme/coming?suppose=c03&suppose=c04").content.decode()
    assert "suppose=c03,c04" in html
    assert html.count(" checked") == 2
    assert "2 clients are supposed to buy" in html
    assert "/acme/do/plan?" in html
    assert " checked" not in as_owner.get("/acme/coming").content.decode()


def test_whoever_may_not_plan_may_suppose(enter):
    html = enter("viewer").get("/acme/coming?suppose=c03").content.decode()
    assert " checked" in html
    assert "/acme/do/plan?" not in html


def test_nobody_changes_where_nobody_is(as_owner):
    html = as_owner.get("/acme/coming?day=2001-01-01&planned=ignored").content.decode()
    assert "Nobody changes segment before 1 Feb 2002" in html
