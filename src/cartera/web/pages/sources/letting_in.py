"""How does a person connect a system on a page? Its steps, its own sign-in, and the choice of a company.

What is known between the steps lies in the person's session, sealed: it holds the secret of their app.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from cartera.app.clock import now
from cartera.app.workspace.connecting import authorising, vault
from cartera.app.workspace.connecting.connecting import connect
from cartera.errors import CarteraError, UnknownNameError
from cartera.sources.kit.contract import Company
from cartera.sources.kit.oauth import App, Asked, RefusedError
from cartera.tongue import say
from cartera.web import frame
from cartera.web.pages.data.saying import UNDATED

if TYPE_CHECKING:
    from cartera.app.workspace.connecting.authorising import Opened
    from cartera.sources.kit.contract import Connector
    from cartera.web.door import Visit

KEPT = "connecting"  # in the session
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def systems(visit: Visit) -> HttpResponse:
    """The systems that can be connected."""
    rows = [{"label": one.label, "href": frame.address(visit, f"data/connect/{one.name}")} for one in offered()]
    context = {
        **UNDATED, "rows": rows, "data": frame.address(visit, "data"),
        "beside": say("A database is connected by whoever runs the server."),
    }  # fmt: skip
    return frame.page(visit, "sources/systems.html", context)


def offered() -> list[Connector]:
    """The systems that a person can connect on a page."""
    from cartera.sources.registry import connector, names

    return [one for one in map(connector, names()) if not _is_database(one)]


def _is_database(system: Connector) -> bool:
    """Whether it is opened by an address and queries, which only a file on the server says."""
    return hasattr(system, "reader")


def begun(visit: Visit, system: str, error: str = "") -> HttpResponse:
    """The steps for one system; what was typed takes the next one."""
    found = _system(system)
    if visit.request.method == "POST" and not error:
        try:
            return _asked(visit, found)
        except CarteraError as problem:
            error = problem.sentence
    grant = found.grant_at(None)
    context: dict[str, Any] = {
        **UNDATED, "system": found, "has_token": grant is None, "redirect": _redirect(visit), "error": error,
        "sent": visit.request.POST, "is_https_only": grant is not None and not grant.is_local,
        "here": frame.address(visit, f"data/connect/{system}"),
    }  # fmt: skip
    return frame.page(visit, "sources/begin.html", context, status=422 if error else 200)


def _asked(visit: Visit, system: Connector, scope: str = "") -> HttpResponse:
    """To the system's own sign-in; with a token straight to the companies."""
    sent = visit.request.POST
    if system.grant_at(None) is None:
        opened = authorising.with_token(system, sent.get("token", "").strip(), company=sent.get("company", "").strip())
        return _opened(visit, system, opened)
    app = App(*(sent.get(name, "").strip() for name in ("client_id", "client_secret", "redirect")))
    if not (app.client_id and app.client_secret and app.redirect):
        raise CarteraError(say("the id, the secret and the address are all needed."))
    return _leaving(visit, system, app, scope)


def _leaving(visit: Visit, system: Connector, app: App, scope: str) -> HttpResponse:
    address, asked = authorising.begin(system, app, scope=scope)
    _keep(visit, {"system": system.name, "app": asdict(app), "asked": asdict(asked)})
    context = {
        **UNDATED, "system": system, "leave": address, "came_back": frame.address(visit, "data/connected"),
        "is_pasted": app.redirect != _redirect(visit),
    }  # fmt: skip
    return frame.page(visit, "sources/leave.html", context)


def came_back(visit: Visit) -> HttpResponse:
    """The answer of the system's sign-in: in this address, or pasted."""
    kept = _kept(visit)
    if "asked" not in kept:
        return HttpResponseRedirect(frame.address(visit, "data/connect"))
    system, app, asked = _system(kept["system"]), App(**kept["app"]), Asked(**kept["asked"])
    sent_to = visit.request.POST.get("address") or visit.request.build_absolute_uri()
    try:
        return _opened(visit, system, authorising.answered(system, app, asked, sent_to, now=now()))
    except RefusedError as problem:
        every = authorising.scopes(system)
        following = every[every.index(asked.scope) + 1 :] if asked.scope in every else ()
        if problem.code == authorising.WRONG_SCOPE and following:
            return _leaving(visit, system, app, following[0])
        return begun(visit, system.name, problem.sentence)
    except CarteraError as problem:
        return begun(visit, system.name, problem.sentence)


def _opened(visit: Visit, system: Connector, opened: Opened) -> HttpResponse:
    """Connected, when there is one company and the currency of its books is known; else what is not is asked."""
    unsaid = dict.fromkeys(code for one in opened.companies if not one.currency for code in one.currencies)
    if len(opened.companies) == 1 and not unsaid:
        return _connected(visit, system, opened.companies[0], dict(opened.secrets), opened.expires_at)
    if not opened.companies:
        authorising.chosen(system, opened.companies, None)
    companies = [asdict(one) for one in opened.companies]
    until = opened.expires_at.isoformat() if opened.expires_at else ""
    _keep(visit, {"system": system.name, "secrets": dict(opened.secrets), "companies": companies, "until": until})
    context = {
        **UNDATED, "system": system, "companies": opened.companies, "currencies": list(unsaid),
        "choose": frame.address(visit, "data/connected/choose"),
    }  # fmt: skip
    return frame.page(visit, "sources/choose.html", context)


def chosen(visit: Visit) -> HttpResponse:
    """The company that the person chose is connected, with the currency that they said where the system does not."""
    kept = _kept(visit)
    if "companies" not in kept:
        return HttpResponseRedirect(frame.address(visit, "data/connect"))
    system = _system(kept["system"])
    companies = tuple(Company(**one) for one in kept["companies"])
    company = authorising.chosen(system, companies, visit.request.POST.get("company", ""))
    currency = visit.request.POST.get("currency", "").strip().upper()
    if not company.currency and CURRENCY.fullmatch(currency):
        company = replace(company, currency=currency)
    until = datetime.fromisoformat(kept["until"]) if kept["until"] else None
    return _connected(visit, system, company, kept["secrets"], until)


def _connected(
    visit: Visit, system: Connector, company: Company, secrets: dict[str, Any], until: datetime | None
) -> HttpResponse:
    """The source is there, and is read at once."""
    from cartera.app.workspace.jobs.asking import ask_for
    from cartera.web.jobs import SYNC

    book = visit.desk.book
    made = connect(visit.scope, book, system, company, secrets, now=now(), by=visit.by, expires_at=until)
    visit.request.session.pop(KEPT, None)
    ask_for(book, SYNC, {"source": str(made.name)}, user=visit.user, by=visit.by)
    return HttpResponseRedirect(frame.address(visit, "data/sources"))


def _system(name: str) -> Connector:
    from cartera.sources.registry import connector

    try:
        found = connector(name)
    except UnknownNameError:
        raise Http404 from None
    if _is_database(found):
        raise Http404
    return found


def _redirect(visit: Visit) -> str:
    """The address to which a system sends people back: as this server is reached."""
    path = f"/{visit.word}/data/connected"
    return visit.site.url.rstrip("/") + path if visit.site.url else visit.request.build_absolute_uri(path)


def _keep(visit: Visit, values: dict[str, Any]) -> None:
    visit.request.session[KEPT] = vault.sealed(visit.desk.book, {"kept": json.dumps(values)})[0]


def _kept(visit: Visit) -> dict[str, Any]:
    sealed = visit.request.session.get(KEPT)
    if not sealed:
        return {}
    found: dict[str, Any] = json.loads(vault.opened(visit.desk.book, sealed)["kept"])
    return found
