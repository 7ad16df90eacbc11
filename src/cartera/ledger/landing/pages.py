"""How does a page land? Its records, the facts that change by them and its position, all at once or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from cartera.ledger.book import Book
from cartera.ledger.digest import digest
from cartera.ledger.entry import Entry, entry, locked
from cartera.ledger.fields import Money, scaled
from cartera.ledger.landing.raw import AT_ONCE, Arrived, Name, keep
from cartera.ledger.models import Client, Contact, Invoice, Line, Link, Position, Problem, Source, Sync, Version
from cartera.ledger.privacy.subject import masks
from cartera.ledger.stage import document_of

SYNC = "sync"
MADE: tuple[type[Version], ...] = (Client, Contact, Link, Invoice)  # what records become
PART, AFTER_PART = "#", "$"  # between the key of a record and what tells its facts apart; the sign that follows it
HALF = 16  # digits of the digest of a document, and of its lines


@dataclass(frozen=True)
class Fact:
    """One row that a record becomes. part: what tells it from others of the record. lines: of a document."""

    model: type[Version]
    part: str
    values: Mapping[str, Any]
    lines: tuple[Mapping[str, Any], ...] = ()

    @property
    def digest(self) -> str:
        """The same for the same values, whatever ran before."""
        found = _said(self.model, self.values, is_deleted=False)
        return found[:HALF] + _digest_of_lines(self.lines) if self.model is Invoice else found


@dataclass(frozen=True)
class Said:
    """Something about a record that a person should know."""

    code: str
    what: str
    fix: str
    is_error: bool


@dataclass(frozen=True)
class Result:
    """What a record became. is_unread: it could not be mapped, so that its facts stay as they were.

    is_forgotten: it is about somebody who was erased. hidden: words of it that tell about such a person. left_out: why
    it is no fact of ours, empty when it is one.
    """

    facts: tuple[Fact, ...] = ()
    problems: tuple[Said, ...] = ()
    is_unread: bool = False
    is_forgotten: bool = False
    hidden: tuple[str, ...] = ()
    left_out: str = ""


@dataclass(frozen=True)
class Landing:
    """A page that is to land. results: what records become now, its own and those that it touches.

    erased: the pseudonyms of everybody who was erased when it was mapped.
    """

    stream: str
    records: Sequence[Arrived]
    results: Mapping[Name, Result]
    position: Position | None
    erased: frozenset[str]
    count: int = 0  # of records that came, also those that say nothing new
    told: Mapping[str, Any] = field(default_factory=dict)
    then: Callable[[Entry], object] | None = None  # what else belongs to the change


class ErasedMeanwhileError(Exception):
    """Somebody was erased after the page was mapped, so that it may tell of them: it is to be mapped again."""


def land(book: Book, source: Source, page: Landing, sync: Sync | None, *, at: datetime, on: date) -> int | None:
    """The page, whole; the number of the change, None when no fact changed. at: now. on: today, where the books are.

    ErasedMeanwhileError: nothing has landed.
    """
    changes = list(_changes(book, source, page.results))
    with transaction.atomic(using=book.alias):
        locked(book)  # from here on nobody is erased
        if masks(book) != page.erased:
            raise ErasedMeanwhileError
        keep(book, source, page.stream, page.records, at=at, on=on, sync=sync.pk if sync else None)
        problems = _keep_problems(book, source, page.results, at)
        number = None
        if changes:
            told = {"source": source.name, "stream": page.stream, "facts": len(changes), **page.told}
            with entry(book, SYNC, at=at, by=f"{SYNC} {source.name}", told=told) as made:
                for model, rows in _by_model(changes).items():
                    _write(made, source, model, rows)
                if page.then is not None:
                    page.then(made)
                number = made.change.number
        if page.position is not None:
            page.position.save(using=book.alias)
        if sync is not None:
            counted = {"records": page.count, "changed": len(changes), "problems": problems}
            own = Sync.objects.using(book.alias).filter(pk=sync.pk)
            own.update(**{name: models.F(name) + value for name, value in counted.items()})
    return number


@dataclass(frozen=True)
class _Change:
    """A row that is to hold from now on: fact None for one that is gone."""

    model: type[Version]
    name: Name
    key: str
    fact: Fact | None
    before: Any


def _changes(book: Book, source: Source, results: Mapping[Name, Result]) -> Iterator[_Change]:
    for model in MADE:
        there = _holding(book, source, model, results)
        for name, result in results.items():
            if result.is_unread:
                continue
            now = {_key(name[1], one.part): one for one in result.facts if one.model is model}
            before = there.get(name, {})
            for key, fact in now.items():
                row = before.get(key)
                if row is None or row.is_deleted or row.digest != fact.digest:
                    yield _Change(model, name, key, fact, row)
            for key, row in before.items():
                if key not in now and not row.is_deleted:
                    yield _Change(model, name, key, None, row)


def _holding(
    book: Book, source: Source, model: type[Version], names: Collection[Name]
) -> dict[Name, dict[str, Version]]:
    """What each record is as a fact until now, by the key of the fact."""
    found: dict[Name, dict[str, Version]] = defaultdict(dict)
    rows: Any = model._default_manager.using(book.alias)
    rows = rows.filter(workspace_id=book.workspace_id, source=source.name, until_version=None)
    by_stream: dict[str, list[str]] = defaultdict(list)
    for stream, key in names:
        by_stream[stream].append(key)
    for stream, keys in by_stream.items():
        own = set(keys)
        for row in _of_records(rows.filter(stream=stream), keys):
            record = row.key.partition(PART)[0]
            if record in own:
                found[stream, record][row.key] = row
    return found


def _of_records(rows: Any, keys: Sequence[str]) -> Iterator[Version]:
    """The facts of records: under the key itself, and under it with a part."""
    ordered = sorted(map(escaped, keys))
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        yield from rows.filter(key__in=some)
        parted = rows.filter(key__gte=some[0] + PART, key__lt=some[-1] + AFTER_PART, key__contains=PART)
        yield from parted


def escaped(key: str) -> str:
    """A record's key as it stands in the keys of its facts."""
    return key.replace("%", "%25").replace(PART, "%23")


