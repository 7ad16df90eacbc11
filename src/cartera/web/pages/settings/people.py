"""Who sees what here? Everybody with a place, invitations on their way, and what an owner changes of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, QueryDict

from cartera.app.workspace.access import invitations, passwords, people
from cartera.app.workspace.access.invitations import place_of
from cartera.app.workspace.access.place_given import REP
from cartera.app.workspace.access.told import PEOPLE
from cartera.web.door import POST, Route
from cartera.web.pages.settings.parts import acted, choices, page, place_asked, said_place

if TYPE_CHECKING:
    from cartera.web.door import Visit

HERE = "settings/people"
Act = Callable[..., object]


def show(visit: Visit, **told: Any) -> HttpResponse:
    """Everybody, and the form for one more."""
    found = people.people(visit.scope, visit.desk.book)
    waiting = invitations.invitations(visit.scope, visit.desk.book)
    given = {
        "people": [(one, said_place(one.place)) for one in found],
        "invitations": [(one, said_place(place_of(one))) for one in waiting],
        "sent": visit.request.POST, "chosen": {"role": REP} | {k: one for k, one in place_asked(visit).items() if one},
        **choices(), **told,
    }  # fmt: skip
    return page(visit, HERE, "people.html", given, status=told.get("status", 200))


def invite(visit: Visit) -> HttpResponse:
    """The page with the link to hand on, which is told this once."""
    made: list[invitations.Invited] = []

    def done() -> None:
        """Make the invitation."""
        email = visit.request.POST.get("email", "")
        made.append(invitations.invite(visit.scope, visit.desk.book, email, by=visit.by, **place_asked(visit)))

    answer = acted(visit, done, HERE, show)
    if not made:
        return answer
    visit.request.POST = QueryDict()
    return show(visit, made=base(visit) + made[0].path, linked=str(made[0].invitation.email))


def withdraw(visit: Visit, number: int) -> HttpResponse:
    """The invitation is worth nothing from now on."""
    return acted(visit, lambda: invitations.withdraw(visit.scope, visit.desk.book, number, by=visit.by), HERE, show)


def person(visit: Visit, number: int, **told: Any) -> HttpResponse:
    """One person and its place. Http404: nobody here has this number."""
    found = next((one for one in people.people(visit.scope, visit.desk.book) if one.number == number), None)
    if found is None:
        raise Http404
    asked = place_asked(visit) if visit.request.POST.get("role") else vars(found.place)
    given = {"one": found, "chosen": asked, **choices(), **told}
    return page(visit, HERE, "person.html", given, status=told.get("status", 200))


def change(visit: Visit, number: int) -> HttpResponse:
    """The person's new place."""
    return _done(visit, number, partial(people.change, **place_asked(visit)))


def disable(visit: Visit, number: int) -> HttpResponse:
    """The person may not come in any more."""
    return _done(visit, number, people.disable)


def enable(visit: Visit, number: int) -> HttpResponse:
    """The person may come in again."""
    return _done(visit, number, people.enable)


def remove(visit: Visit, number: int) -> HttpResponse:
    """The person's place is gone."""
    return _done(visit, number, people.remove, back=HERE)


def reset(visit: Visit, number: int) -> HttpResponse:
    """The page with the link for a new password, which is told this once."""
    made: list[str] = []

    def done() -> None:
        """Make the link."""
        made.append(passwords.reset_path(visit.scope, visit.desk.book, visit.site.secret, number, by=visit.by))

    answer = acted(visit, done, HERE, _person_again(number))
    return person(visit, number, made=base(visit) + made[0]) if made else answer


def base(visit: Visit) -> str:
    """The address under which people find the app."""
    return visit.site.url or f"{visit.request.scheme}://{visit.request.get_host()}"


def _done(visit: Visit, number: int, act: Act, *, back: str = "") -> HttpResponse:
    return acted(
        visit, lambda: act(visit.scope, visit.desk.book, number, by=visit.by),
        back or f"{HERE}/{number}", _person_again(number),
    )  # fmt: skip


def _person_again(number: int) -> Callable[..., HttpResponse]:
    return lambda visit, **told: person(visit, number, **told)


ROUTES = (
    Route("settings/people", show, "people", may=PEOPLE),
    Route("settings/people/invite", invite, "people-invite", may=PEOPLE, methods=POST),
    Route("settings/people/<int:number>", person, "person", may=PEOPLE),
    Route("settings/people/<int:number>/change", change, "person-change", may=PEOPLE, methods=POST),
    Route("settings/people/<int:number>/disable", disable, "person-disable", may=PEOPLE, methods=POST),
    Route("settings/people/<int:number>/enable", enable, "person-enable", may=PEOPLE, methods=POST),
    Route("settings/people/<int:number>/remove", remove, "person-remove", may=PEOPLE, methods=POST),
    Route("settings/people/<int:number>/reset", reset, "person-reset", may=PEOPLE, methods=POST),
    Route("settings/invitations/<int:number>/withdraw", withdraw, "invitation-withdraw", may=PEOPLE, methods=POST),
)
