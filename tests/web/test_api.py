"""Does the API answer as the pages do, for whoever may ask, and say what is wrong?"""

from __future__ import annotations

import json

import pytest
from tests.web.conftest import browser

from cartera.web.api import views


def test_it_describes_itself_to_anybody(enter):
    told = enter(None).get("/api/v1/openapi.json").json()
    assert "/api/v1/{workspace}/views/{view}" in told["paths"]


def test_nobody_is_told_to_send_a_key(enter):
    answer = enter(None).get("/api/v1/acme/views/composition")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_a_view_with_its_rows_and_totals(as_owner):
    told = as_owner.get("/api/v1/acme/views/composition").json()
    assert sum(row["client_count"] for row in told["rows"]) == 12 == told["totals"]["client_count"]


def test_pages_of_rows_are_the_whole(as_owner):
    first = as_owner.get("/api/v1/acme/views/clients?limit=7&sort=name").json()
    then = as_owner.get(f"/api/v1/acme/views/clients?limit=7&sort=name&cursor={first['next']}").json()
    names = [row["name"] for row in (*first["rows"], *then["rows"])]
    assert (names, then["next"]) == ([f"Client {n:02}" for n in range(12)], None)


def test_the_same_answer_costs_no_body(as_owner):
    address = "/api/v1/acme/views/shape"
    tag = as_owner.get(address)["ETag"]
    assert as_owner.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("who", ["rep", "other_rep"])
def test_a_rep_gets_its_own(enter, who):
    told = enter(who).get("/api/v1/acme/views/clients").json()
    assert {row["rep"] for row in told["rows"]} == {"Ana" if who == "rep" else "Bruno"}


def test_a_foreign_client_is_not_there(enter):
    assert enter("rep").get("/api/v1/acme/clients/c00").status_code == 200
    for client in ("c01", "z00", "nobody"):
        assert enter("rep").get(f"/api/v1/acme/clients/{client}").status_code == 404


def test_why(as_owner):
    told = as_owner.get("/api/v1/acme/clients/c00/explain").json()
    assert told["rows"][0]["segment"] == "active"
    assert told["answer"].startswith("Client 00")


@pytest.mark.parametrize(
    ("address", "status", "found"),
    [
        ("views/compositoin", 400, "compositoin"),
        ("views/clients?where=rep:Anna", 400, "Anna"),
        ("views/clients?cursor=zzz", 400, None),
        ("views/clients?limit=0", 422, None),
        ("views/rfm?since=2026-01-01", 400, None),
        ("views/clients?sort=nothing", 400, "nothing"),
    ],
)
def test_what_cannot_be_done_is_a_problem(as_owner, address, status, found):
    answer = as_owner.get(f"/api/v1/acme/{address}")
    told = json.loads(answer.content)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert told.get("found") == found


def test_files_need_the_right_to_export(enter):
    assert enter("owner").get("/api/v1/acme/views/clients?format=csv").content.startswith(b"client_id,name")
    assert enter("viewer").get("/api/v1/acme/views/clients?format=csv").status_code == 403


def test_a_file_is_a_line_of_the_audit(own_site):
    from cartera.ledger.models import AuditValue

    assert browser(own_site, "owner").get("/api/v1/acme/views/clients?format=csv&where=rep:Ana").status_code == 200
    line = AuditValue.objects.using(own_site.alias).select_related("entry").order_by("-entry__number").first()
    told = json.loads(line.value)["after"]
    assert (line.entry.verb, line.by) == ("export", "owner")
    assert (told["view"], told["format"], told["rows"]) == ("clients", "csv", 6) and "Ana" in told["asked"]


def test_rows_behind_those_that_are_looked_at_are_an_export(enter, monkeypatch):
    monkeypatch.setattr(views, "LOOKED_AT", 5)
    first = enter("viewer").get("/api/v1/acme/views/clients?limit=5")
    assert first.status_code == 200
    for more in (f"limit=5&cursor={first.json()['next']}", "limit=6", ""):
        assert enter("viewer").get(f"/api/v1/acme/views/clients?{more}").status_code == 403
        assert enter("owner").get(f"/api/v1/acme/views/clients?{more}").status_code == 200


def test_profits_are_for_who_may_see_margins(enter):
    address = "/api/v1/acme/views/abc?measure=profit"
    assert [enter(who).get(address).status_code for who in ("rep", "viewer")] == [403, 403]
    assert enter("rep").get("/api/v1/acme/views/abc?measure=amount").status_code == 200
    assert enter("manager").get(address).status_code != 403
    assert enter("rep").get("/acme/value?measure=profit").status_code in (200, 403)
