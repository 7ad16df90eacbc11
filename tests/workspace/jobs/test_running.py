"""Is every job done once, told how far it is, and gone after a day, also where its process ended?"""

from __future__ import annotations

import os
import socket
from datetime import timedelta

import pytest

from cartera.app.clock import now
from cartera.app.workspace.jobs import asking, files, running
from cartera.app.workspace.jobs.asking import DONE, FAILED, KEPT, WAITING, WORKING, ask_for, job_of, rows
from cartera.app.workspace.jobs.running import give_back, work_off
from cartera.app.workspace.place import Place
from cartera.errors import InputError
from cartera.tongue import in_force

HERE = f"{socket.gethostname()}:{os.getpid()}"
OURS = "Nothing was changed. Try again, or tell us."
GONE = f"{socket.gethostname()}:{2**22 + 1}"  # no process has this number


@pytest.fixture
def where(book, tmp_path):
    return Place("here", tmp_path / "place", book.alias)


@pytest.fixture
def user(book):
    from cartera.ledger.models import User

    return User.objects.db_manager(book.alias).create_user("ana@acme.example", None, name="Ana")


def wrote(job):
    (job.folder / "file.csv").write_text(job.arguments["text"])
    job.tell(0.5)
    return {"file": "file.csv"}


def refused(_):
    raise InputError("the file is empty.", fix="Send another.")


def broken(_):
    raise ZeroDivisionError


def test_what_waits_is_done_once_and_its_file_is_there(book, where, user):
    job = ask_for(book, "export", {"text": "a"}, user=user, by="Ana")
    assert work_off(book, where, {"sync": refused}) == 0, "another kind"
    assert [work_off(book, where, {"export": wrote}) for _ in range(2)] == [1, 0]
    done = job_of(book, job.pk, user=user)
    assert (done.state, done.percent, done.told, done.tries) == (DONE, 100, {"file": "file.csv"}, 1)
    folder = files.folder_of(book, where, job.pk)
    assert (folder / "file.csv").read_text() == "a"
    assert folder.stat().st_mode & 0o077 == 0, "nobody else on the machine reads it"


def test_how_far_it_is_can_be_seen(book, where, user, monkeypatch):
    monkeypatch.setattr(running, "TOLD_EVERY", timedelta())
    job, seen = ask_for(book, "export", {}, user=user, by="Ana"), []

    def looks(at_work):
        at_work.tell(0.42)
        found = rows(book).get(pk=job.pk)
        seen.append((found.state, found.percent, found.owner))
        return {}

    work_off(book, where, {"export": looks})
    assert seen == [(WORKING, 42, HERE)]


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (refused, {"what": "the file is empty.", "where": "", "fix": "Send another."}),
        (
            broken,
            {"what": "Cartera made a mistake.", "where": "", "fix": "Nothing was changed. Try again, or tell us."},
        ),
    ],
)
def test_what_goes_wrong_is_told_and_leaves_no_file(book, where, user, work, told):
    job = ask_for(book, "export", {}, user=user, by="Ana")
    work_off(book, where, {"export": work})
    found = job_of(book, job.pk, user=user)
    assert (found.state, found.told) == (FAILED, told)
    assert not files.folder_of(book, where, job.pk).exists()


def test_it_is_done_in_the_language_of_whoever_asked(book, where, user):
    ask_for(book, "export", {}, user=user, by="Ana")
    rows(book).update(language="pt-BR")
    seen = []
    work_off(book, where, {"export": lambda _: seen.append(in_force().language) or {}})
    assert seen == ["pt-BR"]


def test_the_same_asked_twice_is_one_job(book, user):
    first, again, other = (ask_for(book, "export", {"text": text}, user=user, by="Ana") for text in "aab")
    assert first.pk == again.pk != other.pk


def test_nobody_asks_without_end(book, user):
    for number in range(asking.MOST):
        ask_for(book, "export", {"number": number}, user=user, by="Ana")
    with pytest.raises(Exception, match="20 files or other jobs"):
        ask_for(book, "export", {"number": -1}, user=user, by="Ana")


def test_a_job_whose_process_ended_is_begun_again_but_not_for_ever(book, user):
    job = ask_for(book, "export", {"text": "a"}, user=user, by="Ana")
    rows(book).update(state=WORKING, owner=GONE, tries=1)
    give_back(book)
    assert job_of(book, job.pk, user=user).state == WAITING
    rows(book).update(state=WORKING, owner=GONE, tries=running.MOST_TRIES)
    give_back(book)
    assert job_of(book, job.pk, user=user).state == FAILED


def test_a_job_at_work_is_left_alone(book, where, user):
    ask_for(book, "export", {}, user=user, by="Ana")
    seen = []

    def looks(_):
        give_back(book)
        seen.append(rows(book).get().state)
        return {}

    work_off(book, where, {"export": looks})
    assert seen == [WORKING]


def test_a_job_whose_thread_ended_is_begun_again(book, where, user):
    ask_for(book, "export", {}, user=user, by="Ana")

    def ends(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work_off(book, where, {"export": ends})
    assert rows(book).get().state == WORKING
    give_back(book)
    assert rows(book).get().state == WAITING


def test_what_nobody_began_for_a_day_is_gone(book, where, user):
    ask_for(book, "export", {}, user=user, by="Ana")
    rows(book).update(asked_at=now() - KEPT)
    files.sweep(book, where)
    assert not rows(book).exists()


def test_after_a_day_it_is_gone_with_its_file(book, where, user):
    job = ask_for(book, "export", {"text": "a"}, user=user, by="Ana")
    work_off(book, where, {"export": wrote})
    files.sweep(book, where)
    assert files.folder_of(book, where, job.pk).exists()
    rows(book).update(ended_at=now() - KEPT)
    assert job_of(book, job.pk, user=user) is None, "at once, whenever it is swept"
    files.sweep(book, where)
    assert not rows(book).exists()
    assert not files.folder_of(book, where, job.pk).exists()


def test_a_job_that_was_taken_back_while_it_ran_leaves_no_file(book, where, user):
    job = ask_for(book, "export", {"text": "a"}, user=user, by="Ana")

    def erased(at_work):
        rows(book).delete()
        return wrote(at_work)

    work_off(book, where, {"export": erased})
    assert not files.folder_of(book, where, job.pk).exists()


def test_nobody_sees_the_jobs_of_others(book, user):
    from cartera.ledger.models import User

    other = User.objects.db_manager(book.alias).create_user("bo@acme.example", None, name="Bo")
    job = ask_for(book, "export", {}, user=user, by="Ana")
    assert job_of(book, job.pk, user=other) is None
