"""By what does every answer go? Name, language, currency, time zone, fiscal year and roll-up of the workspace."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect

from cartera.app.tongues import LANGUAGES
from cartera.app.workspace.naming import rename
from cartera.app.workspace.settings import NO, ROLL_UP, YES, set_setting, settings
from cartera.tongue import spoken, text
from cartera.web.accounts.account import NAMES
from cartera.web.door import GET, POST, Route
from cartera.web.pages.settings.parts import acted, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

HERE = "settings"
LABELS = {
    "currency": text("Currency"), "time_zone": text("Time zone"), "language": text("Language"),
    "fiscal_year_start": text("The fiscal year begins on"), ROLL_UP: text("Count children as their parent"),
}  # fmt: skip
HELP = {
    "currency": text("The code in which sums are told, such as EUR."),
    "time_zone": text("Where a day begins and ends, such as Europe/Lisbon."),
    "language": text("Of the pages, for everybody who chose no other."),
    "fiscal_year_start": text("Month and day, such as 04-01."),
    ROLL_UP: text("Companies of one group stand in the portfolio as one client."),
}
ANSWERS = {YES: text("Yes"), NO: text("No")}


def show(visit: Visit, **told: Any) -> HttpResponse:
    """The settings of the workspace; a form for whoever may change them."""
    held = {name: value for name, value, _ in settings(visit.scope, visit.desk.book)}
    sent = visit.request.POST
    fields = [
        {"name": name, "label": spoken(label), "help": spoken(HELP[name]), "value": sent.get(name, held[name]),
         "options": options(name)}
        for name, label in LABELS.items()
    ]  # fmt: skip
    given = {"fields": fields, "policy": held["policy"], "may": visit.scope.allows("settings"), **told}
    return page(visit, HERE, "workspace.html", given, status=told.get("status", 200))


def options(name: str) -> list[tuple[str, str]]:
    """What a setting may be, where that is a short list."""
    if name == "language":
        return [(one, NAMES[one]) for one in LANGUAGES]
    return [(one, spoken(said)) for one, said in ANSWERS.items()] if name == ROLL_UP else []


def save(visit: Visit) -> HttpResponse:
    """The settings as they were sent; all or none."""
    answer = acted(visit, lambda: _saved(visit), HERE, show)
    if answer.status_code == HTTPStatus.FOUND:
        visit.site.forget(visit.workspace)
        return HttpResponseRedirect(f"/{visit.site.word(visit.workspace)}/{HERE}")
    return answer


def _saved(visit: Visit) -> None:
    from django.db import transaction

    book, held = visit.desk.book, {name: value for name, value, _ in settings(visit.scope, visit.desk.book)}
    with transaction.atomic(using=book.alias):
        for name in LABELS:
            value = visit.request.POST.get(name, "").strip()
            if value and value != held[name]:
                set_setting(visit.scope, book, name, value, by=visit.by)
        rename(visit.scope, book, visit.request.POST.get("name", ""), by=visit.by)


ROUTES = (
    Route("settings", show, "settings", methods=GET),
    Route("settings/save", save, "settings-save", may="settings", methods=POST),
)
