"""What did a source send? The newest payload of each record, everything it ever said, and which records it touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef

from cartera.ledger.book import Book
from cartera.ledger.models import RawRecord, RawTouch, RawVersion, Source

AT_ONCE = 500  # keys in one query
Name = tuple[str, str]  # stream, key


@dataclass(frozen=True)
class Arrived:
    """A record of a page. hash: of what it says. touches: other records whose facts depend on it."""

    key: str
    payload: str
    hash: str
    updated_at: datetime | None
    is_deleted: bool
    touches: tuple[Name, ...] = ()


def known(book: Book, source: Source, stream: str, keys: Collection[str]) -> dict[str, RawRecord]:
    """key -> record as it came last, of those that came before."""
    rows = RawRecord.objects.using(book.alias).filter(source=source, stream=stream)
    found: dict[str, RawRecord] = {}
    for some in _some(keys):
        found |= {row.key: row for row in rows.filter(key__in=some)}
    return found


def news(book: Book, source: Source, stream: str, arrived: Iterable[Arrived]) -> list[Arrived]:
    """Those that say something else than before, each key once, as it came last."""
    last = {one.key: one for one in arrived}
    before = known(book, source, stream, last)
    return [one for one in last.values() if _differs(before.get(one.key), one)]


def _differs(before: RawRecord | None, now: Arrived) -> bool:
    """Whether it says something new. A deletion says nothing but that, and is told once; of what never came, never."""
    if before is None:
        return not now.is_deleted
    return now.is_deleted != (before.deleted_at is not None) or (not now.is_deleted and before.hash != now.hash)


def keep(
    book: Book, source: Source, stream: str, records: Collection[Arrived], *, at: datetime, on: date, sync: int | None
) -> None:
    """The records as they are now; a deleted one keeps what it said last. Inside the transaction of their page."""
    before = known(book, source, stream, [one.key for one in records])
    own = {"source": source, "stream": stream}
    new, changed = [], []
    for one in records:
        row = before.get(one.key)
        if row is None:
            row = RawRecord(**own, key=one.key, payload=one.payload, hash=one.hash, seen_on=on)
            new.append(row)
        else:
            changed.append(row)
        row.sync_id, row.updated_at = sync, one.updated_at or row.updated_at
        row.deleted_at = (row.deleted_at or at) if one.is_deleted else None
        if not one.is_deleted:
            row.payload, row.hash = one.payload, one.hash
    rows = RawRecord.objects.using(book.alias)
    rows.bulk_create(new)
    rows.bulk_update(changed, ("payload", "hash", "updated_at", "sync", "deleted_at"), batch_size=AT_ONCE)
    RawVersion.objects.using(book.alias).bulk_create(
        RawVersion(**own, key=one.key, payload=one.payload, hash=one.hash, updated_at=one.updated_at, seen_at=at)
        for one in records
    )
    _touch(book, source, stream, [one for one in records if not one.is_deleted])


def _touch(book: Book, source: Source, stream: str, records: Collection[Arrived]) -> None:
    rows = RawTouch.objects.using(book.alias)
    for some in _some([one.key for one in records]):
        rows.filter(source=source, stream=stream, key__in=some).delete()
    rows.bulk_create(
        RawTouch(source=source, stream=stream, key=one.key, to_stream=to_stream, to_key=to_key)
        for one in records
        for to_stream, to_key in dict.fromkeys(one.touches)
    )


def earlier(book: Book, source: Source, stream: str, key: str) -> Iterator[str]:
    """What the record said, the newest first."""
    rows = RawVersion.objects.using(book.alias).filter(source=source, stream=stream, key=key)
    yield from rows.order_by("-pk").values_list("payload", flat=True).iterator(AT_ONCE)


def touching(book: Book, source: Source, names: Collection[Name], by: str) -> Mapping[Name, list[RawRecord]]:
    """The records of stream `by` that touch each of these, as they came last, in the order of their keys."""
    pairs: dict[str, set[Name]] = defaultdict(set)
    for stream, keys in _by_stream(names).items():
        rows = RawTouch.objects.using(book.alias).filter(source=source, stream=by, to_stream=stream)
        for some in _some(keys):
            for key, to_key in rows.filter(to_key__in=some).values_list("key", "to_key"):
                pairs[key].add((stream, to_key))
    found: dict[Name, list[RawRecord]] = defaultdict(list)
    for key, row in sorted(known(book, source, by, pairs).items()):
        for name in pairs[key]:
            found[name].append(row)
    return found


def touched_by(book: Book, source: Source, names: Collection[Name], by: str, *, but: Collection[str] = ()) -> set[Name]:
    """Which of these are touched by a record of stream `by` that is there. but: keys of such that do not matter."""
    there = RawRecord.objects.using(book.alias).filter(source=source, stream=by, key=OuterRef("key"), deleted_at=None)
    left_aside, found = set(but), set()
    for stream, own in _by_stream(names).items():
        rows = RawTouch.objects.using(book.alias).filter(Exists(there), source=source, stream=by, to_stream=stream)
        for some in _some(own):
            touches = rows.filter(to_key__in=some).values_list("key", "to_key")
            found |= {(stream, to_key) for key, to_key in touches if key not in left_aside}
    return found


def touched(book: Book, source: Source, stream: str, keys: Collection[str]) -> set[Name]:
    """What these records touched until now: when one no longer does, its facts change as well."""
    rows = RawTouch.objects.using(book.alias).filter(source=source, stream=stream)
    return {name for some in _some(keys) for name in rows.filter(key__in=some).values_list("to_stream", "to_key")}


def looking(book: Book, source: Source, stream: str, keys: Collection[str]) -> set[Name]:
    """The records of other lists that touch these."""
    rows = RawTouch.objects.using(book.alias).filter(source=source, to_stream=stream)
    return {name for some in _some(keys) for name in rows.filter(to_key__in=some).values_list("stream", "key")}


def keys(book: Book, source: Source, stream: str) -> list[str]:
    """The keys of everything that is kept of a list, in order."""
    rows = RawRecord.objects.using(book.alias).filter(source=source, stream=stream)
    return list(rows.order_by("key").values_list("key", flat=True))


def gathered(book: Book, source: Source, stream: str) -> list[str]:
    """The keys that records of other lists touch in this one, in order."""
    rows = RawTouch.objects.using(book.alias).filter(source=source, to_stream=stream)
    return sorted(set(rows.values_list("to_key", flat=True)))


def gone(book: Book, source: Source, stream: str, there: Collection[str]) -> list[str]:
    """Keys that are kept and not among those that are there."""
    rows = RawRecord.objects.using(book.alias).filter(source=source, stream=stream, deleted_at=None)
    return sorted(set(rows.values_list("key", flat=True)) - set(there))


def missed(book: Book, source: Source, stream: str, there: Collection[str]) -> list[str]:
    """Keys that are there and not kept, or kept as gone."""
    rows = RawRecord.objects.using(book.alias).filter(source=source, stream=stream, deleted_at=None)
    return sorted(set(there) - set(rows.values_list("key", flat=True)))


def newest(book: Book, source: Source, stream: str) -> datetime | None:
    """The latest update time of a list."""
    rows = RawRecord.objects.using(book.alias).filter(source=source, stream=stream)
    found: datetime | None = rows.aggregate(newest=Max("updated_at"))["newest"]
    return found


def _by_stream(names: Collection[Name]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for stream, key in names:
        found[stream].append(key)
    return found


def _some(keys: Collection[str]) -> Iterator[list[str]]:
    left = list(keys)
    for start in range(0, len(left), AT_ONCE):
        yield left[start : start + AT_ONCE]
