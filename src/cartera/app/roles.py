"""What may a person do in a workspace? By role, with what was granted beside it; built into a Scope here alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cartera.app.scope import Scope
from cartera.tongue import spoken, text

if TYPE_CHECKING:
    from cartera.ledger.models import Membership

SEE = frozenset({"show"})
DECIDE = frozenset({"plan", "mark", "note", "undo", "log", "contact"})
LEAD = frozenset({"assign", "bulk", "undo_others", "publish", "audit_team", "share"})
KEEP_DATA = frozenset({"import", "imports", "reconcile", "link", "rates", "sync"})  # granted to managers
EXPORT = "export"
DRAFT = "draft"
WHOLE = frozenset({"import", "imports", "link", "reconcile", "sync"})
"""Grants that reach every client of the workspace: only for who sees all of them."""

GRANTS = (*sorted(KEEP_DATA), EXPORT, "margin")
"""What an owner may give to a manager, a rep or a viewer beside what the role has."""

READING = SEE | {EXPORT, "imports", "audit", "audit_team", "margin"}
"""The verbs that change nothing, for keys that only read."""

OF_ROLE: dict[str, frozenset[str] | None] = {
    "owner": None,
    "manager": SEE | DECIDE | LEAD | {EXPORT, "margin", DRAFT},
    "rep": SEE | DECIDE | {DRAFT},
    "viewer": SEE,
}
"""Role -> the verbs that it may do, None for all."""

WHO = {
    **dict.fromkeys(DECIDE, text("an owner, a manager or the client's rep")),
    **dict.fromkeys((*LEAD, DRAFT), text("an owner or a manager")),
    **dict.fromkeys((*KEEP_DATA, EXPORT), text("an owner, or whoever an owner has allowed it")),
}
"""Verb -> who may, for the sentence of a refusal."""


def may(role: str, grants: Iterable[str] = (), *, sees_all: bool = True) -> frozenset[str] | None:
    """The verbs of a role with its grants, None for all. sees_all: without it, grants of the whole company are none."""
    own = OF_ROLE[role]
    given = frozenset(grants) & frozenset(GRANTS)
    return None if own is None else own | (given if sees_all else given - WHOLE)


def verbs_of(membership: Membership) -> frozenset[str] | None:
    """The verbs of a member, None for all."""
    return may(membership.role, membership.grants, sees_all=membership.sees == "all")


def scope_of(membership: Membership, clients: frozenset[str] | None) -> Scope:
    """The scope of a member. clients: the ids that `sees` leaves, None for all (see `desk.Desk.clients_of`)."""
    return Scope(membership.workspace.name, clients, verbs_of(membership))


def who_may(verb: str) -> str:
    """Who may do this, in words."""
    return spoken(WHO.get(verb, text("an owner of the workspace")))
