"""What stands around every page? The menu, the one day, the one scope, and on which facts and rules it was answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from cartera import tongue
from cartera.app.policies import STANDARD
from cartera.calendar import add_days, add_months
from cartera.tongue import say, spoken, text
from cartera.web.acts import kept_toast
from cartera.web.addresses import Linker
from cartera.web.addresses import address as address  # noqa: PLC0414 - pages call it frame.address
from cartera.web.asking import day
from cartera.web.menu import BOTTOM, MENU, Entry
from cartera.web.scoping import filters, parts, whose

if TYPE_CHECKING:
    from django.http import HttpResponse

    from cartera.web.door import Visit

SOON, LATER = 30, 90
KEEPING = ("data", "settings", "portfolio")  # pages that say themselves how to begin


@dataclass(frozen=True)
class Chip:
    """A word that leads somewhere. is_current: it says where we are."""

    text: str
    href: str
    is_current: bool = False


@dataclass(frozen=True)
class Band:
    """A line over the page. kind: past or future. link: what leads elsewhere, to href."""

    kind: str
    text: str
    link: str = ""
    href: str = ""


def page(visit: Visit, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page in its frame, or its main part alone where a part was asked for."""
    base = "bare.html" if visit.is_fragment else "frame.html"
    given = {"base": base, "visit": visit, "link": Linker(visit), **context}
    if not visit.is_fragment:
        given = frame(visit) | given
    return render(visit.request, template, given, status=status)


def frame(visit: Visit) -> dict[str, Any]:
    """What the frame shows."""
    here, entries = day(visit), menu(visit)
    return {
        "toast": kept_toast(visit),
        "menu": entries,
        "bottom": [one for _, group in entries for one in group if one[0].path in BOTTOM],
        "saved": saved(visit),
        "day": here,
        "day_text": tongue.day_text(here),
        "days": days(visit, here),
        "month_back": address(visit, asked=visit.asked.but(day=add_months(here, -1))),
        "month_on": address(visit, asked=visit.asked.but(day=add_months(here, 1))),
        "bands": bands(visit, here),
        "parts": parts(visit),
        "filters": filters(visit),
        "bare_address": address(visit, asked=visit.asked.but(where=())),
        "truth": truth(visit),
        "language": tongue.in_force().language,
        "is_empty": nothing_here(visit),
        "may_import": visit.scope.allows("import"),
        "notices": [*notices(visit), *visit.notices],
    }


def menu(visit: Visit) -> list[tuple[str, list[tuple[Entry, Chip]]]]:
    """The entries this person may use, by group."""
    groups: dict[str, list[tuple[Entry, Chip]]] = {}
    for one in MENU:
        if visit.scope.allows(one.may):
            chip = Chip(
                spoken(one.label), address(visit, one.path), is_current=visit.route.partition("/")[0] == one.path
            )
            groups.setdefault(one.group, []).append((one, chip))
    return list(groups.items())


def saved(visit: Visit) -> list[Chip]:
    """The views that this person and others keep under a name."""
    from cartera.app.workspace.saved import kept

    found = kept(visit.scope, visit.desk.book, visit.user)
    return [Chip(one.name, f"/{visit.word}/{one.page}{one.query}") for one in found]


def days(visit: Visit, here: date) -> list[Chip]:
    """The days that people ask for most."""
    today = visit.today
    month_end = add_days(today.replace(day=1), -1)
    told = (
        (say("today"), today),
        (say("month end"), month_end),
        (f"+{SOON}", add_days(today, SOON)),
        (f"+{LATER}", add_days(today, LATER)),
        (say("a year ago"), add_months(today, -12)),
    )
    return [Chip(name, address(visit, asked=visit.asked.but(day=one)), is_current=one == here) for name, one in told]


PAST = text("As of {day}, as the facts say it now.")
AHEAD = text("If nobody acts. Not a forecast: what the rules say on {day} if no new invoice arrives.")


def bands(visit: Visit, here: date) -> list[Band]:
    """What must be said about a day that is not today, and about rules that are not those in force."""
    return [one for one in (day_band(visit, here), policy_band(visit)) if one]


def day_band(visit: Visit, here: date) -> Band | None:
    """The day, where it is another one, with the way to what was known then and back."""
    asked = visit.asked
    if asked.known:
        said = say("As known at the end of {day}.", day=asked.known)
        return Band("past", said, say("As the facts say it now"), address(visit, asked=asked.but(known=None)))
    if here == visit.today:
        return None
    if here < visit.today:
        said = spoken(PAST).format(day=tongue.day_text(here))
        return Band("past", said, say("As known then"), address(visit, asked=asked.but(known=here, day=here)))
    return Band("future", spoken(AHEAD).format(day=tongue.day_text(here)))


def policy_band(visit: Visit) -> Band | None:
    """The rules, where the address names others than those in force."""
    if not visit.asked.policy:
        return None
    said = say("By the rules {policy}, which are not those in force here.", policy=visit.asked.policy)
    return Band("past", said, say("By the rules in force"), address(visit, asked=visit.asked.but(policy="")))


def notices(visit: Visit) -> list[str]:
    """What must be said about the usual day, and about sources from which facts may be missing."""
    from cartera.app.workspace.incomplete import incomplete

    said = "" if visit.asked.day else visit.desk.usual_day(visit.asked.known)[1]
    return [*([said] if said else []), *incomplete(visit.desk.book)]


def nothing_here(visit: Visit) -> bool:
    """Whether there is nothing yet that a page could tell of, and the way in is to be shown."""
    from cartera.app.workspace.supply import is_empty

    if visit.route.partition("/")[0] in KEEPING:
        return False
    return bool(visit.desk.remembered(("empty",), lambda: is_empty(visit.desk.book)))


def truth(visit: Visit) -> dict[str, Any]:
    """On which facts and rules the page was answered."""
    from cartera.app.workspace.truth import last_change

    number, moment = last_change(visit.desk.book)
    held = visit.desk.book.workspace
    return {
        "change": number, "on": moment and tongue.day_text(moment.date()), "at": moment and f"{moment:%H:%M}",
        "policy": visit.asked.policy or held.policy.get("name", STANDARD), "scope": whose(visit),
        "rules": address(visit, "rules"),
    }  # fmt: skip
