"""How is a long list read without losing a record? By update time, which no edit shifts, or by the source's own links.

Pages by number lose records: one that is edited moves to the end, and its neighbour slides onto the page already read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from cartera.sources.kit.contract import Page, Position, Record
from cartera.sources.kit.refusals import ForeignHostError, IncompleteError, RefusedStreamError
from cartera.tongue import say

Asked = Callable[[datetime | None, int], tuple[Sequence[Record], int | None]]
MOST_PAGES = 100_000  # of one walk; more means that a source answers the same page for ever


def by_key(ask: Asked, position: Position, size: int) -> Iterator[Page]:
    """The pages of a list in the order of its update times, each asked anew from the largest time landed.

    ask: (updated at or after, records to leave out) -> the records, and how many there are. Only while a whole page has
    one and the same update time, records are left out within that time. size: of a full page; one that is not full is
    the last, unless the source counts more.
    """
    now = position
    for _ in range(MOST_PAGES):
        records, expected = ask(now.updated_at, now.step)
        is_left = bool(records) and expected is not None and now.step + len(records) < expected
        newest = max((one.updated_at for one in records if one.updated_at), default=now.updated_at)
        # Backwards never: a source that tells seconds only answers with what came just before the position as well.
        is_moving = newest is not None and (now.updated_at is None or newest > now.updated_at)
        now = Position(newest) if is_moving else replace(now, step=now.step + len(records))
        if records:
            yield Page(tuple(records), now, expected)
        if len(records) < size and not is_left:
            return
    raise IncompleteError(say("the list has no end."))


def by_link(ask: Callable[[str], tuple[Sequence[Record], str, int | None]], position: Position) -> Iterator[Page]:
    """The pages of a list by the links that it gives. ask: link, empty for the first -> records, next link, count.

    The position keeps its time until the last page: such a list is in no order of time, and one whose link is refused
    or foreign when the walk goes on, is begun anew.
    """
    link, seen, newest = position.link, {position.link}, position.updated_at
    while True:
        try:
            records, following, expected = ask(link)
        except (RefusedStreamError, ForeignHostError):
            if not link or link != position.link:
                raise
            link = ""
            continue
        newest = max((one.updated_at for one in (*records, Record("", "", newest)) if one.updated_at), default=None)
        yield Page(tuple(records), Position(position.updated_at if following else newest, link=following), expected)
        if not following:
            return
        if following in seen:
            raise IncompleteError(say("the list leads back to a page already read."))
        seen.add(following)
        link = following


def followed(base: str, path: str, link: str) -> str:
    """The address of a link that a list gave, as it stands where it is whole, below the base where it is not.

    ForeignHostError: it does not lead to the list at `path`. The host is looked at by whoever asks.
    """
    parts, own = urlsplit(link), urlsplit(base).path.rstrip("/")
    if parts.path not in (path, f"{own}{path}", f"/api{own}{path}"):
        raise ForeignHostError(say("the address {address} is none of this source's.", address=link.partition("?")[0]))
    if parts.scheme or parts.netloc:
        return link
    return f"{base}{path}{'?' if parts.query else ''}{parts.query}"
