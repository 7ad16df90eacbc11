"""Who reads and imports an upload while its page stays usable? A thread of its own, which says how far it is."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import partial
from threading import BoundedSemaphore, Lock, Thread
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.day import day_there
from cartera.app.workspace.faults import explained
from cartera.app.workspace.importing.commit import commit
from cartera.app.workspace.importing.pending import Pending, empty, reopen, totals_of, write
from cartera.app.workspace.importing.prepare import Earlier, Prepared, prepare
from cartera.app.workspace.importing.understood import asked, understood
from cartera.app.workspace.importing.unpacking import unpacked
from cartera.app.workspace.stated import RECONCILE, state
from cartera.errors import Ambiguous, CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

READING, READY, ASKED, REFUSED, KNOWN, IMPORTING, DONE = (
    "reading", "ready", "asked", "refused", "known", "importing", "done",
)  # fmt: skip
WORKING = (READING, IMPORTING)
TOLD_EVERY, DEAD_AFTER = timedelta(seconds=0.5), timedelta(minutes=2)
STATE, SHOWN = "state.json", "shown.json"
HALF = 0.5  # an import reads the file once more, then writes
_running: set[str] = set()
_guard, _turn = Lock(), BoundedSemaphore(1)  # one file at a time: each may fill some hundred megabytes


@dataclass(frozen=True)
class State:
    """How far an upload is. share: 0 to 1 of the work. told: what, where, fix of a refusal, and of which step;
    number, day of an import.

    questions: what a person must answer before the file can be read.
    """

    step: str
    at: datetime
    share: float = 0.0
    told: dict[str, Any] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_working(self) -> bool:
        """Whether somebody is at work on it."""
        return self.step in WORKING


def state_of(scope: Scope, book: Book, found: Pending) -> State:
    """How far the upload is; work that nobody does (any more) is begun."""
    here = _state(found)
    if found.is_accepted and here.step == READY:
        here = State(IMPORTING, here.at)
    if here.is_working and not _is_alive(found, here):
        begin(scope, book, found, here.step)
    return here


def _is_alive(found: Pending, here: State) -> bool:
    """Whether a thread here is at work on it, or another process that has not ended."""
    from cartera.ledger.lease import is_gone

    owner = here.told.get("owner", "")
    if found.token in _running or not owner or owner == _own():
        return found.token in _running
    return now() - here.at < DEAD_AFTER and not is_gone(owner)


def _own() -> str:
    import os
    import socket

    return f"{socket.gethostname()}:{os.getpid()}"


def _state(found: Pending) -> State:
    try:
        told = json.loads((found.folder / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return State(READING, now())
    return State(**told | {"at": datetime.fromisoformat(told["at"])})


def shown(found: Pending) -> dict[str, Any]:
    """What was understood of the upload, as `Understood` has it; nothing before it was read."""
    try:
        kept: dict[str, Any] = json.loads((found.folder / SHOWN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept


def begin(
    scope: Scope, book: Book, found: Pending, step: str = READING, then: Callable[[], object] | None = None
) -> None:
    """Read the upload anew, or import it, in a thread; nothing when that is under way. then: done before it is told."""
    scope.require("import")
    with _guard:
        if found.token in _running:
            return
        _running.add(found.token)
    _tell(found, State(step, now(), told={"owner": _own()}))
    # in the language of whoever asks
    work = partial(copy_context().run, _work, scope, book, found, step, then)
    Thread(target=work, name=f"import {found.token}", daemon=True).start()


def _work(scope: Scope, book: Book, found: Pending, step: str, then: Callable[[], object] | None) -> None:
    from django.db import connections

    try:
        with _turn:
            outcome = _outcome(scope, book, found, step)
            if outcome.step == DONE and then is not None:
                then()
            _tell(found, outcome)
    except OSError:  # thrown away meanwhile
        logging.getLogger(__name__).info("upload %s is gone", found.token)
    finally:
        _running.discard(found.token)
        connections.close_all()  # those of this thread
        _give_back()


def _give_back() -> None:
    """What the tables of a large file took is free for others."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()


def _outcome(scope: Scope, book: Book, found: Pending, step: str) -> State:
    """The state in which the work ends; what goes wrong is told, never raised."""
    try:
        return _imported(scope, book, found) if step == IMPORTING else _read(scope, book, found)
    except Ambiguous as unclear:
        reopen(found)
        return State(ASKED, now(), questions=[asked(one) for one in unclear.questions])
    except Exception as problem:  # noqa: BLE001 - a thread has nobody above it
        reopen(found)
        return State(REFUSED, now(), told=_problem(found, problem) | {"of": step})


def _read(scope: Scope, book: Book, found: Pending) -> State:
    prepared = _prepared(scope, book, found, _progress(found, READING, 0, 1))
    if isinstance(prepared, Earlier):
        return _known(found, prepared)
    write(found.folder / SHOWN, asdict(understood(prepared)))
    return State(READY, now(), 1.0)


def _imported(scope: Scope, book: Book, found: Pending) -> State:
    prepared = _prepared(scope, book, found, _progress(found, IMPORTING, 0, HALF))
    if isinstance(prepared, Earlier):
        return _known(found, prepared)
    if prepared.preview.questions:  # the facts changed since the page was shown
        write(found.folder / SHOWN, asdict(understood(prepared)))
        reopen(found)
        return State(READY, now(), 1.0)
    is_first = book.facts_version == 0
    done = commit(scope, prepared, now=now, by=found.by, told=_progress(found, IMPORTING, HALF, 1))
    if found.totals and scope.allows(RECONCILE):
        state(scope, book, totals_of(found), by=found.by)
    empty(found)
    return State(DONE, now(), 1.0, {"number": done.number, "is_first": is_first})


def _known(found: Pending, earlier: Earlier) -> State:
    empty(found)
    return State(KNOWN, now(), 1.0, {"number": earlier.number, "day": earlier.day})


def _prepared(scope: Scope, book: Book, found: Pending, told: Callable[[float], None]) -> Prepared | Earlier:
    path, today = unpacked(found.file), day_there(book)
    return prepare(scope, book, path, found.answers, today=today, source=found.source, progress=told)


def _progress(found: Pending, step: str, start: float, end: float) -> Callable[[float], None]:
    last = now()

    def told(share: float) -> None:
        nonlocal last
        if now() - last > TOLD_EVERY:
            last = now()
            _tell(found, State(step, last, start + (end - start) * share, {"owner": _own()}))

    return told


def _tell(found: Pending, here: State) -> None:
    write(found.folder / STATE, asdict(here) | {"at": here.at.isoformat()})


def _problem(found: Pending, problem: Exception) -> dict[str, Any]:
    """What, where and fix of what went wrong, without our own paths."""
    expected = problem if isinstance(problem, CarteraError) else explained(problem)
    if expected is None:
        logging.getLogger(__name__).error("upload %s cannot be read", found.token, exc_info=problem)
        expected = CarteraError(
            say("Cartera made a mistake with this file."), fix=say("Nothing was changed. Please tell us.")
        )
    told = {"what": expected.what, "where": expected.where, "fix": expected.fix}
    own = (str(found.file), str(found.file.parent), str(found.folder))
    for path in own:
        told = {name: text.replace(path, found.name) for name, text in told.items()}
    return told