def _key(record: str, part: str) -> str:
    return f"{escaped(record)}{PART}{part}" if part else escaped(record)


def _by_model(changes: Sequence[_Change]) -> dict[type[Version], list[_Change]]:
    found: dict[type[Version], list[_Change]] = defaultdict(list)
    for one in changes:
        found[one.model].append(one)
    return found


def _write(made: Entry, source: Source, model: type[Version], changes: Sequence[_Change]) -> None:
    """The rows of one table as of this entry; lines get numbers of their own and never change."""
    rows: Any = model._default_manager.using(made.book.alias)
    ended = [one.before.pk for one in changes if one.before is not None]
    for start in range(0, len(ended), AT_ONCE):
        rows.filter(pk__in=ended[start : start + AT_ONCE]).update(until_version=made.version)
    new: list[Any] = []
    lines: list[Line] = []
    for one in changes:
        values = dict(one.fact.values) if one.fact else {name: getattr(one.before, name) for name in model.COLUMNS}
        mark = one.fact.digest if one.fact else _gone(one.before)
        if model is Invoice and one.fact is not None:
            values["document"], own = _lines(made, one.fact, one.before, len(lines))
            lines += own
        new.append(
            model(
                workspace_id=made.book.workspace_id, source=source.name, stream=one.name[0], key=one.key,
                from_version=made.version, change=made.change, content_of=made.change, is_deleted=one.fact is None,
                digest=mark, **values,
            )
        )  # fmt: skip
    Line.objects.using(made.book.alias).bulk_create(lines)
    rows.bulk_create(new, batch_size=AT_ONCE)
    made.is_changed = made.is_changed or bool(changes)


def _lines(made: Entry, fact: Fact, before: Any, count: int) -> tuple[int | None, list[Line]]:
    """The number under which the document's lines stand, and the lines to write: none when they are there."""
    if before is not None and before.digest[HALF:] == fact.digest[HALF:]:
        return before.document, []
    if not fact.lines:
        return None, []
    document = document_of(made.change.pk, count + 1)
    return document, [Line(document=document, **values) for values in fact.lines]


def _digest_of_lines(lines: Sequence[Mapping[str, Any]]) -> str:
    return digest(tuple(digest(map(one.get, Line.COLUMNS[1:])) for one in lines))[:HALF] if lines else "0" * HALF


def _said(model: type[Version], values: Mapping[str, Any], *, is_deleted: bool) -> str:
    """What the row says, money as it is stored: as whoever erases a person makes the digest anew."""
    money = {one.name for one in model._meta.fields if isinstance(one, Money)}
    names = [name for name in model.COLUMNS if name != "document"]
    return digest([is_deleted, *(scaled(values.get(name)) if name in money else values.get(name) for name in names)])


def _gone(row: Any) -> str:
    found = _said(type(row), {name: getattr(row, name) for name in row.COLUMNS}, is_deleted=True)
    return found[:HALF] + row.digest[HALF:] if isinstance(row, Invoice) else found


def _keep_problems(book: Book, source: Source, results: Mapping[Name, Result], at: datetime) -> int:
    """The problems of these records as they are now; how many are new. One that is gone is resolved, never deleted."""
    open_now: Any = Problem.objects.using(book.alias).filter(source=source, resolved_at=None)
    before: dict[Name, dict[tuple[str, str], Problem]] = defaultdict(dict)
    keys = [key for _, key in results]
    for start in range(0, len(keys), AT_ONCE):
        for row in open_now.filter(key__in=keys[start : start + AT_ONCE]):
            before[row.stream, row.key][row.code, row.what] = row
    new = []
    for name, result in results.items():
        now = {(one.code, one.what): one for one in result.problems}
        ended = [row.pk for said, row in before[name].items() if said not in now]
        open_now.filter(pk__in=ended).update(resolved_at=at)
        new += [
            Problem(
                source=source, stream=name[0], key=name[1], code=one.code, what=one.what, fix=one.fix,
                is_error=one.is_error, first_seen_at=at,
            )
            for said, one in now.items()
            if said not in before[name]
        ]  # fmt: skip
    Problem.objects.using(book.alias).bulk_create(new)
    return len(new)
