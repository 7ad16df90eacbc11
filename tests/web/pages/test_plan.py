"""Is it seen what is planned, for whom not, and which plans are late?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.web.company import MADE, invoice
from tests.web.conftest import browser

from cartera.ledger.entry import entry
from cartera.ledger.models import Invoice


def text(response):
    return response.content.decode()


def test_nothing_is_planned(as_owner):
    assert "Start with your largest active clients" in text(as_owner.get("/acme/plan"))


def test_late_plans_come_first_with_their_verbs(own_site):
    today = datetime.now(UTC).date()
    book = own_site.desk(own_site.workspaces()["acme"]).book
    with entry(book, "plan", at=MADE, by="Olga") as made:
        for name, day in (("later", today + timedelta(40)), ("late", today - timedelta(5))):
            row = invoice(name, "c00" if name == "late" else "c01", day, 500) | {
                "state": "planned",
                "known_on": MADE.date(),
            }
            made.put(Invoice, name, source="accounts", **row | {"amount": Decimal(500)})
    page = text(browser(own_site, "owner").get("/acme/plan"))
    assert "1 plan is late: issue, move or drop it." in page
    plans = page.partition('<caption class="sr">Plans')[2]
    assert plans.index("Client 00") < plans.index("Client 01")
    assert "/acme/do/drop?" in plans
    assert "Client 01" not in text(browser(own_site, "rep").get("/acme/plan"))
    assert "/acme/do/drop?" not in text(browser(own_site, "viewer").get("/acme/plan"))


@pytest.mark.thorough
def test_plans_of_a_segment_go_by_the_rules_of_the_address(own_site):
    owner, later = browser(own_site, "owner"), (datetime.now(UTC).date() + timedelta(40)).isoformat()
    sent = {"request_id": "two plans", "day": later, "amount": "100"}
    assert owner.post("/acme/do/plan?client=c02&client=c06", sent).status_code == 302

    def planned(policy: str) -> list[str]:
        page = text(owner.get(f"/acme/plan?segment=active&policy={policy}")).partition('<caption class="sr">Plans')[2]
        return [name for name in ("Client 02", "Client 06") if name in page]

    assert [planned("salescope"), planned("kopilot")] == [["Client 06"], ["Client 02"]]
