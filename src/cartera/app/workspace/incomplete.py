"""What must be said about every answer while a source is not read whole? From which day on it is, and why not all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.source_states import DEMO, DISCONNECTED, ENDED, READY, RECONNECT
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.ledger.book import Book

DIFFERS = "DIFFERS"  # the code of a month in which a source and the facts do not agree
FRESH = timedelta(days=1)  # a source read earlier than that may have more
SINCE_EVER = 1  # the year of the first day that there is


def incomplete(book: Book) -> list[str]:
    """A sentence for each source from which facts may be missing; nothing where all is there."""
    from cartera.ledger.models import Position, Source

    own = {"workspace_id": book.workspace_id}
    sources = list(Source.objects.using(book.alias).filter(**own).exclude(state=DISCONNECTED).order_by("name"))
    if not sources:
        return []
    refused = Position.objects.using(book.alias).filter(source__in=sources).exclude(problem="")
    lists: dict[int, list[str]] = {}
    for source, stream in refused.order_by("stream").values_list("source_id", "stream"):
        lists.setdefault(source, []).append(stream)
    months, late = _months(book, sources), _late(book, sources)
    return [
        told
        for one in sources
        for told in (*_told(one, lists.get(one.pk, []), months.get(one.pk, [])), *late.get(one.pk, []))
    ]


def _late(book: Book, sources: list[Any]) -> dict[int, list[str]]:
    """Since when a source could not be read, or nobody has read it. A demonstration is read when somebody asks."""
    from cartera.app.clock import now
    from cartera.ledger.models import Sync

    found: dict[int, list[str]] = {}
    for one in sources:
        ended = Sync.objects.using(book.alias).filter(source=one).exclude(ended_at=None).order_by("-started_at")
        last = ended.first()
        if last is None or one.settings.get(DEMO) or one.state != READY:
            continue
        whole = ended.filter(outcome=ENDED).first()
        if last.outcome != ENDED and not last.told.get("is_through"):
            if whole is None:
                told = say("{source} could not be read to its end yet.", source=one.name)
            else:
                day = whole.started_at.date()
                told = say(
                    "{source} could not be read since {day}: what came later is missing.", source=one.name, day=day
                )
            found[one.pk] = [told]
        elif now() - last.started_at > FRESH:
            found[one.pk] = [say("{source} was last read on {day}.", source=one.name, day=last.started_at.date())]
    return found


def _months(book: Book, sources: list[Any]) -> dict[int, list[str]]:
    """In which months the facts of each source differ from it, however often it was read."""
    from cartera.ledger.models import Problem

    rows = Problem.objects.using(book.alias).filter(source__in=sources, code=DIFFERS, resolved_at=None)
    found: dict[int, list[str]] = {}
    for source, key in rows.order_by("key").values_list("source_id", "key"):
        found.setdefault(source, []).append(key.partition(" ")[0])
    return found


def _told(source: object, lists: list[str], months: list[str]) -> list[str]:
    name, since, state = (getattr(source, part) for part in ("name", "complete_since", "state"))
    found = []
    if state == RECONNECT:
        found.append(say("{source} must be connected again: what came since its last sync is missing.", source=name))
    if since is None:
        found.append(say("{source} has not been read whole yet: clients and invoices may be missing.", source=name))
    elif since.year > SINCE_EVER:
        found.append(
            say(
                "{source} is complete since {day}; who has no invoice since may still change from no activity or lost.",
                source=name, day=since,
            )
        )  # fmt: skip
    if lists:
        found.append(say("Not everything of {source} could be read: {lists}.", source=name, lists=", ".join(lists)))
    if months:
        listed = ", ".join(dict.fromkeys(months))
        found.append(say("{source} does not agree with the facts in {months}.", source=name, months=listed))
    return found
