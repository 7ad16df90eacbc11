"""Does a source stay open? One process refreshes at a time, saves before it uses, and asks a person when it is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from tests.chaos.program import environment
from tests.connectors.running import APP, connected, ran, tables
from tests.connectors.toy import BEGIN, Toy
from tests.shape.source import ROOT

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting import tokens, vault
from cartera.app.workspace.connecting.connecting import disconnect, way
from cartera.ledger.landing.secrets import save, stored
from cartera.ledger.models import Source
from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import TOKEN, Gate
from cartera.sources.kit.http import Http
from cartera.sources.kit.oauth import App, RefusedError, Tokens, refresh
from cartera.sources.kit.refusals import UnauthorisedError

TOY = Toy(is_signed=True)
WORKERS, REFRESHES = 6, 20


@pytest.fixture
def gate():
    return Gate(client_secret="canary-secret")


@pytest.fixture
def server(books, gate):
    with books.served(gate=gate) as found:
        yield found


@pytest.fixture
def source(book, books, server, gate):
    return connected(book, server.base, TOY, gate=gate, at=books.clock)


def keeper(book, source, now=lambda: BEGIN):
    base = source.settings["base"]
    http = Http("", frozenset({"127.0.0.1"}), budget=TOY.budget, is_local=True)
    return tokens.Keeper(book, source, TOY.grant_at(base), http, now)


def state(book, source):
    return Source.objects.using(book.alias).values_list("state", flat=True).get(pk=source.pk)


def test_a_token_is_refreshed_before_it_ends(book, books, server, gate):
    """S9: tokens of five minutes, a clock that goes on by 40 seconds with every request: nothing is ever refused."""
    gate.life, books.tick = 300, 20  # two looks at the clock with every request
    source = connected(book, server.base, TOY, gate=gate, at=books.clock)
    assert ran(book, source, TOY, now=lambda: books.clock).outcome == "done"
    assert ran(book, source, TOY, now=lambda: books.clock).outcome == "done"
    assert gate.refreshes >= 1
    assert set(server.told) == {200}


def test_a_refresh_that_nobody_hears_of_is_asked_for_once(book, server, gate, source):
    """S2: killed between the vendor's answer and our saving, the token is lost: a person is asked, data is kept."""
    ran(book, source, TOY)
    before = tables(book)
    naive_answer(server, book, source)
    server.faults = (Fault("expired", on=(1,), path="/clients"),)
    server.asked.clear()
    assert ran(book, source, TOY).outcome == "reconnect"
    assert state(book, source) == "reconnect"
    assert gate.refused == ["invalid_grant"]
    count = len(server.asked)
    assert ran(book, source, TOY).outcome == "reconnect"
    assert len(server.asked) == count, "nobody asks again until a person has connected it"
    assert tables(book) == before


def naive_answer(server, book, source):
    """The refresh token is spent, and what came for it is not saved."""
    found = vault.opened(book, stored(book, source).ciphertext)
    http = Http("", frozenset({"127.0.0.1"}), budget=TOY.budget, is_local=True)
    app = App(found["client_id"], found["client_secret"], found["redirect"])
    refresh(http, TOY.grant_at(server.base), app, found["refresh"])


def test_what_was_saved_and_never_used_opens(book, gate, source):
    """S2: killed after the saving and before the first use."""
    keeper(book, source)(is_stale=False)
    ending = keeper(book, source)
    ending()
    ending(is_stale=True)  # saved; the process ends here
    assert ran(book, source, TOY).outcome == "done"
    assert gate.refused == []


def test_an_answer_that_is_no_token_replaces_nothing(book, server, source):
    before = stored(book, source).ciphertext
    for fault in ("login", "cut", "refused"):
        server.faults = (Fault(fault, every=1, path=TOKEN),)
        found = keeper(book, source)
        found()
        with pytest.raises(RefusedError):
            found(is_stale=True)
        assert stored(book, source).ciphertext == before
        assert state(book, source) == "ready"


def test_a_token_address_that_fails_leaves_the_source_for_later(book, server, gate, source):
    ran(book, source, TOY)
    server.faults = (Fault("expired", on=(1,), path="/clients"), Fault("down", every=1, path=TOKEN))
    server.asked.clear()
    assert ran(book, source, TOY).outcome == "incomplete"
    assert state(book, source) == "ready"
    server.faults = ()
    assert ran(book, source, TOY).outcome == "done"
    assert gate.refused == []


def test_a_token_address_that_answers_something_else_leaves_the_source_for_later(book, server, source):
    server.faults = (Fault("expired", every=1, path="/clients"), Fault("busy", every=1, path=TOKEN))
    outcome = ran(book, source, TOY)
    assert (outcome.outcome, state(book, source)) == ("incomplete", "ready")
    assert "no token was given: status 429." in outcome.problems[0]


@pytest.mark.parametrize("answer", ["given", "refused"])
def test_a_source_disconnected_during_a_refresh_stays_disconnected(book, server, gate, source, answer):
    ran(book, source, TOY)

    def leave():
        disconnect(EVERYTHING, book, source, now=BEGIN, by="ana")
        if answer == "refused":
            gate.revoke()

    server.asked.clear()
    server.faults = (Fault("expired", on=(1,), path="/clients"), Fault(on=(1,), path=TOKEN, before=leave))
    assert ran(book, source, TOY).outcome == "reconnect"
    assert stored(book, source) is None
    assert state(book, source) == "disconnected"


