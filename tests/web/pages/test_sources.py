"""Can a person connect a system on a page, have it read, see what is open, and read it no more?"""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from tests.web.conftest import browser
from tests.web.pages.sending import Sender, main

from cartera.app.clock import now, today
from cartera.app.scope import EVERYTHING
from cartera.app.tongues import tongue
from cartera.app.workspace.connecting import vault
from cartera.app.workspace.connecting.connecting import connect
from cartera.app.workspace.connecting.demonstration import connect_demo
from cartera.app.workspace.connecting.landing import Ground
from cartera.app.workspace.connecting.sweeping import MOST, ManyGoneError, take_away
from cartera.app.workspace.jobs.running import work_off
from cartera.ledger.models import AuditEntry, Position, Secret, Source
from cartera.sources.kit.contract import Company
from cartera.sources.registry import connector
from cartera.tongue import speaking
from cartera.web.jobs import works
from cartera.web.pages.sources.letting_in import KEPT


@pytest.fixture
def owner(own_site):
    return Sender(browser(own_site, "owner"))


@pytest.fixture
def desk(own_site):
    return own_site.desk(own_site.workspaces()["acme"])


def test_nothing_is_connected_and_the_way_to_connect(as_owner):
    html = main(as_owner.get("/acme/data/sources").content.decode())
    assert "Nothing is connected yet." in html
    assert "/acme/data/connect" in html
    html = main(as_owner.get("/acme/data/connect").content.decode())
    assert "Harvest" in html
    assert as_owner.get("/acme/data/connect/nothing").status_code == 404
    html = main(as_owner.get("/acme/data/connect/harvest").content.decode())
    assert 'type="password"' in html
    assert as_owner.get("/acme/data/sources/nothing").status_code == 404


def test_a_source_is_read_when_somebody_asks_and_told(owner, desk):
    connect_demo(EVERYTHING, desk.book, "harvest", now=now(), today=today(), by="olga")
    assert owner.post("/acme/data/sources/harvest/sync").status_code == 302
    html = main(owner.get("/acme/data/sources").content.decode())
    assert "every 2s" in html
    assert "being read" in html
    assert work_off(desk.book, desk.where, works("acme")) == 1
    html = main(owner.get("/acme/data/sources").content.decode())
    assert "every 2s" not in html
    assert "read to its end" in html
    assert "whole" in html


def test_the_currency_of_the_books_is_asked_where_the_system_does_not_say_it(owner, desk):
    companies = [asdict(Company("7", "Studio", currencies=("EUR", "USD")))]
    values = {"system": "harvest", "secrets": {"token": "canary"}, "companies": companies, "until": ""}
    session = owner.browser.session
    session[KEPT] = vault.sealed(desk.book, {"kept": json.dumps(values)})[0]
    session.save()
    assert owner.post("/acme/data/connected/choose", company="7", currency="usd").status_code == 302
    assert Source.objects.using(desk.book.alias).get(company="7").currency == "USD"


def test_a_setting_and_the_end_of_it(owner, desk):
    system = connector("harvest")
    connect(EVERYTHING, desk.book, system, Company("7", "B"), {"token": "canary"}, now=now(), by="olga", name="books")
    name = next(one for one, values in system.settings.items() if len(values) > 1)
    value = system.settings[name][1]
    assert owner.post("/acme/data/sources/books/set", setting=name, value=value).status_code == 302
    assert Source.objects.using(desk.book.alias).get(name="books").settings[name] == value
    assert owner.post("/acme/data/sources/books/set", setting=name, value="nonsense").status_code == 400
    assert owner.post("/acme/data/sources/books/disconnect").status_code == 302
    assert not Secret.objects.using(desk.book.alias).exists()
    assert "not read any more" in main(owner.get("/acme/data/sources").content.decode())
    verbs = set(AuditEntry.objects.using(desk.book.alias).values_list("verb", flat=True))
    assert {"connect", "set_source", "disconnect"} <= verbs


def test_a_person_says_on_the_page_that_many_records_are_gone(owner, desk):
    system = connector("harvest")
    source = connect(EVERYTHING, desk.book, system, Company("7", "B"), {"token": "t"}, now=now(), by="olga", name="b")
    (stream,) = (one for one in system.streams if one.name == "invoices")
    ground = Ground(desk.book, source, system, None, now, today())
    with speaking(tongue("fr")), pytest.raises(ManyGoneError) as asked:  # whoever synced spoke another language
        take_away(ground, None, stream, [str(key) for key in range(MOST + 1)])
    rows = Position.objects.using(desk.book.alias)
    rows.create(source=source, stream="estimates", phase="done", problem="refused.")
    rows.create(source=source, stream="invoices", phase="done", problem=asked.value.sentence)
    html = main(owner.get("/acme/data/sources/b").content.decode())
    assert html.count("These records are really gone") == 1
    assert "21 " in html
    assert "cartera sources" not in html
    assert owner.post("/acme/data/sources/b/set", setting="may_vanish", value="invoices").status_code == 302
    assert Source.objects.using(desk.book.alias).get(name="b").settings["may_vanish"] == "invoices"
    html = main(owner.get("/acme/data/sources/b").content.decode())
    assert "These records are really gone" not in html
    assert "The next sync takes them away." in html
