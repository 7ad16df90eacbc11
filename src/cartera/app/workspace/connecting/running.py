"""How is a source synced? By one process alone, written down from beginning to end, whatever becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.connecting.connecting import way
from cartera.app.workspace.connecting.landing import Ground
from cartera.app.workspace.connecting.sweeping import ManyGoneError, sweep
from cartera.app.workspace.connecting.syncing import DONE, Outcome, Run
from cartera.app.workspace.source_states import BASE, DEMO, ENDED, FAILED, INCOMPLETE, PAUSED, READY, RECONNECT
from cartera.errors import CarteraError
from cartera.sources.kit.refusals import (
    IncompleteError,
    PausedError,
    RefusedStreamError,
    UnauthorisedError,
    UnreachableError,
)
from cartera.tongue import say, spoken

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.lease import Held
    from cartera.ledger.models import Source, Sync
    from cartera.sources.kit.contract import Connector
    from cartera.sources.kit.http import Http

Told = Callable[[str, int], object]
BUSY = "busy"
SWEPT_EVERY = timedelta(hours=20)  # once a night, whenever the night's run begins
RENEWED_EVERY = timedelta(seconds=20)


def sync(
    scope: Scope,
    book: Book,
    source: Source,
    *,
    now: Callable[[], datetime],
    today: date,
    is_full: bool = False,
    told: Told = lambda *_: None,
    system: Connector | None = None,
) -> Outcome:
    """One run over a source: done, incomplete, paused, reconnect, or busy when another process reads it.

    is_full: every list from its beginning. told: is given the list and how many records have come. system: the
    connector, for one that is not registered.
    """
    from cartera.ledger.lease import BusyError, held
    from cartera.sources.registry import connector

    scope.require("sync")
    try:
        with held(book, f"sync of {source.name}", now) as lease:
            found = system or connector(str(source.kind))
            renew = _renewing(lease, now)
            return _written(book, source, found, now, today, is_full=is_full, told=told, renew=renew)
    except BusyError as problem:
        return Outcome(BUSY, problems=[problem.sentence])


def _renewing(lease: Held, now: Callable[[], datetime]) -> Callable[[], None]:
    """Holds the lease on, before every request and every batch that is mapped again."""
    renewed = [now()]

    def step() -> None:
        if now() - renewed[0] > RENEWED_EVERY:
            lease.renew()
            renewed[0] = now()

    return step


def is_running(book: Book, name: str, at: datetime) -> bool:
    """Whether a process reads the source now."""
    from cartera.ledger.lease import is_gone
    from cartera.ledger.models import Lease

    rows = Lease.objects.using(book.alias).filter(workspace_id=book.workspace_id, name=f"sync of {name}", until__gt=at)
    row = rows.first()
    return row is not None and not is_gone(str(row.owner))


def _written(
    book: Book,
    source: Source,
    system: Connector,
    now: Callable[[], datetime],
    today: date,
    *,
    is_full: bool,
    told: Told,
    renew: Callable[[], None],
) -> Outcome:
    """The run with its row, which says how it ended also when it was an error that nobody expected."""
    from cartera.ledger.models import Position, Source, Sync

    source.refresh_from_db(using=book.alias)
    if is_full:
        Position.objects.using(book.alias).filter(source=source).update(phase="", updated_at=None, step=0, link="")
    Sync.objects.using(book.alias).filter(source=source, ended_at=None).update(ended_at=now(), outcome=FAILED)  # killed
    row = Sync.objects.using(book.alias).create(source=source, started_at=now())
    outcome = Outcome(FAILED)
    try:
        left = _left(book, source, system, now())
        with at_hand(source, today), way(book, source, system, now, left=left, before=renew) as http:
            run = Run(Ground(book, source, system, row, now, today, renew=renew), http, told)
            outcome = run.go()
            if outcome.is_through:
                _looked_after(run.ground, http, outcome)
            outcome.requests = http.requests
        if outcome.outcome == RECONNECT:
            own = Source.objects.using(book.alias).filter(pk=source.pk, state=READY)
            own.update(state=RECONNECT)
    except CarteraError as problem:
        outcome.problems.append(problem.sentence)
        raise
    finally:
        _ended(book, row, outcome, now())
    return outcome


@contextmanager
def at_hand(source: Source, today: date) -> Iterator[None]:
    """A demonstration is served by this process while it is read, at a free port; other sources need nothing."""
    if not source.settings.get(DEMO):
        yield
        return
    from cartera.sources.registry import pretend

    with pretend(str(source.kind))(today) as base:
        source.settings[BASE] = base
        yield


def _left(book: Book, source: Source, system: Connector, at: datetime) -> int | None:
    """How many requests may still be made within a day; some are left to the user's other programs."""
    from django.db.models import Sum

    from cartera.ledger.models import Sync

    if system.budget.per_day is None:
        return None
    rows = Sync.objects.using(book.alias).filter(source=source, started_at__gt=at - timedelta(days=1))
    made = rows.aggregate(made=Sum("requests"))["made"] or 0
    return max(system.budget.per_day - system.budget.reserve - made, 0)