def test_a_source_connected_anew_during_a_refresh_keeps_what_that_brought(book, books, server, gate, source):
    new = gate.given(books.clock)

    def again():
        values = APP | {"access": new["access_token"], "refresh": new["refresh_token"], "life": gate.life}
        save(book, source, *vault.sealed(book, values))

    server.faults = (Fault(on=(1,), path=TOKEN, before=again),)
    assert ran(book, source, TOY).outcome == "done"
    assert vault.opened(book, stored(book, source).ciphertext)["access"] == new["access_token"]


def test_a_wrong_secret_is_no_lost_connection(book, gate, source):
    gate.client_secret = "another"
    found = keeper(book, source)
    found()
    with pytest.raises(RefusedError, match="invalid_client"):
        found(is_stale=True)
    assert state(book, source) == "ready"


def test_access_withdrawn_asks_for_a_person(book, gate, source):
    gate.revoke()
    assert ran(book, source, TOY).outcome == "reconnect"
    assert state(book, source) == "reconnect"


def refreshed(book, refreshing):
    """Errors of so many workers that each refresh so many times at once."""
    errors, start = [], threading.Barrier(WORKERS)

    def work():
        from django.db import connections

        own = refreshing()
        start.wait()
        for _ in range(REFRESHES):
            try:
                own()
            except (RefusedError, UnauthorisedError) as problem:
                errors.append(problem)
        connections[book.alias].close()

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return errors


@pytest.mark.thorough
def test_many_who_refresh_at_once_lose_nothing(book, server, gate, source, monkeypatch):
    """S3: 6 workers, 20 refreshes each."""
    monkeypatch.setattr(tokens, "BETWEEN", 0.01)

    def careful():
        found = keeper(book, source)
        return lambda: (found(), found(is_stale=True))

    assert refreshed(book, careful) == []
    assert gate.refused == []
    assert state(book, source) == "ready"
    count = gate.refreshes
    assert REFRESHES <= count <= WORKERS * REFRESHES

    def careless():
        http = Http("", frozenset({"127.0.0.1"}), budget=TOY.budget, is_local=True)
        grant = TOY.grant_at(server.base)

        def once():
            row = stored(book, source)
            found = vault.opened(book, row.ciphertext)
            app = App(found["client_id"], found["client_secret"], found["redirect"])
            made: Tokens = refresh(http, grant, app, found["refresh"])
            tokens.keep(book, source, grant, found, made, now=BEGIN, version=None)

        return once

    assert len(refreshed(book, careless)) > WORKERS, "without a lease it must lose tokens: this proves nothing"


@pytest.mark.thorough
@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_two_processes_that_refresh_at_once_lose_nothing(book, gate, source):
    """S3 between processes: each refreshes ten times, whatever the other does meanwhile."""
    command = [sys.executable, "-m", "tests.connectors.refreshing", book.alias, str(source.name), "10"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": environment(), "cwd": ROOT}
    running = [subprocess.Popen(command, **pipes) for _ in range(2)]
    assert [one.stdout.readline() for one in running] == ["ready\n"] * 2
    for one in running:
        print("go", file=one.stdin, flush=True)
    told = [one.communicate(timeout=120)[0] for one in running]
    assert told == ["0\n", "0\n"]
    assert gate.refused == []
    assert gate.refreshes >= 10
    assert state(book, source) == "ready"


def test_two_who_find_it_ending_refresh_once(book, gate, source, monkeypatch):
    """S3, and a third who comes later uses what they got."""
    monkeypatch.setattr(tokens, "BETWEEN", 0.01)
    first, second = keeper(book, source), keeper(book, source)
    assert first() == second()
    new = first(is_stale=True)
    assert second(is_stale=True) == new
    assert keeper(book, source)() == new
    assert gate.refreshes == 1


def test_the_whole_walk_of_letting_in(books):
    """State, proof of PKCE, a code that works once, another redirect that does not."""
    from cartera.sources.kit import oauth

    gate = Gate(client_secret="canary-secret", scopes=("books",))
    with books.served(gate=gate) as server:
        grant = TOY.grant_at(server.base)
        http = Http(server.base, frozenset({"127.0.0.1"}), budget=TOY.budget, is_local=True)
        app = App("pretend", "canary-secret", "http://localhost:1/")
        address, asked = oauth.ask(grant, app)
        code = oauth.answered(asked, http.redirected(address))["code"]
        assert oauth.exchange(http, grant, app, asked, code).expires_in == gate.life
        with pytest.raises(RefusedError, match="invalid_grant"):
            oauth.exchange(http, grant, app, asked, code)
        address, asked = oauth.ask(grant, app)
        code = oauth.answered(asked, http.redirected(address))["code"]
        with pytest.raises(RefusedError, match="invalid_grant"):
            oauth.exchange(http, grant, app, replace(asked, verifier="of somebody else"), code)
        address, asked = oauth.ask(grant, app, "everything")
        with pytest.raises(RefusedError) as told:
            oauth.answered(asked, http.redirected(address))
        assert told.value.code == "invalid_scope"


def test_the_way_shows_no_token_to_the_token_address(book, server, source):
    with way(book, source, TOY, lambda: BEGIN) as http:
        http.get("/clients")
    found = keeper(book, source)
    found()
    found(is_stale=True)
    posted = [one for one in server.asked if one.path == TOKEN]
    assert posted
    assert all(one.headers["authorization"].startswith("Basic ") for one in posted)
