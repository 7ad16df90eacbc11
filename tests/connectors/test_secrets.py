"""Does a secret of a source stay one, and does a backup bring a source back as it was?"""

from __future__ import annotations

import logging
import socket

import pytest
import stamina
from tests.connectors.running import APP, connected, ran, tables
from tests.connectors.toy import Toy
from tests.ledgers import KEY, closed

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.backup.make import backup
from cartera.app.workspace.backup.restore import restore
from cartera.app.workspace.connecting import vault
from cartera.app.workspace.connecting.connecting import found
from cartera.app.workspace.place import open_workspace
from cartera.errors import CarteraError
from cartera.ledger.landing.secrets import stored
from cartera.ledger.models import Position, Problem, Secret, Sync
from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import TOKEN, Gate

TOY = Toy(is_signed=True)


@pytest.fixture
def gate():
    return Gate(client_secret=APP["client_secret"])


@pytest.fixture
def server(books, gate):
    with books.served(gate=gate) as found_:
        yield found_


@pytest.fixture
def kept(workspace):
    return open_workspace(workspace)


def opened(book, source):
    return vault.opened(book, stored(book, source).ciphertext)


def test_a_secret_is_in_no_byte_of_anything(kept, books, server, gate, tmp_path, caplog):  # noqa: PLR0917
    """G3: database, its log, backup, logs, errors, tables; every token that was ever given, and the app's secret."""
    caplog.set_level(logging.DEBUG)
    source = connected(kept, server.base, TOY, gate=gate, at=books.clock)
    server.faults = (
        Fault("expired", on=(2,), path="/invoices"), Fault("login", on=(1,), path="/clients"),
        Fault("refused", every=1, path="/payments"),
    )  # fmt: skip
    outcome = ran(kept, source, TOY)
    server.faults = (Fault("expired", on=(1,), path="/clients"), Fault("login", every=1, path=TOKEN))
    server.asked.clear()
    later = ran(kept, source, TOY)
    assert later.outcome == "incomplete"
    backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    said = "\n".join([*outcome.problems, *later.problems, caplog.text, repr(opened), str(source)])
    rows = [row for model in (Position, Problem, Secret, Sync) for row in model.objects.using(kept.alias).values()]
    folder = [one for one in tmp_path.rglob("*") if one.is_file()]
    held = [said.encode(), repr(rows).encode(), *(one.read_bytes() for one in folder)]
    secrets = {APP["client_secret"], *gate.issued}
    assert len(secrets) > 5
    assert [secret for secret in secrets for data in held if secret.encode() in data] == []
    assert any(secret in str(server.asked) for secret in secrets), "the server did see them: this proves something"


def test_nobody_is_reached_but_the_source(kept, books, server, gate, monkeypatch):
    """G5: a foreign link and a redirect among the answers."""
    source = connected(kept, server.base, TOY, gate=gate, at=books.clock)
    for one in range(25):
        books.put("payments", f"p{one}", invoice=f"i{one}", paid_on="2026-03-20")
    server.faults = (Fault("foreign", on=(1,), path="/payments"),)
    reached, connect = [], socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda to, *more, **words: reached.append(to) or connect(to, *more, **words)
    )
    assert ran(kept, source, TOY).outcome == "incomplete"
    assert {host for host, _ in reached} == {"127.0.0.1"}
    server.faults = ()
    assert ran(kept, source, TOY).outcome == "done"


def test_a_backup_brings_a_source_back_as_it_was(kept, books, server, gate, tmp_path):
    source = connected(kept, server.base, TOY, gate=gate, at=books.clock)
    server.faults = (Fault("refused", every=1, path="/payments"),)
    ran(kept, source, TOY)
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    key = tmp_path / "apart.key"
    key.write_bytes(KEY)
    restore(EVERYTHING, str(made.file), str(tmp_path / "again"), key=str(key))
    again = open_workspace(str(tmp_path / "again"))
    assert tables(again) == tables(kept)
    its = found(again, "toy")
    assert opened(again, its) == opened(kept, source)
    places = [
        sorted(Position.objects.using(one.alias).values_list("stream", "phase", "updated_at", "problem"))
        for one in (again, kept)
    ]
    assert places[0] == places[1]
    server.faults = ()
    version = again.facts_version
    outcome = ran(again, its, TOY)
    assert (outcome.outcome, outcome.new, again.facts_version) == ("done", 0, version)


def test_under_a_new_key_a_source_must_be_connected_again(kept, books, server, gate, tmp_path):
    connected(kept, server.base, TOY, gate=gate, at=books.clock)
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    closed(kept.alias)
    restore(EVERYTHING, str(made.file), str(tmp_path / "again"), is_new_key=True, by="Ana")
    again = open_workspace(str(tmp_path / "again"))
    with pytest.raises(CarteraError, match="sealed with another key"):
        ran(again, found(again, "toy"), TOY)


def test_a_key_of_the_environment_seals_and_the_old_one_still_opens(kept, books, server, gate, monkeypatch):
    """A key is changed while the program runs: what is saved next is sealed with the first one named."""
    from cryptography.fernet import Fernet

    source = connected(kept, server.base, TOY, gate=gate, at=books.clock)
    before = stored(kept, source).key_id
    own = Fernet.generate_key().decode()
    monkeypatch.setenv(vault.OWN_KEY, own)
    assert opened(kept, source)["client_id"] == APP["client_id"]
    server.faults = (Fault("expired", on=(1,), path="/clients"),)
    assert ran(kept, source, TOY).outcome == "done"
    assert stored(kept, source).key_id == vault.key_id(own.encode()) != before
    monkeypatch.setenv(vault.OWN_KEY, "no key")
    with pytest.raises(CarteraError, match="is no key"):
        ran(kept, source, TOY)


def test_a_keyring_that_writes_passwords_down_is_no_keyring():
    class PlaintextKeyring:
        """What some systems offer."""

    assert vault.is_plain(PlaintextKeyring())
    assert not vault.is_plain(stamina)
