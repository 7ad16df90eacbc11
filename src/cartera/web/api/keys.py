"""Who calls the API? A program with a key, or a page with a sign-in; a key never may more than its person."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from ninja.security import HttpBearer, SessionAuth

from cartera.app.clock import now
from cartera.app.roles import READING
from cartera.app.scope import Scope
from cartera.web.door import Visit, visit_as
from cartera.web.site import served

if TYPE_CHECKING:
    from datetime import datetime

    from cartera.ledger.models import ApiKey

USED_EVERY = 60  # seconds between two notes of a key's last use: it is no row to rewrite on every call


class Bearer(HttpBearer):
    """`Authorization: Bearer KEY`."""

    def authenticate(self, _request: HttpRequest, token: str) -> ApiKey | None:
        """The key, None for one that is unknown, ended or its person's no more."""
        from cartera.ledger.models import ApiKey

        keys = ApiKey.objects.using(served().alias).select_related("user", "workspace")
        found = keys.filter(token_hash=digest(token), revoked_at=None, user__is_active=True).first()
        at = now()
        if found is None or (found.expires_at is not None and found.expires_at <= at):
            return None
        note_use(found, at)
        return found


def digest(token: str) -> str:
    """What is kept of a key."""
    return sha256(token.encode()).hexdigest()


def note_use(key: ApiKey, at: datetime) -> None:
    """When the key was used last, to the minute."""
    if key.used_at is None or (at - key.used_at).total_seconds() > USED_EVERY:
        type(key).objects.using(served().alias).filter(pk=key.pk).update(used_at=at)


AUTH: list[Any] = [Bearer(), SessionAuth(csrf=True)]


def visit(request: HttpRequest, workspace: str, route: str) -> Visit:
    """The call as a visit of its person. Http404: no such workspace, or none of this caller's."""
    caller: Any = getattr(request, "auth", None)
    if not hasattr(caller, "token_hash"):
        return visit_as(request, request.user, workspace, route)
    made = visit_as(request, caller.user, workspace, route)
    if made.workspace.pk != caller.workspace_id:
        raise Http404
    return made if not caller.is_read_only else reading(made)


def reading(made: Visit) -> Visit:
    """The visit without the verbs that change anything."""
    own = made.scope.may
    may = READING if own is None else own & READING
    made.scope = Scope(made.scope.workspace, made.scope.clients, may)
    return made
