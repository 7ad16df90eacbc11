"""Can anybody have changed the audit? Every line holds the hash of the line before it; `verify` reads the chain."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from cartera.ledger.book import Book
from cartera.ledger.models import AuditEntry, AuditValue, Workspace

FIRST = "0" * 64


def write(
    book: Book, verb: str, *, at: datetime, by: str, value: str, client_id: str = "", change: int | None = None
) -> AuditEntry:
    """One more line, inside the transaction of what it tells. value: JSON text of before and after."""
    workspaces = Workspace.objects.using(book.alias).filter(pk=book.workspace_id)
    number, previous = workspaces.select_for_update().values_list("audit_number", "audit_hash").get()
    line = AuditEntry(
        workspace_id=book.workspace_id,
        number=number + 1,
        at=at.astimezone(UTC),
        by_digest=keyed(book, by),
        verb=verb,
        change_number=change,
        value_digest=keyed(book, f"{by}\x1f{client_id}\x1f{value}"),
        previous=previous or FIRST,
    )
    line.hash = hashed(line)
    line.save(using=book.alias)
    AuditValue.objects.using(book.alias).create(entry=line, by=by, client_id=client_id, value=value)
    workspaces.update(audit_number=line.number, audit_hash=line.hash)
    return line


def keyed(book: Book, text: str) -> str:
    """A digest that only the holder of the workspace's key can make, so that names cannot be guessed from it."""
    return hmac.new(book.key, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()


def _said(book: Book, value: AuditValue) -> str:
    """The digest that fits the values of a line."""
    return keyed(book, f"{value.by}\x1f{value.client_id}\x1f{value.value}")


def hashed(line: AuditEntry) -> str:
    """The hash of a line, over all that it holds and the hash before it."""
    parts: list[Any] = [line.number, line.at.astimezone(UTC).isoformat(timespec="microseconds"), line.by_digest]
    parts += [line.verb, line.change_number, line.value_digest, line.previous]
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold, and why."""

    number: int
    why: str


def verify(book: Book) -> tuple[int, list[Break]]:
    """How many lines were read, and every place where one was edited, removed or moved."""
    breaks: list[Break] = []
    number, previous = 0, FIRST
    key_since = book.workspace.settings.get("key_since", 1)  # a key that was lost signed what stands before
    lines = AuditEntry.objects.using(book.alias).filter(workspace_id=book.workspace_id).order_by("number")
    for line in lines.select_related("value").iterator(2_000):
        if line.number != number + 1:
            breaks.append(Break(line.number, f"lines {number + 1} to {line.number - 1} are missing"))
        if line.previous != previous:
            breaks.append(Break(line.number, "it does not follow the line before it"))
        if line.hash != hashed(line):
            breaks.append(Break(line.number, "it was changed after it was written"))
        value = getattr(line, "value", None)
        if line.number >= key_since and value is not None and line.value_digest != _said(book, value):
            breaks.append(Break(line.number, "its values were changed after they were written"))
        number, previous = line.number, line.hash
    workspace = book.workspace
    if (workspace.audit_number, workspace.audit_hash or FIRST) != (number, previous):
        breaks.append(Break(number + 1, f"the audit ended with line {workspace.audit_number}, which is not here"))
    return number, breaks
