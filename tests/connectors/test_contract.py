"""Does every connector that ships keep the contract? Whole, again without effect, stopped and gone on, no secret."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest
from tests.ledgers import KEY, MOMENT

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.connecting import way
from cartera.app.workspace.connecting.demonstration import connect_demo
from cartera.app.workspace.connecting.landing import Ground
from cartera.app.workspace.connecting.running import at_hand, sync
from cartera.app.workspace.connecting.syncing import Run
from cartera.ledger.book import create_book
from cartera.ledger.database import disconnect
from cartera.ledger.models import FACTS, Client, Invoice, Problem, Secret, Source
from cartera.sources.registry import OURS, connector

TODAY = date(2026, 3, 31)
SYSTEMS = [name for name, _ in OURS if name not in ("sql", "quickbooks-sandbox")]  # these two have tests of their own
STOPS = (0, 2, 5)  # after how many pages a run is stopped
ONE = "harvest"  # the quickest stands for all in make test
CONTENT = ("source", "stream", "key", "digest", "is_deleted")


def some(name: str) -> object:
    return pytest.param(name, marks=() if name == ONE else pytest.mark.thorough)


def now():
    return MOMENT


def facts(book) -> set[tuple]:
    """Everything that holds in the workspace, whatever way it came."""
    own = {"workspace_id": book.workspace_id, "until_version": None}
    return {
        (model.__name__, *row)
        for model in FACTS
        for row in model.objects.using(book.alias).filter(**own).values_list(*CONTENT)
    }


def connected(book, name: str) -> Source:
    return connect_demo(EVERYTHING, book, name, now=MOMENT, today=TODAY, by="ana")


@pytest.mark.parametrize("name", [some(name) for name in SYSTEMS])
def test_it_is_read_whole_and_again_without_effect(book, name):
    source = connected(book, name)
    outcome = sync(EVERYTHING, book, source, now=now, today=TODAY)
    assert (outcome.outcome, outcome.problems) == ("done", [])
    whole = facts(book)
    holding = {"until_version": None, "is_deleted": False}
    assert Client.objects.using(book.alias).filter(**holding).count() > 10
    states = set(Invoice.objects.using(book.alias).filter(**holding).values_list("state", flat=True))
    assert {"issued", "planned"} <= states
    assert not Problem.objects.using(book.alias).filter(code="MAP_FAILED").exists()
    version = book.facts_version
    again = sync(EVERYTHING, book, source, now=now, today=TODAY)
    assert (again.outcome, again.new, book.facts_version) == ("done", 0, version)
    assert again.requests < outcome.requests or outcome.requests <= len(connector(name).streams) * 2
    full = sync(EVERYTHING, book, source, now=now, today=TODAY, is_full=True)
    assert (full.new, book.facts_version, facts(book)) == (0, version, whole)


@pytest.mark.parametrize("name", [some(name) for name in SYSTEMS])
def test_stopped_it_goes_on(ledger_address, book, name):
    """After so many pages, as a killed one would: its page is whole or not there."""
    source, system = connected(book, name), connector(name)

    class StoppedError(Exception):
        """As if the process had ended."""

    for most in STOPS:
        pages = count()

        def told(_stream, _records, pages=pages, most=most):
            if next(pages) == most:
                raise StoppedError

        source.refresh_from_db(using=book.alias)
        with at_hand(source, TODAY), way(book, source, system, now) as http, pytest.raises(StoppedError):
            Run(Ground(book, source, system, None, now, TODAY), http, told).go()
    sync(EVERYTHING, book, source, now=now, today=TODAY)
    other = create_book(ledger_address, "Undisturbed", at=MOMENT, key=KEY, currency="EUR")
    sync(EVERYTHING, other, connected(other, name), now=now, today=TODAY)
    assert facts(book) == facts(other)


@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", [some(name) for name in SYSTEMS])
def test_its_secrets_stand_nowhere_in_clear(book, name):
    from cartera.app.workspace.connecting.vault import opened

    source = connected(book, name)
    sync(EVERYTHING, book, source, now=lambda: MOMENT + timedelta(minutes=1), today=TODAY)
    row = Secret.objects.using(book.alias).get(source=source)
    words = opened(book, row.ciphertext)
    secrets = [str(words[one]).encode() for one in ("token", "access", "refresh", "client_secret") if words.get(one)]
    assert secrets
    disconnect(book.alias)
    for path in Path(book.alias).parent.glob("**/*"):
        held = path.read_bytes() if path.is_file() else b""
        assert not [one for one in secrets if len(one) > 8 and one in held], path


@pytest.mark.parametrize("name", SYSTEMS)
def test_it_says_what_it_is(name):
    found = connector(name)
    assert found.name == name
    assert found.hosts
    assert found.register_at.startswith("https://")
    assert "clients" in [one.name for one in found.streams]
    assert found.base.startswith("https://")
