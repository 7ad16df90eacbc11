"""Which rules were written, which are in force, and since when? Drafts are thought over, published ones decide."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.settings import POLICY, keep_setting, workspace_policy
from cartera.app.workspace.steering.numbers import text_of
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from datetime import datetime

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

DRAFT, PUBLISH, DISCARD = "draft", "publish", "discard"
LONGEST = 80  # letters of a name


@dataclass(frozen=True)
class Rules:
    """One version. number: of a published one, None of a draft. key: what names it in an address."""

    key: str
    name: str
    number: int | None
    policy: Any
    note: str
    by: str
    made_at: datetime
    published_at: datetime | None
    is_in_force: bool
    is_own: bool


def rules(scope: Scope, book: Book, *, by: str, user: int | None = None) -> list[Rules]:
    """The versions that were published, the newest first, then the drafts: one's own and those shared.

    user: the account of whoever asks, None for who has none and is known by the name alone.
    """
    scope.require("show")
    held = book.workspace.policy.get("version")
    rows = _rows(book).order_by("-number", "-made_at", "-pk")
    shown = [one for one in rows if one.number is not None or one.is_shared or _is_own(one, by, user)]
    shown.sort(key=lambda one: one.number is None)
    return [_told(one, held, by, user) for one in shown]


def rules_called(scope: Scope, book: Book, key: str, *, by: str, user: int | None = None) -> Rules:
    """The version of this key: `v3`, or `draft-12`. UnknownNameError: there is none that may be seen."""
    found = {one.key: one for one in rules(scope, book, by=by, user=user)}
    if key not in found:
        raise UnknownNameError("version of the rules", key, tuple(found) or ("none yet",))
    return found[key]


def draft(
    scope: Scope, book: Book, policy: Any, *, name: str, by: str, user: int | None = None, is_shared: bool = True
) -> Rules:
    """The rules as a draft, which decides nothing. CarteraError: it has no name, or one that is too long."""
    from django.db import transaction

    scope.require(DRAFT)
    called = " ".join(name.split())
    if not 0 < len(called) <= LONGEST:
        raise CarteraError(
            say("rules need a name of 1 to {count} letters.", count=LONGEST),
            where="name",
            fix=say("Write one: Longer sleep."),
        )
    from cartera.ledger.models import PolicyVersion

    with transaction.atomic(using=book.alias):
        made = PolicyVersion.objects.using(book.alias).create(
            workspace_id=book.workspace_id, name=called, text=text_of(policy), by=by, user_id=user,
            is_shared=is_shared, made_at=now(),
        )  # fmt: skip
        _note(book, DRAFT, by, {"draft": made.pk, "name": called, "rules": made.text})
    return _told(made, None, by, user)


def publish(scope: Scope, book: Book, key: str, *, note: str, by: str, user: int | None = None) -> Rules:
    """The draft, or an older version once more, in force from now on under a number of its own.

    CarteraError: it is in force already, or nothing says why. UnknownNameError: there is no such version.
    """
    from django.db import transaction

    from cartera.ledger.entry import locked

    scope.require(PUBLISH)
    if not note.strip():
        raise CarteraError(
            say("nothing says why the rules change."), where="note", fix=say("Write a sentence for the others.")
        )
    wanted = rules_called(scope, book, key, by=by, user=user)
    if wanted.is_in_force:
        raise CarteraError(say("{name} is in force already.", name=wanted.name), fix=say("Change a number first."))
    with transaction.atomic(using=book.alias):
        locked(book)
        before = text_of(workspace_policy(book.workspace))
        number = 1 + max(_rows(book).exclude(number=None).values_list("number", flat=True), default=0)
        at = now()
        row = _published(book, wanted, number, note=note.strip(), by=by, user=user, at=at)
        kept = {"name": f"{row.name} v{number}", "text": row.text, "version": number}
        keep_setting(book, POLICY, kept, by=by)
        told = {"version": number, "name": row.name, "note": row.note, "rules": row.text}
        _note(book, PUBLISH, by, told, before={"rules": before})
    return _told(row, number, by, user)


def discard(scope: Scope, book: Book, key: str, *, by: str, user: int | None = None) -> str:
    """The name of the draft that is gone. CarteraError: it was published, or is somebody else's."""
    from django.db import transaction

    scope.require(DRAFT)
    wanted = rules_called(scope, book, key, by=by, user=user)
    if wanted.number is not None or not wanted.is_own:
        raise CarteraError(
            say("{name} stays: only who wrote a draft can throw it away.", name=wanted.name),
            fix=say("Write another draft."),
        )
    with transaction.atomic(using=book.alias):
        _rows(book).filter(pk=int(key.removeprefix("draft-"))).delete()
        _note(book, DISCARD, by, {"name": wanted.name})
    return wanted.name


def _published(book: Book, wanted: Rules, number: int, *, note: str, by: str, user: int | None, at: datetime) -> Any:
    """The draft with its number; of an older version, a new row that says the same."""
    from cartera.ledger.models import PolicyVersion

    if wanted.number is None:
        row: Any = _rows(book).get(pk=int(wanted.key.removeprefix("draft-")))
    else:
        row = PolicyVersion(
            workspace_id=book.workspace_id, name=wanted.name, text=text_of(wanted.policy), made_at=at, is_shared=True
        )
    row.number, row.note, row.by, row.user_id, row.published_at = number, note, by, user, at
    row.save(using=book.alias)
    _rows(book).filter(number__lt=number, retired_at=None).update(retired_at=at)
    return row


def _told(row: Any, held: int | None, by: str, user: int | None) -> Rules:
    from cartera.portfolio.policy import read_policy

    key = f"draft-{row.pk}" if row.number is None else f"v{row.number}"
    return Rules(
        key, row.name, row.number, read_policy(row.text, row.name), row.note, row.by, row.made_at, row.published_at,
        is_in_force=row.number is not None and row.number == held, is_own=_is_own(row, by, user),
    )  # fmt: skip


def _is_own(row: Any, by: str, user: int | None) -> bool:
    """Whether it is theirs: by the account, and by the name only where nobody with an account wrote it."""
    return bool(row.user_id == user and (user is not None or row.by == by))


def _rows(book: Book) -> Any:
    from cartera.ledger.models import PolicyVersion

    return PolicyVersion.objects.using(book.alias).filter(workspace_id=book.workspace_id)


def _note(book: Book, kind: str, by: str, told: dict[str, Any], **more: dict[str, Any]) -> None:
    from cartera.ledger import audit

    value = json.dumps({"after": told, **more}, sort_keys=True, ensure_ascii=False)
    audit.write(book, kind, at=now(), by=by, value=value)
