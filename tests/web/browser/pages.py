"""Which pages are there to be looked at? Every route that shows one, with an example where its address needs one."""

from __future__ import annotations

from typing import Any

FILES = ("export", "picture", "rules-file", "data/imports/rejects.csv")  # taken along, not looked at
ASKED = {
    "connected": "",  # it leads on where nothing is under way
    "find": "find?q=a",
    "clients": "clients",
    "clients-bulk": "clients/bulk?verb=note&client=C001&client=C002",
}
EXAMPLES = {
    "client": "clients/C001",
    "data/imports": "data/imports/1",
    "data/imports/rejects": "data/imports/1/rejects",
    "data/sums/month": "",
    "data/pending": "",
    "sources-one": "",
    "connect-system": "data/connect/harvest",
    "job": "",
    "job-file": "",
    "person": "settings/people/1",
}
VERBS = {f"do-{verb}": f"do/{verb}?client=C001" for verb in ("plan", "lost", "note", "log", "step", "assign")}
STATES = ("clients?q=nobody+is+called+so", "portfolio?by=rep", "clients?segment=leaving", "coming?day=2027-01-31")
OUTSIDE = ("/account", "/sign-in", "/api/v1/reference")


def pages() -> list[str]:
    """The address of every page under a workspace, and of a few states of them."""
    from cartera.web.routes import ROUTES

    found = [path(one) for one in ROUTES if "GET" in one.methods and one.name not in FILES]
    return [*(one for one in found if one), *STATES, *OUTSIDE]


def bare() -> list[str]:
    """The address of every page that is there before anything is known."""
    return [one for one in pages() if not any(known in one for known in ("C001", "imports/1", "segment=", "by=rep"))]


def path(route: Any) -> str:
    """The route's address, empty for one that has none to look at in the sample company."""
    if route.name.startswith("do-"):
        return VERBS.get(route.name, "")
    if "<" in route.path:
        return EXAMPLES.get(route.name, "")
    return ASKED.get(route.name, route.path)


def named(address: str) -> str:
    """The page's name for a test or a picture."""
    return address.strip("/").partition("?")[0].replace("/", "-") or "start"


def menu() -> list[str]:
    """The addresses of the menu."""
    from cartera.web.menu import MENU

    return [one.path for one in MENU]
