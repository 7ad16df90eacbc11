"""Has every workspace of a site a word of its own, and does the word alone lead on?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.web.conftest import browser

from cartera.web.site import RESERVED, free_word

MADE = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "taken", "free"),
    [
        ("acme", (), "acme"),
        ("acme", ("acme",), "acme-3"),
        ("acme", ("acme", "acme-3"), "acme-3-2"),
        ("acme", ("acme", "acme-3", "acme-3-2"), "acme-3-3"),
        ("api", RESERVED, "api-3"),
    ],
)
def test_a_word_is_given_once(word, taken, free):
    assert free_word(word, 3, taken) == free


def test_names_that_meet_in_one_word_are_all_served(own_site):
    from cartera.ledger.models import Workspace

    before = len(own_site.workspaces())
    held = Workspace.objects.using(own_site.alias)
    number = max(held.values_list("pk", flat=True)) + 2
    rows = [{"name": one.name, "pk": one.pk} for one in held.all()]
    held.filter(pk=rows[0]["pk"]).update(name=f"Acme {number}")
    for pk, name in ((number - 1, "Acme"), (number, "ACME!")):
        one = held.get(pk=rows[0]["pk"])
        one.pk, one.name, one._state.adding = pk, name, True
        one.save(using=own_site.alias, force_insert=True)
    assert len(own_site.workspaces()) == before + 2
    assert own_site.word(held.get(pk=number)) == f"acme-{number}-2"


@pytest.mark.parametrize(
    ("address", "leads_to"), [("/acme/", "/acme/today"), ("/acme/?day=2026-01-31", "/acme/today?day=2026-01-31")]
)
def test_a_workspace_alone_begins_with_the_first_page(site, address, leads_to):
    page = browser(site, "rep").get(address)
    assert (page.status_code, page["Location"]) == (302, leads_to)
    assert browser(site, "stranger").get("/acme/").status_code == 404
    assert browser(site, None).get("/acme/")["Location"] == "/sign-in?next=/acme/"
