"""Who did what, when, from where? The lines of the audit that fit; a manager's are those of its team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cartera.app.scope import NotAllowedError
from cartera.app.workspace.access.told import tell
from cartera.app.workspace.deciding.answers import listed
from cartera.app.workspace.deciding.journal import COLUMNS, row
from cartera.tongue import say, say_many

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.views.view import Answer

AUDIT, TEAM = "audit", "audit_team"


@dataclass(frozen=True)
class Wanted:
    """Which lines. who: the name under which it was done. kind: mark, import, sign_in ... on: a day there."""

    who: str = ""
    kind: str = ""
    client: str = ""
    on: date | None = None


def lines(
    scope: Scope, book: Book, wanted: Wanted, *, team: str = "", first: int = 0, most: int | None = None
) -> tuple[int, list[dict[str, Any]]]:
    """How many lines fit, and some of them, the newest first. team: whose lines, for who may see only its team's."""
    found = _fitting(scope, book, wanted, team)
    some = list(found.order_by("-number")[first : None if most is None else first + most])
    known, undone = _names(book, some), _undone(book)
    return found.count(), [row(line, known, undone) for line in some]


def choices(scope: Scope, book: Book, *, team: str = "") -> tuple[list[str], list[str]]:
    """The names under which something was done, and what was done, of the lines that may be seen."""
    found = _fitting(scope, book, Wanted(), team)
    names = found.exclude(value=None).values_list("value__by", flat=True).distinct()
    return sorted({str(one) for one in names}, key=str.casefold), sorted(set(found.values_list("verb", flat=True)))


def exported(scope: Scope, book: Book, wanted: Wanted, *, by: str, day: date, team: str = "") -> Answer:
    """All lines that fit, for a file; that somebody took them along is a line as well."""
    from django.db import transaction

    count, rows = lines(scope, book, wanted, team=team)
    with transaction.atomic(using=book.alias):
        tell(book, "export", by=by, what=AUDIT, rows=count)
    told = say_many("{count} line.", "{count} lines.", count=count)
    return listed(AUDIT, say("Who changed what, when and why?"), COLUMNS, rows, told, day=day)


def _fitting(scope: Scope, book: Book, wanted: Wanted, team: str) -> Any:
    from cartera.ledger.models import AuditEntry

    rows = AuditEntry.objects.using(book.alias).filter(workspace_id=book.workspace_id).select_related("value")
    if not scope.allows(AUDIT):
        scope.require(TEAM)
        rows = _of_team(rows, scope, book, team)
    asked = {"value__by": wanted.who, "verb": wanted.kind, "value__client_id": wanted.client}
    rows = rows.filter(**{name: value for name, value in asked.items() if value})
    if wanted.on is not None:
        start = datetime.combine(wanted.on, time(), ZoneInfo(book.workspace.time_zone))
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return rows


def _of_team(rows: Any, scope: Scope, book: Book, team: str) -> Any:
    """What the people of a team did, of clients that may be seen; a name is theirs only if nobody else here has it."""
    from django.db.models import Q

    from cartera.ledger.models import Change, Membership

    if not team:
        raise NotAllowedError(
            say("you are in no team whose audit could be shown."), fix=say("Ask an owner to name your team.")
        )
    here = Membership.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    members = here.filter(team=team)
    theirs = _called(members) - _called(here.exclude(team=team))
    made = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id).exclude(user=None)
    by_account, by_others = (some(user__in=members.values("user")) for some in (made.filter, made.exclude))
    named = Q(value__by__in=theirs) & ~Q(change_number__in=by_others.values("number"))
    found = rows.filter(named | Q(change_number__in=by_account.values("number")))
    return found if scope.clients is None else found.filter(value__client_id__in=["", *scope.clients])


def _called(members: Any) -> set[str]:
    """The names under which people's acts are written down."""
    return {name or email for name, email in members.values_list("user__name", "user__email")}


def _names(book: Book, some: list[Any]) -> dict[str, str]:
    """Client -> name, of the clients that these lines are about."""
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.models import Client

    ids = {one.value.client_id for one in some if getattr(one, "value", None) is not None} - {""}
    rows = held(book, Client).filter(client_id__in=ids).values_list("client_id", "name")
    return {one: name or one for one, name in rows}


def _undone(book: Book) -> dict[int, int]:
    from cartera.ledger.models import Change

    changes = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id).exclude(undone_by=None)
    return dict(changes.values_list("number", "undone_by__number"))
