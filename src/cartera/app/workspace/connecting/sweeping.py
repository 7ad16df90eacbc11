"""What is gone from a source? What its keys no longer show, asked for one by one before it is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.app.workspace.connecting.landing import Ground
from cartera.sources.kit.contract import Record, Stream
from cartera.sources.kit.refusals import IncompleteError
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartera.sources.kit.http import Http

MOST, SHARE = 20, 0.05  # records that may vanish unasked: so many, or this share of a list, whichever is more
ALLOWED = "may_vanish"  # the source's setting: a list whose many missing records a person has confirmed


class ManyGoneError(IncompleteError):
    """So many records vanished that a person must say whether it is true."""


def sweep(ground: Ground, http: Http, stream: Stream) -> int:
    """How many records of the list turned out to be gone. 0 too where the system cannot list its keys."""
    from cartera.ledger.landing.raw import gone

    keys = ground.connector.keys(http, stream)
    if keys is None:
        return 0
    return take_away(ground, http, stream, gone(ground.book, ground.source, stream.name, set(keys)))


def take_away(ground: Ground, http: Http, stream: Stream, missing: Sequence[str]) -> int:
    """How many of the missing records are really gone; one that is there after all is read again.

    ManyGoneError: more than a twentieth of the list, and more than 20.
    """
    from cartera.ledger.models import RawRecord

    if not missing:
        return 0
    rows = RawRecord.objects.using(ground.book.alias).filter(source=ground.source, stream=stream.name, deleted_at=None)
    if len(missing) > max(MOST, SHARE * rows.count()) and ground.source.settings.get(ALLOWED) != stream.name:
        raise ManyGoneError(
            say("{count} records of {stream} are not there any more.", count=len(missing), stream=stream.name),
            where=ground.source.name,
        )
    records = []
    for key in missing:
        found = ground.connector.one(http, stream, key)
        records.append(found or Record(key, "{}", is_deleted=True))
    ground.land(stream, records, None)
    return sum(one.is_deleted for one in records)
