"""Do the page, the API, a file taken along and the command line say the same? Rows and sums of four questions."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from html import unescape

import pytest
from tests.shells.shell import cartera
from tests.web.company import workspace_text
from tests.web.conftest import browser

DAY = "2026-11-01"
PAGES = {"composition": "portfolio", "clients": "clients", "coming": "coming", "figures": None}
SUMMED = {
    "composition": ("client_count", "amount"), "clients": ("amount", "at_stake", "total_amount"),
    "coming": ("at_stake", "planned_amount"), "figures": ("value", "last_year"),
}  # fmt: skip


def sums(rows, names):
    """How many rows, and the exact sum of each column."""
    return [len(rows), *(sum((Decimal(str(row[name])) for row in rows if row[name]), Decimal(0)) for name in names)]


def on_the_page(view, rows):
    """The numbers of the answer as the page writes them."""
    if view == "clients":
        return [f"{sum(Decimal(row['amount'] or 0) for row in rows):,.0f}"]
    if view == "composition":
        return [f">{row['client_count']}<" for row in rows if row["client_count"]]
    return [row["name"] for row in rows]


EACH = [pytest.param(one, marks=[] if one == "composition" else [pytest.mark.thorough]) for one in PAGES]


@pytest.mark.parametrize("view", EACH)
def test_every_door_says_the_same(own_site, tmp_path, view):
    owner, names = browser(own_site, "owner"), SUMMED[view]
    api = owner.get(f"/api/v1/acme/views/{view}?day={DAY}").json()["rows"]
    expected = sums(api, names)
    assert expected[0]
    assert any(expected[1:])
    taken = owner.get(f"/acme/export/{view}.csv?day={DAY}").content.decode("utf-8-sig")
    assert sums(list(csv.DictReader(io.StringIO(taken))), names) == expected
    workspace = workspace_text(tmp_path / "site", "Acme")
    for form, read in (("json", json.loads), ("csv", lambda text: list(csv.DictReader(io.StringIO(text))))):
        ended = cartera(f"show {view} '{workspace}' --day {DAY} --format {form}")
        assert ended.status == 0, ended.told
        assert sums(read(ended.out), names) == expected
    if PAGES[view]:
        page = unescape(owner.get(f"/acme/{PAGES[view]}?day={DAY}").content.decode())
        assert [word for word in on_the_page(view, api) if word not in page] == []
