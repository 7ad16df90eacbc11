"""Forget a person: everything about them in one change that cannot be undone, then every byte of it on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cartera.ledger.book import Book
from cartera.ledger.database import connection, is_sqlite
from cartera.ledger.entry import entry
from cartera.ledger.models import Erasure, Job, Receipt
from cartera.ledger.privacy import facts, raw, traces
from cartera.ledger.privacy.subject import Subject
from cartera.ledger.undo import ERASE


@dataclass(frozen=True)
class Erased:
    """What was forgotten. number: of the change. rows: of facts, in all versions. files: kept files that were emptied.

    mask: the pseudonym of what stays.
    """

    number: int
    rows: int
    files: int
    mask: str


def erase(subject: Subject, *, at: datetime, by: str, reason: str = "") -> Erased:
    """The person forgotten in the ledger, in one transaction. What stays in free pages goes with `shred`."""
    book = subject.book
    imports = traces.importing(subject)
    with entry(book, ERASE, at=at, by=by, subject=subject.mask, reason=reason) as made:
        raw.forget(subject)
        rows = facts.forget(subject)
        files = traces.forget(subject, imports)
        for mask in sorted(set(subject.tokens.values())):
            Erasure.objects.using(book.alias).update_or_create(
                workspace_id=book.workspace_id, mask=mask, defaults={"erased_at": at}
            )
        # What was told of decisions names clients; it only serves to tell a sending that comes twice.
        Receipt.objects.using(book.alias).filter(workspace_id=book.workspace_id).delete()
        # What was asked names clients, and a file that is being made may hold the person: it finds its job gone.
        Job.objects.using(book.alias).filter(workspace_id=book.workspace_id).delete()
        made.is_changed = True
        made.after = {"rows": rows, "files": files}
        return Erased(made.change.number, rows, files, subject.mask)


def shred(book: Book) -> bool:
    """Overwrite what the database no longer shows; False where another program has it open: then do it again."""
    with connection(book.alias).cursor() as cursor:
        if not is_sqlite(book.alias):
            cursor.execute("VACUUM FULL")
            return True
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("VACUUM")
        busy: int = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return busy == 0
