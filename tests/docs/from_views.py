"""The questions and their columns, as the registry has them."""

from __future__ import annotations

from datetime import date
from importlib import import_module

from cartera.portfolio.policy import Policy
from cartera.views.registry import VIEWS
from cartera.views.view import Query, View
from tests.docs.markdown import code, table

QUERY = Query(date(2026, 3, 31), Policy.kopilot())
UNITS = {
    "text": "text", "segment": "segment id", "date": "date", "days": "days", "count": "whole number",
    "share": "share, 0 to 1", "money": "money", "flag": "true or false", "number": "number",
}  # fmt: skip


def pages() -> str:
    """One row per question, with its page of the guide."""
    return table(["the question", "its page"], [[v.question, f"[{v.name}]({v.name}.md)"] for v in VIEWS])


def views() -> str:
    """Every view with an example and the pictures it has."""
    rows = [[code(v.name), v.question, picture(v), code(v.example)] for v in VIEWS]
    return table(["view", "question", "picture", "for example"], rows)


def picture(view: View) -> str:
    """What its picture is called, for one day and over time."""
    found = [v.picture.kind.replace("_", " ") for v in (view, view.over_time) if v and v.picture]
    return ", ".join(found)


def columns(name: str) -> str:
    """The columns of one view; those that `--every` adds are said to be so."""
    view = next(v for v in VIEWS if v.name == name)
    own = view.columns(QUERY)
    rows = [[code(c.name), c.label, UNITS[c.unit], "yes" if c.total else ""] for c in own]
    if view.over_time:
        known = {c.name for c in own}
        more = [c for c in view.over_time.columns(QUERY) if c.name not in known]
        rows += [[code(c.name), c.label, f"{UNITS[c.unit]}; with `--every` only", ""] for c in more]
    return table(["column", "on screen", "holds", "has a total"], rows)


def classes(name: str) -> str:
    """The classes of one view and when a client is in each, with the view's own limits."""
    defined = import_module(f"cartera.portfolio.{name}").definitions(import_module(f"cartera.views.{name}").LIMITS)
    return table(["word", "when"], [[f"**{word}**", why] for word, why in defined])
