"""Does a run that could not read everything still look after what it can, and say what it could not?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.connectors.running import TODAY, connected
from tests.connectors.toy import Toy
from tests.ledgers import MOMENT

from cartera.app import clock
from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting import schedule
from cartera.app.workspace.connecting.connecting import connect
from cartera.app.workspace.connecting.demonstration import connect_demo
from cartera.app.workspace.connecting.remembering import keep_mapping, keep_setting
from cartera.app.workspace.connecting.running import is_running, status_of, sync
from cartera.app.workspace.incomplete import incomplete
from cartera.ledger.models import Invoice, Lease, Position, Source, Sync
from cartera.sources.kit.contract import Company
from cartera.sources.kit.faults import Fault


def read(book, source, at=MOMENT):
    return sync(EVERYTHING, book, source, now=lambda: at, today=TODAY, system=Toy())


def held(book):
    return Invoice.objects.using(book.alias).filter(until_version=None, is_deleted=False)


def test_a_list_that_is_always_refused_keeps_no_deletion_of_others_from_being_found(book, books, server, source):
    server.faults = (Fault("refused", every=1, path="/payments"),)
    assert read(book, source).outcome == "incomplete"
    del books.rows["invoices"]["i7"]
    assert read(book, source, MOMENT + timedelta(days=1)).outcome == "incomplete"
    assert not held(book).filter(invoice_id="toy:invoices:i7").exists()


def test_a_refused_list_makes_nobody_wait_longer_and_a_dead_system_does(book, server, source, monkeypatch):
    monkeypatch.setattr(schedule, "MOST_FAILURES", 2)
    server.faults = (Fault("refused", every=1, path="/payments"),)
    moments = [MOMENT + timedelta(minutes=20 * n) for n in range(3)]
    for at in moments:
        read(book, source, at)
    later = moments[-1] + timedelta(hours=2)
    assert schedule.due(book, later)
    server.faults = (Fault("down", every=1),)
    for n in range(2):
        assert read(book, source, later + timedelta(minutes=n)).outcome == "incomplete"
    assert not schedule.due(book, later + timedelta(hours=3))


def test_a_system_that_lets_nobody_in_waits_for_a_person(book, server, source):
    read(book, source)
    server.faults = (Fault("expired", every=1),)
    assert read(book, source).outcome == "reconnect"
    assert Source.objects.using(book.alias).get(pk=source.pk).state == "reconnect"
    assert "toy must be connected again: what came since its last sync is missing." in incomplete(book)


def test_answers_say_so_while_a_system_cannot_be_read(book, server, source, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    read(book, source)
    assert incomplete(book) == []
    server.faults = (Fault("down", every=1),)
    read(book, source, MOMENT + timedelta(hours=1))
    assert incomplete(book) == ["toy could not be read since 2026-03-31: what came later is missing."]
    server.faults = ()
    read(book, source, MOMENT + timedelta(hours=2))
    monkeypatch.setattr(clock, "now", lambda: MOMENT + timedelta(days=3))
    assert incomplete(book) == ["toy was last read on 2026-03-31."]


def test_what_could_not_be_read_the_last_time_can_be_connected_again(book, server, source):
    server.faults = (Fault("down", every=1),)
    read(book, source)
    company = Company("toy-1", "Toy Ltd", "EUR", "UTC")
    made = connect(EVERYTHING, book, Toy(), company, {"token": "another"}, now=MOMENT, by="ana")
    assert made.pk == source.pk


def test_an_answer_that_nobody_understands_keeps_no_other_list_from_being_read(book, source, monkeypatch):
    pull = Toy.pull

    def odd(self, http, stream, position, window):
        if stream.name == "clients":
            raise KeyError("id")
        return pull(self, http, stream, position, window)

    monkeypatch.setattr(Toy, "pull", odd)
    outcome = read(book, source)
    assert outcome.outcome == "incomplete"
    assert "cannot be understood: KeyError: 'id'" in outcome.problems[0]
    assert held(book).count() == 45


def test_a_killed_run_is_over_when_the_next_begins_and_reads_nothing_meanwhile(book, source):
    Sync.objects.using(book.alias).create(source=source, started_at=MOMENT - timedelta(hours=1))
    assert not is_running(book, "toy", MOMENT)
    read(book, source)
    assert set(Sync.objects.using(book.alias).values_list("outcome", flat=True)) == {"failed", "done"}
    Lease.objects.using(book.alias).create(
        workspace_id=book.workspace_id, name="sync of toy", owner="elsewhere:1:x", until=MOMENT + timedelta(minutes=1)
    )
    assert is_running(book, "toy", MOMENT)
    assert read(book, source).outcome == "busy"


@pytest.mark.parametrize("name", ["split_on", "rep"])
def test_a_setting_chosen_meanwhile_stays(book, server, name):
    source = connected(book, server.base, Toy())
    other = Source.objects.using(book.alias).get(pk=source.pk)
    keep_setting(book, other, name, "chosen")
    keep_setting(book, source, "compared_at", "then")
    kept = Source.objects.using(book.alias).get(pk=source.pk).settings
    assert (kept[name], kept["compared_at"]) == ("chosen", "then")
    Source.objects.using(book.alias).filter(pk=source.pk).update(mapping=0)
    keep_mapping(book, source, 7)
    assert Source.objects.using(book.alias).get(pk=source.pk).mapping == (7 if name == "split_on" else 0)


def test_positions_of_a_refused_list_are_told(book, server, source):
    server.faults = (Fault("refused", every=1, path="/payments"),)
    read(book, source)
    assert Position.objects.using(book.alias).get(source=source, stream="payments").problem


def test_a_command_ends_with_what_a_script_must_know(book, books, server, source):
    assert status_of([read(book, source)]) == 0
    for n in range(30):
        del books.rows["invoices"][f"i{n}"]
    asked = read(book, source, MOMENT + timedelta(days=1))
    assert (asked.outcome, asked.is_asking, status_of([asked])) == ("incomplete", True, 3)
    assert held(book).count() == 45
    server.faults = (Fault("expired", every=1),)
    assert status_of([asked, read(book, source, MOMENT + timedelta(days=2))]) == 5


def test_a_demonstration_has_the_name_and_settings_that_were_chosen(book):
    made = connect_demo(
        EVERYTHING, book, "harvest", now=MOMENT, today=TODAY, by="ana", called="studio", settings={"estimates": "none"}
    )
    assert (made.name, made.settings["estimates"]) == ("studio", "none")
    assert sync(EVERYTHING, book, made, now=lambda: MOMENT, today=TODAY).outcome == "done"
    assert held(book).filter(invoice_id__startswith="studio:").exists()
