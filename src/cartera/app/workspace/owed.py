"""Who put this workspace back? Said in its audit, or noted until its key is there to sign with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.ledger.key import OWN, fingerprint

if TYPE_CHECKING:
    from cartera.ledger.book import Book

RESTORE = "restore"
OWED = "restored"  # the setting of a workspace that was put back without its key: who did it, for the audit
KEY_SINCE = "key_since"  # the setting of a workspace: the first line that its key has signed


def owe(book: Book, made_at: str, by: str) -> None:
    """Note who put back which backup, for the first who opens it with its key."""
    _set(book, {OWED: {"made_at": made_at, "by": by, "at": now().isoformat()}})


def tell_owed(book: Book) -> None:
    """The line of a workspace that was put back without its key, now that it can be signed."""
    from django.db import transaction

    from cartera.ledger.entry import locked

    with transaction.atomic(using=book.alias):
        owed: dict[str, str] | None = locked(book).settings.get(OWED)
        if owed is not None:
            _set(book, {OWED: None})
            _write(book, owed["by"], {"made_at": owed["made_at"], "key": "same", "put_back_at": owed["at"]})


def tell(book: Book, made_at: str, by: str, *, is_new_key: bool) -> None:
    """A line in the audit. A new key signs from this line on: older lines can no longer be checked against names."""
    from django.db import transaction

    with transaction.atomic(using=book.alias):
        since = {KEY_SINCE: book.workspace.audit_number + 1} if is_new_key else {}
        _set(book, {OWN: fingerprint(book.key), OWED: None} | since)
        _write(book, by, {"made_at": made_at, "key": "new" if is_new_key else "same"})


def _write(book: Book, by: str, said: dict[str, str]) -> None:
    from cartera.ledger import audit

    audit.write(book, RESTORE, at=now(), by=by, value=json.dumps(said, sort_keys=True))


def _set(book: Book, values: dict[str, Any]) -> None:
    """These settings; None for one that is no more."""
    workspace = book.workspace
    kept = {**workspace.settings, **values}
    workspace.settings = {name: value for name, value in kept.items() if value is not None}
    workspace.save(using=book.alias, update_fields=["settings"])
