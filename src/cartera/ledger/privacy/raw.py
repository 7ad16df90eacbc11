"""How are the records of connected systems made nobody's? Their texts about a person go, in every version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cartera.ledger.models import Contact, Invoice, Problem, RawRecord, RawTouch, RawVersion, Source, Sync
from cartera.ledger.privacy.payloads import bare
from cartera.ledger.privacy.subject import CLIENTS, Subject, record_of, versions

Names = dict[str, set[tuple[str, str]]]  # source -> stream, key
SOME = 500


def forget(subject: Subject) -> None:
    """The person gone from records, their versions, problems and what was told of syncs; before facts are rewritten."""
    theirs, people = _documents(subject), _people(subject)
    for source in _sources(subject):
        own = {key for name, key in subject.keys if name == source.name}
        named = theirs[source.name] | _touching(subject, source, theirs[source.name] | {(CLIENTS, key) for key in own})
        gone = {(CLIENTS, key) for key in own} | people[source.name]
        for model in (RawRecord, RawVersion):
            _payloads(subject, model, source, named - gone, gone)
        for model, stream, key in (*PLACES, (Problem, "stream", "key")):
            for one in own:
                rows = _of(subject, model, source).filter(**{stream: CLIENTS, key: one})
                rows.update(**{key: subject.keys[source.name, one]})
        _words(subject, source)


PLACES = (
    (RawRecord, "stream", "key"), (RawVersion, "stream", "key"), (RawTouch, "stream", "key"),
    (RawTouch, "to_stream", "to_key"),
)  # fmt: skip


def records(subject: Subject) -> Iterator[dict[str, Any]]:
    """What was received about the person: every version, as it came."""
    theirs, people = _documents(subject), _people(subject)
    for source in _sources(subject):
        own = {(CLIENTS, key) for name, key in subject.keys if name == source.name}
        wanted = theirs[source.name] | people[source.name] | own
        wanted |= _touching(subject, source, wanted)
        for row in _of(subject, RawVersion, source).order_by("pk").iterator(SOME):
            if (row.stream, row.key) in wanted or subject.mentions(row.payload):
                yield {
                    "source": source.name, "stream": row.stream, "key": row.key, "seen_at": row.seen_at,
                    "payload": row.payload,
                }  # fmt: skip


def _sources(subject: Subject) -> list[Source]:
    rows = Source.objects.using(subject.book.alias).filter(workspace_id=subject.book.workspace_id)
    return list(rows.order_by("pk"))


def _of(subject: Subject, model: Any, source: Source) -> Any:
    return model.objects.using(subject.book.alias).filter(source=source)


def _documents(subject: Subject) -> Names:
    """The records that became documents of the person."""
    found: Names = defaultdict(set)
    rows = versions(subject.book, Invoice).filter(client_id__in=subject.ids).values_list("source", "stream", "key")
    for source, stream, key in rows.iterator(2_000):
        found[source].add((stream, record_of(key)))
    return found


def _people(subject: Subject) -> Names:
    """The records that became people at the client, where they are records of their own."""
    found: Names = defaultdict(set)
    rows = versions(subject.book, Contact)
    rows = rows.filter(pk__in=subject.contacts) if subject.contacts else rows.filter(client_id__in=subject.ids)
    for source, stream, key in rows.values_list("source", "stream", "key"):
        if stream != CLIENTS:
            found[source].add((stream, record_of(key)))
    return found


def _touching(subject: Subject, source: Source, names: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Payments and the like, which name the client as well."""
    rows = _of(subject, RawTouch, source)
    keys, found = sorted({key for _, key in names}), set()
    for start in range(0, len(keys), SOME):
        for row in rows.filter(to_key__in=keys[start : start + SOME]):
            if (row.to_stream, row.to_key) in names:
                found.add((row.stream, row.key))
    return found


def _payloads(
    subject: Subject, model: Any, source: Source, named: set[tuple[str, str]], gone: set[tuple[str, str]]
) -> None:
    own = {key: made for (name, key), made in subject.keys.items() if name == source.name}
    rows = _of(subject, model, source)
    changed: dict[int, str] = {}
    for pk, stream, key, payload in rows.values_list("pk", "stream", "key", "payload").iterator(SOME):
        if (stream, key) in gone:
            changed[pk] = ""
        elif (stream, key) in named:
            changed[pk] = subject.cleaned(bare(payload, own.get))
        elif subject.mentions(payload):
            changed[pk] = subject.cleaned(payload)
    for pk, payload in changed.items():
        rows.filter(pk=pk).update(payload=payload)


def _words(subject: Subject, source: Source) -> None:
    for row in _of(subject, Problem, source).iterator(SOME):
        if subject.mentions(f"{row.what}\n{row.fix}\n{row.key}"):
            made = {name: subject.cleaned(getattr(row, name)) for name in ("what", "fix", "key")}
            _of(subject, Problem, source).filter(pk=row.pk).update(**made)
    for sync in _of(subject, Sync, source).iterator(SOME):
        if (told := subject.cleaned_json(sync.told)) != sync.told:
            _of(subject, Sync, source).filter(pk=sync.pk).update(told=told)
