"""What have the pages of the settings in common? Their menu, the words of places, and how an act ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponseRedirect

from cartera.app.scope import NotAllowedError
from cartera.errors import CarteraError
from cartera.tongue import spoken, text
from cartera.web import frame
from cartera.web.frame import Chip

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

ROLES = {"owner": text("Owner"), "manager": text("Manager"), "rep": text("Sales rep"), "viewer": text("Viewer")}
SEES = {"all": text("All clients"), "team": text("The team's clients"), "own": text("Own clients")}
GRANTS = {
    "export": text("Export"), "margin": text("See margins"), "import": text("Import files"),
    "imports": text("See imports"), "reconcile": text("Reconcile with accounting"),
    "link": text("Merge clients"), "rates": text("Set exchange rates"), "sync": text("Connect sources"),
}  # fmt: skip
PAGES = (
    ("settings", text("Workspace"), "show"), ("settings/people", text("People"), "people"),
    ("settings/keys", text("API keys"), "show"), ("settings/sign-ins", text("Sign-ins"), "show"),
    ("settings/audit", text("Audit"), "audit_team"), ("settings/backup", text("Backup"), "export"),
)  # fmt: skip


def page(visit: Visit, here: str, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the settings in its frame. here: its entry in their menu."""
    given = {"tabs": tabs(visit, here), "at": f"/{visit.word}/settings", "zone": visit.workspace.time_zone, **context}
    return frame.page(visit, f"settings/{template}", given, status=status)


def tabs(visit: Visit, here: str) -> list[Chip]:
    """The pages of the settings that this person may use."""
    return [
        Chip(spoken(name), frame.address(visit, path), is_current=path == here)
        for path, name, may in PAGES
        if visit.scope.allows(may)
    ]


def acted(visit: Visit, act: Callable[[], object], back: str, again: Callable[..., HttpResponse]) -> HttpResponse:
    """Back to a page of the settings after the act; the form once more where it was refused.

    again: is given problem and status. Http404: what was to be changed is not there.
    """
    try:
        act()
    except NotAllowedError:
        raise
    except CarteraError as problem:
        return again(visit, problem=problem, status=422)
    except LookupError:
        raise Http404 from None
    return HttpResponseRedirect(f"/{visit.word}/{back}")


def said_place(place: Any) -> dict[str, str]:
    """A place in words."""
    return {
        "role": spoken(ROLES[place.role]), "sees": spoken(SEES[place.sees]),
        "grants": ", ".join(spoken(GRANTS[one]) for one in place.grants if one in GRANTS),
    }  # fmt: skip


def place_asked(visit: Visit) -> dict[str, Any]:
    """The place that a form asks for."""
    sent = visit.request.POST
    return {name: sent.get(name, "") for name in ("role", "sees", "team", "rep")} | {"grants": sent.getlist("grants")}


def choices() -> dict[str, Any]:
    """What a form about a place offers."""
    return {"roles": ROLES.items(), "all_sees": SEES.items(), "all_grants": GRANTS.items()}
