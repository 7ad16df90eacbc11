"""What if the process ends in the middle, or the disk does not take a write? The state of before, and it goes on."""

from __future__ import annotations

import shutil
import signal

import pytest
from django.db import OperationalError, connections
from tests.connectors.killed import Killer
from tests.connectors.running import TODAY, connected, ran, tables
from tests.connectors.toy import Toy, filled
from tests.ledgers import KEY, MOMENT, closed

from cartera.app.workspace.connecting.connecting import way
from cartera.app.workspace.connecting.landing import Ground
from cartera.ledger.book import create_book
from cartera.ledger.models import Position, Problem, RawVersion
from cartera.sources.kit.contract import Window
from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import Gate

ON_SQLITE = pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)


def whole(ledger_address, books):
    """What holds after a run that nothing disturbs."""
    book = create_book(ledger_address, "Undisturbed", at=MOMENT, key=KEY, currency="EUR")
    with books.served() as server:
        assert ran(book, connected(book, server.base, Toy(size=100)), Toy(size=100)).outcome == "done"
    return tables(book)


def everything(book):
    """Also what is not said of the books: positions, problems, versions."""
    places = list(Position.objects.using(book.alias).values_list("stream", "updated_at", "step", "link", "phase"))
    counts = [model.objects.using(book.alias).count() for model in (Problem, RawVersion)]
    return tables(book), places, counts, book.facts_version


class Full:
    """The k-th statement fails, as on a full disk."""

    def __init__(self, which):
        self.which, self.count = which, 0

    def __call__(self, execute, *words):
        self.count += 1
        if self.count == self.which:
            raise OperationalError("database or disk is full")
        return execute(*words)


def test_each_write_of_a_page_may_fail(book, server, source):
    """G15: the state of before, whichever statement fails; with room again, the page lands."""
    toy = Toy()
    invoices = toy.streams[1]
    ran(book, source)
    server_books_edit(server)
    with way(book, source, toy, lambda: MOMENT) as http:
        place = Position.objects.using(book.alias).get(source=source, stream="invoices")
        pages = list(toy.pull(http, invoices, place, Window()))
    page = next(one for one in pages if any(record.key == "i3" for record in one.records))
    before, which, failed = everything(book), 0, True
    while failed:
        which += 1
        place = Position.objects.using(book.alias).get(source=source, stream="invoices")
        place.updated_at = page.position.updated_at
        failing = Full(which)
        try:
            with connections[book.alias].execute_wrapper(failing):
                Ground(book, source, toy, None, lambda: MOMENT, TODAY).land(invoices, page.records, place)
            failed = False
        except OperationalError:
            assert everything(book) == before
    assert which > 10
    assert everything(book) != before


def server_books_edit(server):
    """Some records of one page are others now."""
    books = server._routes[-1][1].__self__
    for key in ("i3", "i4", "i5"):
        books.put("invoices", key, net="9.99")


@pytest.mark.thorough
def test_killed_at_each_page_among_faults(ledger_address):
    """G1: 2,345 invoices, too fast every 7th time, tokens that end every 11th, killed at each page: nothing is lost."""
    books = filled(40, 2345)
    wanted = whole(ledger_address, books)
    gate = Gate(client_secret="canary-secret")
    faults = (Fault("busy", every=7, path="/invoices", seconds=0), Fault("expired", every=11, path="/invoices"))
    book = create_book(ledger_address, "Acme", at=MOMENT, key=KEY, currency="EUR")
    with books.served(gate=gate, faults=faults) as server, Killer() as killer:
        source = connected(book, server.base, Toy(size=100, is_signed=True), gate=gate, at=books.clock)
        ends = [
            killer.run(ledger_address, source.name, workspace="Acme", size=100, is_signed=True, page=page)
            for page in [1] * 25 + [0]
        ]
    assert ends[:24] == [signal.SIGKILL] * 24
    assert ends[-1] == 0
    assert tables(book) == wanted
    assert gate.refused == []


def killed_at_statements(ledger_address, tmp_path, every):
    """How many runs were killed before a statement, each in a copy of the same beginning, then went on to the end."""
    books = filled(4, 18, payments=12)
    wanted = whole(ledger_address, books)
    book = create_book(ledger_address, "Acme", at=MOMENT, key=KEY, currency="EUR")
    with books.served() as server, Killer() as killer:
        source = connected(book, server.base, Toy())
        closed(ledger_address)
        words = {"workspace": "Acme", "size": 10, "is_signed": False}
        which, ended, folder = 1, signal.SIGKILL, tmp_path / "copy"
        while ended == signal.SIGKILL:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            copy = shutil.copyfile(ledger_address, folder / "ledger.sqlite3")
            ended = killer.run(str(copy), source.name, statement=which, **words)
            assert ended in (0, signal.SIGKILL)
            assert killer.run(str(copy), source.name, **words) == 0
            assert tables(opened(copy)) == wanted
            closed(str(copy))
            which += every
    return which // every


def opened(path):
    from cartera.ledger.book import open_book

    return open_book(str(path), "Acme", key=KEY)


@pytest.mark.thorough
@ON_SQLITE
def test_killed_before_some_statements(ledger_address, tmp_path):
    """G1"""
    assert killed_at_statements(ledger_address, tmp_path, 23) > 5


@pytest.mark.slow
@ON_SQLITE
def test_killed_before_each_statement(ledger_address, tmp_path):
    """G1"""
    count = killed_at_statements(ledger_address, tmp_path, 1)
    print(f"killed before {count} statements: every run ended in the same tables")
    assert count > 100
