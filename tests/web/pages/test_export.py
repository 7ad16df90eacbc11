"""Is a file what is on the page? The same rows, order and columns, for those who may take it along, and audited."""

from __future__ import annotations

import csv
import io

from tests.web.conftest import browser


def rows(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=","))


def test_the_whole_filter_in_the_order_of_the_page(own_site):
    owner = browser(own_site, "owner")
    found = rows(owner.get("/acme/export/clients.csv?where=rep:Ana&sort=-name&cols=name,rep&q=client"))
    assert found == [["name", "rep"], *([f"Client {n:02}", "Ana"] for n in range(10, -1, -2))]


def test_it_is_written_down(own_site):
    from cartera.ledger.models import AuditEntry

    browser(own_site, "owner").get("/acme/export/composition.json")
    verbs = list(AuditEntry.objects.using(own_site.alias).order_by("number").values_list("verb", flat=True))
    assert verbs[-1] == "export"


def test_spreadsheets_of_other_languages_want_semicolons(own_site):
    page = browser(own_site, "owner").get("/acme/export/shape.csv", headers={"Accept-Language": "fr"})
    assert page.content.startswith(b"\xef\xbb\xbf")
    assert b";" in page.content.splitlines()[0]


def test_a_viewer_may_not_and_sees_no_menu(enter):
    viewer = enter("viewer")
    assert viewer.get("/acme/export/clients.csv").status_code == 403
    assert b"/export/" not in viewer.get("/acme/clients").content
