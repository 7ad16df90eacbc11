"""How do the facts about a person become nobody's? Their people and words go; invoices stay under a pseudonym."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cartera.ledger.digest import digest
from cartera.ledger.entry import MANUAL
from cartera.ledger.fields import WORDS, Money, scaled
from cartera.ledger.models import FACTS, Confirmation, Contact, Interaction, Invoice, Line, Note, Step
from cartera.ledger.privacy.subject import CLIENTS as RECORDS
from cartera.ledger.privacy.subject import PART, SEPARATOR, Subject, record_of, versions
from cartera.ledger.privacy.tags import personal

GONE = (Contact, Interaction, Note, Step)
CLIENTS, DOCUMENTS = ("client_id", "to_id"), ("invoice_id", "credits", "fulfilled_by")  # columns that hold their ids
PLACE = {3: 1, 5: 0}  # parts of the key of a document -> the part that is its client: with a number, and without one
EMPTY = {"more": "{}"}
HALF = 16  # digits of an imported document's digest that are about itself; the others are about its lines


def forget(subject: Subject) -> int:
    """How many rows were erased or rewritten, in every version of every fact."""
    count = 0
    for model in FACTS:
        if "client_id" not in model.COLUMNS:
            continue
        rows = versions(subject.book, model)
        if model is Contact:
            rows = rows.filter(Q(client_id__in=subject.ids) | Q(pk__in=subject.contacts))
            count += rows.delete()[0]
        elif model in GONE:
            count += rows.filter(client_id__in=subject.ids).delete()[0]
        else:
            count += _pseudonymous(subject, model, rows)
        count += _reworded(subject, model)
    return count


def _pseudonymous(subject: Subject, model: Any, rows: Any) -> int:
    """The person's rows without what tells about them."""
    theirs = Q(client_id__in=subject.ids)
    if "to_id" in model.COLUMNS:
        theirs |= Q(to_id__in=subject.ids)
    found = list(rows.filter(theirs))
    for row in found:
        for name in personal(model):
            setattr(row, name, nothing(model, name))
        naming = [name for name in (*CLIENTS, *DOCUMENTS) if name in model.COLUMNS]
        for name in naming:
            made = subject.renamed if name in CLIENTS else subject.cleaned
            setattr(row, name, getattr(row, name) and made(getattr(row, name)))
        key = _recorded(subject, row) or rekeyed(subject, model, row.key)
        _confirmed(subject, model, row, key)
        row.key = key
        _save(row, (*personal(model), *naming, "key"))
    if model is Invoice:
        _bare_lines(subject, [row.document for row in found if row.document])
    return len(found)


def nothing(model: Any, name: str) -> str | None:
    """What stands in a column whose text was taken away."""
    own = next(one for one in model._meta.fields if one.name == name)
    return EMPTY.get(name, None if own.null else "")


def _recorded(subject: Subject, row: Any) -> str | None:
    """The key of a fact that a connected system told of the client, None for others."""
    record = record_of(row.key)
    if row.stream != RECORDS or (row.source, record) not in subject.keys:
        return None
    return subject.keys[row.source, record] + row.key[len(row.key.partition(PART)[0]) :]


def _reworded(subject: Subject, model: Any) -> int:
    """What people wrote about others and mentions this person."""
    fields = [name for name, tag in personal(model).items() if tag == WORDS]
    count = 0
    for name in fields:
        # SQLite's own comparison knows no capitals beyond ASCII: ÉLODIE would stay.
        rows = versions(subject.book, model).exclude(**{name: ""}).values_list("pk", name)
        found = [pk for pk, text in rows.iterator(2_000) if text and subject.mentions(text)]
        for row in (one for pk in found for one in versions(subject.book, model).filter(pk=pk)):
            setattr(row, name, subject.cleaned(getattr(row, name)))
            _save(row, (name,))
            count += 1
    return count


def _save(row: Any, names: tuple[str, ...]) -> None:
    row.digest = redigested(row)
    row.save(using=row._state.db, update_fields=sorted({*names, "digest"}))


def redigested(row: Any) -> str:
    """The digest as whoever wrote the row makes it, so that the next import finds it unchanged."""
    columns = [name for name in row.COLUMNS if name != "document"]
    if row.source == MANUAL:
        return digest([row.is_deleted, *(getattr(row, name) for name in columns)])
    money = {one.name for one in row._meta.fields if isinstance(one, Money)}
    said = [scaled(getattr(row, name)) if name in money else getattr(row, name) for name in columns]
    found = digest([row.is_deleted, *said])
    return found[:HALF] + row.digest[HALF:] if isinstance(row, Invoice) else found


def rekeyed(subject: Subject, model: Any, key: str) -> str:
    """The key as the next import of the same fact makes it. A number that reads like the client's id stays a number."""
    parts = key.split(SEPARATOR)
    if model is not Invoice:
        return SEPARATOR.join(map(subject.renamed, parts))
    at = PLACE.get(len(parts), len(parts))
    return SEPARATOR.join(
        subject.renamed(part) if place == at else subject.cleaned(part) for place, part in enumerate(parts)
    )


def _confirmed(subject: Subject, model: Any, row: Any, key: str) -> None:
    """Imports that found the fact as it was still name it by its key."""
    rows = Confirmation.objects.using(subject.book.alias).filter(
        workspace_id=subject.book.workspace_id, model=model.__name__.lower(), source=row.source, stream=row.stream,
        key=row.key,
    )  # fmt: skip
    rows.update(key=key)


def _bare_lines(subject: Subject, documents: list[int]) -> None:
    for start in range(0, len(documents), 500):
        some = documents[start : start + 500]
        Line.objects.using(subject.book.alias).filter(document__in=some).update(more="{}")
