"""The people of the one client that a profile is about, read from the ledger when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cartera.app.workspace.identity.who import under

if TYPE_CHECKING:
    from cartera.facts.tables import Facts
    from cartera.ledger.book import Book


def people_of(book: Book, version: int) -> Callable[[Facts], Facts]:
    """Facts of one client -> the same with its contacts and interactions as they were at this version of the facts."""

    def with_people(facts: Facts) -> Facts:
        """The facts unchanged when they are not about exactly one client."""
        rows = facts.room.rows(facts.clients.select("client_id").unique())
        rows += facts.room.rows(facts.invoices.select("client_id").unique())
        ids = {row["client_id"] for row in rows}
        return _filled(facts, book, ids.pop(), version) if len(ids) == 1 else facts

    return with_people


def _filled(facts: Facts, book: Book, client_id: str, version: int) -> Facts:
    from cartera.ledger.models import Contact, Interaction

    ids, zone = under(book, client_id), ZoneInfo(book.workspace.time_zone)
    contacts = _at(book, Contact, ids, version).order_by("-is_primary", "name", "pk").values(*Contact.COLUMNS)
    said = _at(book, Interaction, ids, version).order_by("at", "pk").values(*Interaction.COLUMNS)
    interactions = [{**row, "on": row["at"].astimezone(zone).date()} for row in said]
    return replace(facts, contacts=tuple(contacts), interactions=tuple(interactions))


def _at(book: Book, model: Any, ids: list[str], version: int) -> Any:
    """The rows about these clients that held at this version."""
    from django.db.models import Q

    held = Q(until_version=None) | Q(until_version__gt=version)
    return model.objects.using(book.alias).filter(
        held, workspace_id=book.workspace_id, client_id__in=ids, is_deleted=False, from_version__lte=version
    )
