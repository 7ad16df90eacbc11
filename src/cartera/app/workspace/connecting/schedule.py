"""When is a source read by itself? Every hour; less often while it fails; never while a person is needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.connecting import every, found
from cartera.app.workspace.connecting.running import sync, told
from cartera.app.workspace.source_states import DEMO, ENDED, READY
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.app.workspace.jobs.running import Running
    from cartera.ledger.book import Book
    from cartera.ledger.models import Source

EVERY = timedelta(hours=1)
MOST_FAILURES = 8  # runs of a day that ended in failure; after them it is read once a day
WARNED = timedelta(days=7)  # before an unused token dies


def due(book: Book, at: datetime) -> list[Source]:
    """The sources to be read now."""
    return [one for one in every(book) if _is_due(book, one, at)]


def _is_due(book: Book, source: Source, at: datetime) -> bool:
    from cartera.ledger.models import Sync

    if source.state != READY or source.settings.get(DEMO):
        return False
    rows = Sync.objects.using(book.alias).filter(source=source)
    last = rows.order_by("-started_at").first()
    if last is None:
        return True
    told = rows.filter(started_at__gt=at - timedelta(days=1)).exclude(outcome=ENDED).values_list("told", flat=True)
    failures = sum(not one.get("is_through") for one in told)  # a list that is refused keeps no other waiting
    pause = timedelta(days=1) if failures >= MOST_FAILURES else EVERY
    return bool(last.started_at + pause <= at)


def ending(book: Book, at: datetime) -> list[tuple[str, date]]:
    """Sources whose unused token dies within a week, and when: a paused source must be read or connected again."""
    from cartera.ledger.models import Secret

    rows = Secret.objects.using(book.alias).filter(source__workspace_id=book.workspace_id)
    rows = rows.filter(refresh_expires_at__lte=at + WARNED).select_related("source").order_by("source__name")
    return [(str(row.source.name), row.refresh_expires_at.date()) for row in rows if row.refresh_expires_at]


def sync_due(book: Book, *, now: Callable[[], datetime], today: date) -> int:
    """Read what is due, one source after the other; how many were read. One that fails keeps no other waiting."""
    sources = due(book, now())
    for source in sources:
        try:
            sync(EVERYTHING, book, source, now=now, today=today)
        except CarteraError:
            continue  # its row says so
    return len(sources)


def job(running: Running) -> dict[str, Any]:
    """A sync that a person asked for on a page: what it did."""
    from cartera.app.clock import now
    from cartera.app.workspace.day import day_there

    source = found(running.book, str(running.arguments["source"]))
    outcome = sync(EVERYTHING, running.book, source, now=now, today=day_there(running.book))
    return {"outcome": outcome.outcome, "text": told(source, outcome), "problems": outcome.problems}
