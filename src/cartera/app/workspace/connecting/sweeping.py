"""What is gone from a source, or never came? Keys compared with ours, asked for one by one before it is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.app.workspace.connecting.landing import Ground
from cartera.app.workspace.connecting.remembering import keep_setting
from cartera.errors import suggested
from cartera.sources.kit.contract import Record, Stream
from cartera.sources.kit.refusals import IncompleteError
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cartera.sources.kit.http import Http

MOST, SHARE = 20, 0.05  # records that may vanish unasked: so many, or this share of a list, whichever is more
MOST_ASKED = 200  # records that never came and are asked for one by one
ALLOWED = "may_vanish"  # the source's setting: a list whose many missing records a person has confirmed


class ManyGoneError(IncompleteError):
    """So many records vanished that a person must say whether it is true."""


def sweep(ground: Ground, http: Http, stream: Stream) -> int:
    """How many records of the list turned out to be gone. 0 too where the system cannot list its keys.

    What it holds and never came is asked for: a record without an update time is found by no reading since then.
    IncompleteError: its keys left out what is there.
    """
    from cartera.ledger.landing.raw import gone, missed

    found = ground.connector.keys(http, stream)
    if found is None:
        return 0
    erased, book, source = ground.erased, ground.book, ground.source
    keys = {erased.key(stream.name, key) for key in found}
    _brought(ground, http, stream, missed(book, source, stream.name, keys))
    return take_away(ground, http, stream, gone(book, source, stream.name, keys))


def _brought(ground: Ground, http: Http, stream: Stream, keys: Sequence[str]) -> None:
    """The records of these keys, landed; so many that it takes a reading of the whole list are left to the next one."""
    from cartera.ledger.models import Position

    if len(keys) > MOST_ASKED:
        rows = Position.objects.using(ground.book.alias).filter(source=ground.source, stream=stream.name)
        rows.update(phase="", updated_at=None, step=0, link="")
        raise IncompleteError(
            say("{count} records of {stream} never came; the next sync reads the whole list.", count=len(keys),
                stream=stream.name)
        )  # fmt: skip
    records = [record for key in keys if (record := ground.connector.one(http, stream, key)) is not None]
    if records:
        ground.land(stream, records, None)


def take_away(ground: Ground, http: Http, stream: Stream, missing: Sequence[str]) -> int:
    """How many of the missing records are really gone; one that is there after all is read again.

    ManyGoneError: more than a twentieth of the list, and more than 20. IncompleteError: some are there after all.
    """
    from cartera.ledger.models import RawRecord

    if not missing:
        return 0
    source, book = ground.source, ground.book
    rows = RawRecord.objects.using(book.alias).filter(source=source, stream=stream.name, deleted_at=None)
    is_allowed = source.settings.get(ALLOWED) == stream.name
    if len(missing) > max(MOST, SHARE * rows.count()) and not is_allowed:
        raise ManyGoneError(
            say("{count} records of {stream} are not there any more.", count=len(missing), stream=stream.name),
            where=str(source.name),
            fix=say(
                "Look into the source. If they are really gone: {command}.",
                command=suggested("sources", "set", str(source.name), ALLOWED, stream.name),
            ),
        )
    known = ground.erased.known  # nobody can be asked for under a pseudonym
    asked = [(key, None if key in known else ground.connector.one(http, stream, key)) for key in missing]
    ground.land(stream, [record or Record(key, "{}", is_deleted=True) for key, record in asked], None)
    if is_allowed:  # once
        keep_setting(book, source, ALLOWED, None)
    back = sum(record is not None and not record.is_deleted for _, record in asked)
    if back:
        raise IncompleteError(
            say("{count} records of {stream} were left out and are there.", count=back, stream=stream.name)
        )
    return len(asked)
