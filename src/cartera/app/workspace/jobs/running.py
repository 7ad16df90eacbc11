"""Who does what waits? Whoever calls `work_off`: one job after the other, each once, told how far it is."""

from __future__ import annotations

import logging
import os
import shutil
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.tongues import tongue
from cartera.app.workspace.faults import explained
from cartera.app.workspace.jobs.asking import DONE, FAILED, KEPT, WAITING, WORKING, rows
from cartera.app.workspace.jobs.files import folder_of, laid
from cartera.errors import CarteraError
from cartera.tongue import say, speaking

if TYPE_CHECKING:
    from pathlib import Path

    from cartera.app.workspace.place import Place
    from cartera.ledger.book import Book
    from cartera.ledger.models import Job

TOLD_EVERY = timedelta(seconds=0.5)
MOST_TRIES = 2  # what ends its process twice is not begun a third time
Told = dict[str, Any]
_here: set[tuple[str, int]] = set()  # at work in this process
_guard = Lock()


@dataclass
class Running:
    """A job at work. folder: its own, for files. told: a dictionary to be kept comes back from whoever does it."""

    book: Book
    where: Place
    job: Job
    folder: Path
    _last: datetime = field(default_factory=now)

    @property
    def arguments(self) -> Told:
        """What was asked for."""
        found: Told = self.job.arguments
        return found

    def tell(self, share: float) -> None:
        """Let people see how far it is. share: of the work, from 0 to 1."""
        if now() - self._last > TOLD_EVERY:
            self._last = now()
            _mine(self.book, self.job).update(percent=round(100 * share))


Work = Callable[[Running], Told]


def work_off(book: Book, where: Place, kinds: Mapping[str, Work]) -> int:
    """Do all jobs of these kinds that wait; how many were done or failed."""
    count = 0
    while (job := _claimed(book, tuple(kinds))) is not None:
        try:
            _do(Running(book, where, job, laid(book, where, job.pk)), kinds[job.kind])
        finally:
            _here.discard((book.alias, job.pk))
        count += 1
    return count


def give_back(book: Book) -> None:
    """Let the jobs at which nobody is at work any more wait again; those that ended their process too often fail."""
    for job in rows(book).filter(state=WORKING):
        if _is_left(book, job):
            _mine(book, job).update(**(_given_up(job) if job.tries >= MOST_TRIES else {"state": WAITING}))


def _is_left(book: Book, job: Job) -> bool:
    """Whether its process, or its thread here, has ended."""
    from cartera.ledger.lease import is_gone

    if job.owner == _own():
        with _guard:
            return (book.alias, job.pk) not in _here
    return is_gone(job.owner) or (job.begun_at is not None and job.begun_at + KEPT <= now())


def _given_up(job: Job) -> Told:
    with speaking(tongue(job.language)):
        what, fix = say("The program ended while it was at work on this."), say("Ask for it again.")
    return {"state": FAILED, "told": {"what": what, "where": "", "fix": fix}, "ended_at": now()}


def _claimed(book: Book, kinds: tuple[str, ...]) -> Job | None:
    """The job that has waited longest, ours from now on; None when none waits."""
    for job in rows(book).filter(state=WAITING, kind__in=kinds).order_by("pk"):
        own = {"state": WORKING, "owner": _own(), "tries": job.tries + 1, "begun_at": now()}
        with _guard:  # nobody may look whether it was left between the two
            is_ours = rows(book).filter(pk=job.pk, state=WAITING).update(**own)
            if is_ours:
                _here.add((book.alias, job.pk))
        if is_ours:
            found: Job = rows(book).get(pk=job.pk)
            return found
    return None


def _do(running: Running, work: Work) -> None:
    ended: Told
    with speaking(tongue(running.job.language)):
        try:
            ended = {"state": DONE, "percent": 100, "told": work(running)}
        except Exception as problem:  # noqa: BLE001 - a thread has nobody above it
            ended = {"state": FAILED, "told": _problem(running.job, problem)}
    if not _mine(running.book, running.job).update(**ended, ended_at=now()) or ended["state"] == FAILED:
        # Failed, or taken back meanwhile: a person in it was erased.
        shutil.rmtree(folder_of(running.book, running.where, running.job.pk), ignore_errors=True)


def _mine(book: Book, job: Job) -> Any:
    return rows(book).filter(pk=job.pk, owner=job.owner, state=WORKING)


def _own() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _problem(job: Job, problem: Exception) -> Told:
    """What, where and fix of what went wrong."""
    expected = problem if isinstance(problem, CarteraError) else explained(problem)
    if expected is None:
        logging.getLogger(__name__).error("the job %s failed", job.pk, exc_info=problem)
        expected = CarteraError(say("Cartera made a mistake."), fix=say("Nothing was changed. Try again, or tell us."))
    return {"what": expected.what, "where": expected.where, "fix": expected.fix}
