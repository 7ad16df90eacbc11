"""How is it written down who came in or was let in? A line of the audit, in the transaction of what it tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartera.ledger.book import Book

PEOPLE = "people"  # the verb of whoever lets people in
Side = dict[str, Any]


def tell(book: Book, kind: str, *, by: str, before: Mapping[str, Any] | None = None, **after: Any) -> None:
    """One line of the audit. kind: invite, join, role, disable, sign_in ... before, after: what it was and is now."""
    from cartera.ledger import audit

    value = {"before": dict(before or {}), "after": after}
    audit.write(book, kind, at=now(), by=by, value=json.dumps(value, default=str, sort_keys=True, ensure_ascii=False))


def tell_everywhere(alias: str, key: bytes, user: Any, kind: str, **after: Any) -> None:
    """The same in every workspace in which the person is: signing in and new passwords concern all of them."""
    from django.db import transaction

    from cartera.ledger.book import Book
    from cartera.ledger.models import Membership

    places = Membership.objects.using(alias).filter(user_id=user.pk, is_active=True).order_by("workspace_id")
    with transaction.atomic(using=alias):
        for one in places.select_related("workspace"):
            book = Book(alias, one.workspace_id, one.workspace.name, key)
            tell(book, kind, by=called(user), person=user.email, **after)


def called(user: Any) -> str:
    """The name under which a person's acts are written down."""
    return str(user.name) or str(user.email)
