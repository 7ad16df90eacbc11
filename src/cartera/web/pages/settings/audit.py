"""Who did what, when and why? The audit by person, act, client and day, page by page, and as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from cartera.app.day import parse_day
from cartera.app.export import formats
from cartera.app.workspace.access import audited
from cartera.app.workspace.access.audited import Wanted
from cartera.errors import UnknownNameError
from cartera.tongue import spoken, text
from cartera.web.door import POST, Route
from cartera.web.pages.settings.parts import page
from cartera.web.rows import PAGE, pages

if TYPE_CHECKING:
    from cartera.web.door import Visit

HERE = "settings/audit"
TYPES = {
    "csv": "text/csv; charset=utf-8", "json": "application/json", "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
KINDS = {
    "init": text("Made the workspace"), "first_owner": text("First owner"), "sign_in": text("Signed in"),
    "sign_out": text("Signed out"), "end_sign_in": text("Ended a sign-in"), "account": text("Changed the account"),
    "password": text("New password"), "reset": text("Link for a new password"), "invite": text("Invited"),
    "withdraw": text("Withdrew an invitation"), "join": text("Joined"), "role": text("Changed a role"),
    "disable": text("Disabled"), "enable": text("Enabled"), "remove": text("Removed"), "key": text("Made an API key"),
    "revoke": text("Revoked an API key"), "settings": text("Changed a setting"), "export": text("Exported"),
    "backup": text("Backed up"), "restore": text("Restored"), "import": text("Imported"), "undo": text("Undone"),
    "plan": text("Planned"), "move": text("Moved a plan"), "drop": text("Dropped a plan"),
    "match": text("Matched a plan"), "mark": text("Marked"), "note": text("Noted"), "assign": text("Assigned"),
    "link": text("Linked clients"), "log": text("Logged a contact"),
}  # fmt: skip


def show(visit: Visit) -> HttpResponse:
    """The lines that fit."""
    wanted, team = asked(visit), str(visit.member.team)
    first = (visit.asked.page - 1) * PAGE
    count, rows = audited.lines(visit.scope, visit.desk.book, wanted, team=team, first=first, most=PAGE)
    names, kinds = audited.choices(visit.scope, visit.desk.book, team=team)
    given = {
        "rows": [row | {"kind": said(row["verb"])} for row in rows], "count": count, "pages": pages(visit, count),
        "names": names, "kinds": sorted(((one, said(one)) for one in kinds), key=lambda pair: pair[1]),
        "wanted": wanted, "formats": list(TYPES),
    }  # fmt: skip
    return page(visit, HERE, "audit.html", given)


def take(visit: Visit) -> HttpResponse:
    """All lines that fit, as a file."""
    kind = visit.request.POST.get("format", "csv")
    if kind not in TYPES:
        raise UnknownNameError("format", kind, tuple(TYPES), where="format")
    answer = audited.exported(
        visit.scope, visit.desk.book, asked(visit), by=visit.by, day=visit.today, team=str(visit.member.team)
    )
    headers = {"Content-Disposition": f'attachment; filename="audit-{visit.today}.{kind}"'}
    return HttpResponse(formats.encoded(answer, kind), content_type=TYPES[kind], headers=headers)


def asked(visit: Visit) -> Wanted:
    """Which lines the address, or the form, asks for."""
    sent: Any = visit.request.POST if visit.request.method == "POST" else visit.asked.more
    given = Wanted(**{name: sent.get(name, "") for name in ("who", "kind", "client")})
    return replace(given, on=parse_day(sent["on"], "on")) if sent.get("on") else given


def said(kind: str) -> str:
    """What was done, in words; the word itself where there are none."""
    return spoken(KINDS[kind]) if kind in KINDS else kind


ROUTES = (
    Route("settings/audit", show, "audit", may="audit_team"),
    Route("settings/audit/take", take, "audit-take", may="audit_team", methods=POST),
)
