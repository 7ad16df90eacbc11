"""How do facts change? In one entry of the journal: all of it in one transaction, with its audit line, or nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from cartera.errors import CarteraError
from cartera.ledger import audit
from cartera.ledger.book import Book
from cartera.ledger.digest import digest
from cartera.ledger.models import Change, Version, Workspace
from cartera.tongue import say

MANUAL = "manual"  # the source of what people say


@dataclass
class Entry:
    """A change that is being made. version: the facts version it leads to. before, after: for the audit, in words."""

    book: Book
    change: Change
    version: int
    is_changed: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def put(self, model: type[Version], key: str, *, source: str = MANUAL, stream: str = "", **values: Any) -> bool:
        """Let this row hold from now on for (source, stream, key); whether that changed anything."""
        return self._write(model, (source, stream or model._meta.model_name or "", key), values, is_deleted=False)

    def remove(self, model: type[Version], row: Version) -> bool:
        """Let the fact of this row be gone from now on."""
        values = {name: getattr(row, name) for name in model.COLUMNS}
        return self._write(model, (row.source, row.stream, row.key), values, is_deleted=True)

    def replace(self, row: Version, **values: Any) -> bool:
        """The fact of this row with some values changed."""
        kept = {name: getattr(row, name) for name in row.COLUMNS} | values
        return self._write(type(row), (row.source, row.stream, row.key), kept, is_deleted=row.is_deleted)

    def _write(
        self, model: type[Version], name: tuple[str, str, str], values: dict[str, Any], *, is_deleted: bool
    ) -> bool:
        rows: Any = model._default_manager.using(self.book.alias)
        source, stream, key = name
        fact = {"workspace_id": self.book.workspace_id, "source": source, "stream": stream, "key": key}
        made = digest([is_deleted, *(values.get(column) for column in model.COLUMNS if column != "document")])
        holding = rows.filter(until_version=None, **fact).first()
        if holding is not None and holding.from_version > self.version:
            raise CarteraError(
                say("an import that has not ended says something new about it."),
                fix=say("Try again when it has ended; if it was stopped, import its file again."),
            )
        if holding is not None and holding.digest == made:
            return False
        if holding is not None:
            rows.filter(pk=holding.pk).update(until_version=self.version)
        rows.create(
            **fact, **values, from_version=self.version, change=self.change, content_of=self.change,
            is_deleted=is_deleted, digest=made,
        )  # fmt: skip
        self.is_changed = True
        return True


@contextmanager
def entry(
    book: Book,
    kind: str,
    *,
    at: datetime,
    by: str,
    subject: str = "",
    reason: str = "",
    note: str = "",
    told: Mapping[str, Any] | None = None,
) -> Iterator[Entry]:
    """One change of facts. What is written inside holds when the block ends, with the facts version one higher.

    kind: import, plan, move, drop, match, mark, note, assign, link, rate, undo ... told: what to show of it later.
    """
    with transaction.atomic(using=book.alias):
        workspace = locked(book)
        change = Change.objects.using(book.alias).create(
            workspace=workspace, number=next_number(book), kind=kind, made_at=at, by=by, subject=subject,
            reason=reason, note=note, told=dict(told or {}),
        )  # fmt: skip
        made = Entry(book, change, next_version(book, workspace))
        yield made
        finish(made)


def finish(made: Entry) -> None:
    """Raise the facts version if a fact changed, and write the audit line."""
    book, change = made.book, made.change
    if made.is_changed:
        Workspace.objects.using(book.alias).filter(pk=book.workspace_id).update(facts_version=made.version)
        change.facts_version = made.version
    change.is_made = True
    change.save(using=book.alias)
    value = {"before": made.before, "after": made.after, "reason": change.reason, "note": change.note}
    audit.write(
        book, change.kind, at=change.made_at, by=change.by, client_id=change.subject, change=change.number,
        value=json.dumps(value, default=str, sort_keys=True, ensure_ascii=False),
    )  # fmt: skip


def locked(book: Book) -> Workspace:
    """The workspace, which nobody else changes until this transaction ends."""
    return Workspace.objects.using(book.alias).select_for_update().get(pk=book.workspace_id)


def next_version(book: Book, workspace: Workspace) -> int:
    """The version that follows. CarteraError: one that an import which was stopped long ago has laid rows under."""
    found = workspace.facts_version + 1
    unmade = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, number__lt=0)
    if unmade.filter(facts_version__lte=found).exists():
        raise CarteraError(say("an import that was stopped is in the way."), fix=say("Import its file again."))
    return found


def next_number(book: Book) -> int:
    """The number of the next change. Those that are being prepared have none yet."""
    numbers = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, number__gt=0)
    return (numbers.order_by("-number").values_list("number", flat=True).first() or 0) + 1
