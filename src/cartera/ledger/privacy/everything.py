"""What is known of one person? Every version of every fact, who decided what, and which files they came in."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from cartera.ledger.models import (
    FACTS,
    AuditValue,
    Batch,
    Change,
    Contact,
    Interaction,
    Invoice,
    Line,
    Note,
    RejectedRow,
    Step,
)
from cartera.ledger.privacy import raw, traces
from cartera.ledger.privacy.subject import Subject, versions

KEPT = ("source", "key", "from_version", "until_version", "is_deleted")
Rows = list[dict[str, Any]]


def everything(subject: Subject) -> dict[str, Rows]:
    """Table -> rows, as Python values; tables in which nothing is about the person are left out."""
    found = {model.__name__.lower() + "s": _facts(subject, model) for model in FACTS if "client_id" in model.COLUMNS}
    found["lines"] = _lines(subject)
    found["changes"] = _changes(subject)
    found["audit"] = _audit(subject)
    found["rejected_rows"] = _rejects(subject)
    found["files"] = _files(subject)
    found["records"] = list(raw.records(subject))
    return {name: rows for name, rows in found.items() if rows}


def _facts(subject: Subject, model: Any) -> Rows:
    theirs = Q(client_id__in=subject.ids)
    if "to_id" in model.COLUMNS:
        theirs |= Q(to_id__in=subject.ids)
    if model is Contact:
        theirs |= Q(pk__in=subject.contacts)
    rows = versions(subject.book, model).filter(theirs).select_related("change").order_by("pk")
    columns = (*KEPT, *model.COLUMNS)
    found = [{name: getattr(row, name) for name in columns} | _since(row.change) for row in rows]
    return found if subject.ids or model not in (Note, Interaction, Step) else [*found, *_mentioned(subject, model)]


def _mentioned(subject: Subject, model: Any) -> Rows:
    """Notes, interactions and next steps about a client that name one contact of it."""
    word = "subject" if model is Interaction else "text"
    rows = versions(subject.book, model).select_related("change").order_by("pk")
    return [
        {name: getattr(row, name) for name in (*KEPT, *model.COLUMNS)} | _since(row.change)
        for row in rows.iterator(2_000)
        if subject.mentions(getattr(row, word))
    ]


def _since(change: Change) -> dict[str, Any]:
    return {"change": change.number, "recorded_at": change.made_at, "recorded_by": change.by}


def _lines(subject: Subject) -> Rows:
    documents = versions(subject.book, Invoice).filter(client_id__in=subject.ids).exclude(document=None)
    ids = dict(documents.values_list("document", "invoice_id"))
    found: Rows = []
    known = sorted(ids)
    for start in range(0, len(known), 500):
        rows = Line.objects.using(subject.book.alias).filter(document__in=known[start : start + 500])
        found += [{"invoice_id": ids[row["document"]], **row} for row in rows.order_by("pk").values(*Line.COLUMNS)]
    return found


def _changes(subject: Subject) -> Rows:
    rows = Change.objects.using(subject.book.alias).filter(workspace_id=subject.book.workspace_id)
    names = ("number", "kind", "made_at", "by", "subject", "reason", "note", "told")
    return list(rows.filter(subject__in=subject.ids).order_by("number").values(*names))


def _audit(subject: Subject) -> Rows:
    rows = AuditValue.objects.using(subject.book.alias).filter(entry__workspace_id=subject.book.workspace_id)
    return [
        {"number": row.entry.number, "at": row.entry.at, "verb": row.entry.verb, "by": row.by, "value": row.value}
        for row in rows.select_related("entry").order_by("entry__number").iterator(2_000)
        if row.client_id in subject.ids or subject.mentions(row.value)
    ]


def _rejects(subject: Subject) -> Rows:
    rows = RejectedRow.objects.using(subject.book.alias).filter(batch__change__workspace_id=subject.book.workspace_id)
    names = ("place", "code", "column", "value", "cells")
    return [
        {name: getattr(row, name) for name in names}
        for row in rows.order_by("pk").iterator(2_000)
        if subject.mentions(f"{row.value}\n{row.cells}")
    ]


def _files(subject: Subject) -> Rows:
    batches = Batch.objects.using(subject.book.alias).filter(change_id__in=traces.importing(subject))
    rows = batches.exclude(file=None).order_by("change__number")
    return list(rows.values("change__number", "change__made_at", "file__name", "file__size", "file__sha256"))
