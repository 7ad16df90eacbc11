"""Who does what waits while pages are served? A thread that looks once a minute, and at once when it is woken.

Each kind of work has a thread of its own while there is some: a long one keeps nobody else waiting.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING

from cartera.app.clock import now
from cartera.app.workspace.day import day_there
from cartera.app.workspace.jobs.asking import WAITING, rows, woken
from cartera.app.workspace.jobs.files import sweep
from cartera.app.workspace.jobs.running import give_back, work_off
from cartera.web.jobs import works
from cartera.web.site import is_served, served

if TYPE_CHECKING:
    from cartera.web.site import Site

EVERY = 60  # seconds
HOURLY = "hourly"  # what nobody asks for: connected systems are read
_guard = Lock()
_at_work: dict[tuple[str, str, str], Thread] = {}


def begin() -> None:
    """Look from now on, until the process ends."""
    Thread(target=_forever, name="tick", daemon=True).start()


def _forever() -> None:
    while True:
        with suppress(Exception):  # told by `tick`; the next minute is another try
            tick()
        woken.wait(EVERY)
        woken.clear()


def tick() -> None:
    """Take up what waits in every workspace, and throw away what is over."""
    from django.db import connections

    try:
        for word in served().workspaces() if is_served() else ():
            _tick(served(), word)
    except Exception:
        logging.getLogger(__name__).exception("the tick failed")
        raise
    finally:
        connections.close_all()  # those of this thread


def _tick(site: Site, word: str) -> None:
    from cartera.ledger.models import Source

    desk = site.desk(site.workspaces()[word])
    give_back(desk.book)
    sweep(desk.book, desk.where)
    for kind in rows(desk.book).filter(state=WAITING).values_list("kind", flat=True).distinct():
        _begin(site, word, kind)
    if Source.objects.using(desk.book.alias).filter(workspace_id=desk.book.workspace_id).exists():
        _begin(site, word, HOURLY)


def _begin(site: Site, word: str, kind: str) -> None:
    """A thread for this kind in this workspace, where none is at work."""
    own = site.alias, word, kind
    with _guard:
        if kind not in (*works(word), HOURLY) or (own in _at_work and _at_work[own].is_alive()):
            return
        _at_work[own] = Thread(target=_work, args=own[1:], kwargs={"site": site}, name=f"{kind} of {word}", daemon=True)
        _at_work[own].start()


def _work(word: str, kind: str, *, site: Site) -> None:
    from django.db import connections

    from cartera.app.workspace.connecting.schedule import sync_due

    try:
        desk = site.desk(site.workspaces()[word])
        if kind == HOURLY:
            sync_due(desk.book, now=now, today=day_there(desk.book))
        else:
            work_off(desk.book, desk.where, {kind: works(word)[kind]})
    except Exception:
        logging.getLogger(__name__).exception("jobs of %s cannot be done", word)
    finally:
        connections.close_all()
