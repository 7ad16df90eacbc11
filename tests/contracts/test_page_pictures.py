"""What do the pictures of a page promise? Every mark leads to the clients behind it, and none out of the house."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
import pytest

from cartera import charts
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import Opened
from cartera.charts import links, render, rows
from cartera.charts.job import drawn
from cartera.engine import open_facts
from cartera.facts.tables import Facts
from cartera.portfolio.policy import Policy
from cartera.sources.demo import company
from cartera.views.registry import VIEWS
from cartera.views.selection import CLIENT, behind

DAY = date(2026, 3, 31)
PLAIN = Ask(Policy.kopilot(), None, DAY)
POISON = '"><script>alert(1)</script> javascript:alert(2) &amp; \u202e//evil.example/\x00'
HREF = re.compile(r'href="([^"]*)"')
DRAWN = [view.name for view in VIEWS if view.picture]
BRIEF = ("composition", "moves", "cohorts", "client")  # the others wait for the thorough tests
OF_ONE = ("client", "timeline")
WIDTHS = (360, 720, 1080)


@cache
def demo() -> Opened:
    return Opened("demo", open_facts(Facts(**company("services", DAY))))


@cache
def poisoned() -> Opened:
    days = ("2026-03-01", "2025-01-10", "2025-06-01", "2024-11-11")
    invoices = {
        "client_id": [POISON, POISON, "b", "c"], "issued_on": list(days), "amount": ["100", "50", "70", "5"],
        "rep": [POISON, POISON, "Ana", None],
    }  # fmt: skip
    clients = {"client_id": [POISON, "b", "c"], "name": [POISON, "B", "C"]}
    return Opened("poisoned", open_facts(Facts(invoices=pa.table(invoices), clients=pa.table(clients))))


def address(where: tuple[tuple[str, str], ...], *, day: date, view: str) -> str:
    """An address as a site makes it."""
    asked = urlencode([("where", f"{name}:{value}") for name, value in where] + [("day", day.isoformat())])
    return f"/acme/{'clients' if view == CLIENT else view}?{asked}"


def pictured(source: Opened, name: str, *, width: int = 720, **changed: Any) -> str:
    """The page's picture of a view."""
    view = view_called(name)
    one = {"demo": "C039", "poisoned": POISON}[source.name]
    ask = replace(PLAIN, where=(("client_id", one),) if name in OF_ONE else (), **changed)
    answer = show(EVERYTHING, source, view, ask)
    look = answer.view.picture
    assert look
    marks = links.linked(answer, look.rows(answer.rows.to_pylist(), answer.query), address)
    return drawn(charts.job(answer, marks, width=width))


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in BRIEF else pytest.mark.thorough) for name in DRAWN]
)
def test_every_link_of_a_page_stays_in_the_house(name: str) -> None:
    svg = pictured(demo(), name)
    found = HREF.findall(svg)
    assert all(re.match(r"/acme/[a-z]+\?", link) for link in found)
    assert svg.count("<a ") == len(found) == svg.count('tabindex="-1"')
    assert rows.HOST not in svg
    assert "xlink" not in svg


@pytest.mark.parametrize(
    "name", ["composition", "moves", "funnel", "rfm_grid", "balance", "cohorts", "ahead", "client"]
)
def test_marks_that_are_clients_are_links(name: str) -> None:
    assert HREF.search(pictured(demo(), name))


@pytest.mark.thorough
@pytest.mark.parametrize("name", DRAWN)
def test_a_poisoned_name_is_harmless(name: str) -> None:
    svg = pictured(poisoned(), name)
    assert "<script" not in svg
    assert all(link.startswith("/acme/") for link in HREF.findall(svg))
    assert not re.search(r"<a [^>]*javascript:", svg.replace("javascript%3A", ""))


def test_a_poisoned_rep_is_harmless_in_a_split() -> None:
    svg = pictured(poisoned(), "composition", by=("rep",))
    assert "<script" not in svg
    assert HREF.search(svg)
    assert all(link.startswith("/acme/clients?") for link in HREF.findall(svg))


def test_ids_of_two_pictures_of_a_view_differ_by_the_name_given() -> None:
    answer = show(EVERYTHING, demo(), view_called("composition"), replace(PLAIN, every="month"))
    assert answer.view.picture
    made = answer.view.picture.rows(answer.rows.to_pylist(), answer.query)
    page = "".join(drawn(charts.job(answer, made, name=name)) for name in ("now", "before"))
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert {"now-title", "before-title"} == set(re.findall(r'aria-labelledby="([^"]*)"', page))


@pytest.mark.thorough
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["composition", "moves", "funnel"])
def test_a_picture_is_as_wide_as_asked_for(name: str, width: int) -> None:
    svg = pictured(demo(), name, width=width)
    assert re.search(r'<svg [^>]*width="(\d+)"', svg)[1] == str(width)  # type: ignore[index]


def test_an_address_out_of_the_house_is_refused() -> None:
    answer = show(EVERYTHING, demo(), view_called("composition"), PLAIN)
    assert answer.view.picture
    made = answer.view.picture.rows(answer.rows.to_pylist(), answer.query)
    astray = links.linked(answer, made, lambda _where, *, day, view: f"//evil.example/{day}/{view}")
    with pytest.raises(render.ForeignLinkError):
        drawn(charts.job(answer, astray))


def test_a_number_without_anybody_behind_it_leads_nowhere() -> None:
    answer = show(EVERYTHING, demo(), view_called("composition"), PLAIN, told=False)
    assert links.to(None, answer.query, address) == {}
    assert links.path_to(behind(1, (("segment", "new"),)), answer.query, address) == (
        "/acme/clients?where=segment%3Anew&day=2026-03-31"
    )