def _looked_after(ground: Ground, http: Http, outcome: Outcome) -> None:
    """What is done once a night and once a week, with the lists that can be read."""
    try:
        _swept(ground, http, outcome)
        _compared(ground, http, outcome)
    except UnauthorisedError as problem:
        outcome.outcome = RECONNECT
        outcome.problems.append(problem.sentence)


def _swept(ground: Ground, http: Http, outcome: Outcome) -> None:
    """Once a night the keys of lists that do not tell of deletions are compared."""
    from cartera.ledger.models import Position

    for stream in ground.connector.streams:
        places: Any = Position.objects.using(ground.book.alias).filter(
            source=ground.source, stream=stream.name, phase=DONE
        )
        place = places.first()
        is_due = place is not None and (place.swept_at is None or ground.now() - place.swept_at > SWEPT_EVERY)
        if not stream.is_swept or not is_due or stream.name in outcome.refused:
            continue
        try:
            sweep(ground, http, stream)
            places.update(swept_at=ground.now(), problem="")
        except (IncompleteError, RefusedStreamError, PausedError, UnreachableError) as problem:
            outcome.outcome = INCOMPLETE
            outcome.problems.append(problem.sentence)
            outcome.is_asking = outcome.is_asking or isinstance(problem, ManyGoneError)
            places.update(problem=problem.sentence)


def _compared(ground: Ground, http: Http, outcome: Outcome) -> None:
    """Once a week number and sum of the documents are compared with the source's, month by month."""
    from cartera.app.workspace.connecting.comparing import compare, differing, is_due

    if not is_due(ground.source, ground.now()):
        return
    try:
        compare(ground, http, outcome.refused)
        outcome.problems += differing(ground.book, ground.source)
    except (IncompleteError, RefusedStreamError, PausedError, UnreachableError) as problem:
        outcome.outcome = INCOMPLETE
        outcome.problems.append(problem.sentence)
        outcome.is_asking = outcome.is_asking or isinstance(problem, ManyGoneError)


def _ended(book: Book, row: Sync, outcome: Outcome, at: datetime) -> None:
    from cartera.ledger.models import Sync

    told = {"problems": outcome.problems[:20], "left_out": outcome.left_out, "is_through": outcome.is_through}
    own = Sync.objects.using(book.alias).filter(pk=row.pk)
    own.update(ended_at=at, outcome=outcome.outcome, requests=outcome.requests, told=told)


def status_of(outcomes: list[Outcome]) -> int:
    """The exit status: 5 when a source must be connected again, 3 when a person is asked, 6 when not all was read."""
    found = {one.outcome for one in outcomes}
    if RECONNECT in found:
        return 5
    return 3 if any(one.is_asking for one in outcomes) else 6 if found & {INCOMPLETE, PAUSED, FAILED} else 0


def told(source: Source, outcome: Outcome) -> str:
    """What a run did, in a sentence."""
    name = str(source.name)
    if outcome.outcome == BUSY:
        return say("{source} is being read by another program just now.", source=name)
    if outcome.outcome == RECONNECT:
        return say("{source} must be connected again.", source=name)
    said = say(
        "{source}: {records} records read, {new} of them new or changed, {requests} requests.",
        source=name, records=outcome.records, new=outcome.new, requests=outcome.requests,
    )  # fmt: skip
    if outcome.left_out:
        listed = ", ".join(f"{spoken(why)}: {count}" for why, count in sorted(outcome.left_out.items()))
        said = f"{said} {say('Left out: {reasons}.', reasons=listed)}"
    return said if outcome.outcome == ENDED else f"{said} {say('Not everything could be read.')}"
