"""Where is who signed in? One's own sign-ins; everybody's for whoever looks after people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect

from cartera.app.workspace.access import signins
from cartera.app.workspace.access.told import PEOPLE
from cartera.web.door import POST, Route
from cartera.web.pages.settings.parts import page

if TYPE_CHECKING:
    from cartera.web.door import Visit

HERE = "settings/sign-ins"


def show(visit: Visit) -> HttpResponse:
    """The sign-ins in force."""
    here, is_everybody = visit.request.session.session_key, visit.scope.allows(PEOPLE)
    if is_everybody:
        found = signins.of_workspace(visit.scope, visit.desk.book, here=here)
    else:
        found = signins.sign_ins(visit.site.alias, [visit.user.pk], here=here)
    return page(visit, HERE, "signins.html", {"sign_ins": found, "is_everybody": is_everybody})


def end(visit: Visit, handle: str) -> HttpResponse:
    """The sign-in ended for good. Http404: there is none of anybody here."""
    if signins.end_of_workspace(visit.scope, visit.desk.book, handle, by=visit.by) is None:
        raise Http404
    return HttpResponseRedirect(f"/{visit.word}/{HERE}")


ROUTES = (
    Route("settings/sign-ins", show, "sign-ins"),
    Route("settings/sign-ins/<str:handle>/end", end, "sign-ins-end", may=PEOPLE, methods=POST),
)
