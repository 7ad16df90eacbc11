"""Is money seen under the sign of another currency ever added? Not in a file, not in a workspace, before or after."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.ledger.facts import held
from tests.reader.given import table
from tests.shells.shell import cartera
from tests.workspace.importing.bringing import TODAY

from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import open_source
from cartera.app.workspace.place import open_workspace
from cartera.ledger.models import Invoice

if TYPE_CHECKING:
    from cartera.app.opened import Opened

MONEY = table("Customer,Invoice No,Date,Net\nA,1,2026-01-31,$100.00\nA,2,2026-02-28,€5.00\nB,3,2026-02-28,7.00\n")
DOLLARS = table("Customer,Invoice No,Date,Net\nA,1,2026-01-31,$100.00\nB,3,2026-02-28,$7.00\n")


def told(opened: Opened) -> tuple[Decimal, list[str]]:
    """The sum of the composition, and which money is told apart."""
    found = show(EVERYTHING, opened, view_called("composition"), Ask(day=TODAY))
    return found.totals["amount"], [one.partition(": ")[2] for one in found.notices if "no rate" in one]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_text(MONEY, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("currency", "found"),
    [
        ("EUR", (Decimal(12), ["100.00 $ net, in no amount."])),
        ("USD", (Decimal(107), ["5.00 EUR net, in no amount."])),
        ("CAD", (Decimal(107), ["5.00 EUR net, in no amount."])),
    ],
)
def test_a_file(file: Path, currency: str, found: tuple[Decimal, list[str]]) -> None:
    assert told(open_source(EVERYTHING, str(file), day=TODAY, options={"currency": currency})) == found


def test_a_workspace_with_a_currency(workspace: str, file: Path) -> None:
    done = cartera(f"import {file} -w {workspace} --yes")
    assert "The sign $ is used by several currencies, but EUR is none of them" in done.out
    assert told(open_source(EVERYTHING, workspace, day=TODAY)) == (Decimal(12), ["100.00 $ net, in no amount."])


def test_a_file_that_is_said_to_be_in_dollars_comes_into_a_workspace_in_euros(workspace: str, file: Path) -> None:
    cartera(f"import {file} -w {workspace} --yes --currency USD")
    assert told(open_source(EVERYTHING, workspace, day=TODAY)) == (Decimal(5), ["107.00 USD net, in no amount."])


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("currency", "found"), [("EUR", (Decimal(0), ["107.00 $ net, in no amount."])), ("USD", (Decimal(107), []))]
)
def test_a_workspace_that_gets_its_currency_later(
    tmp_path: Path, currency: str, found: tuple[Decimal, list[str]]
) -> None:
    place, path = str(tmp_path / "acme"), tmp_path / "sales.csv"
    path.write_text(DOLLARS, encoding="utf-8")
    cartera(f"init {place}")
    cartera(f"import {path} -w {place} --yes")
    assert {row.currency for row in held(open_workspace(place), Invoice)} == {"$"}
    cartera(f"settings currency {currency} -w {place}")
    sums, apart = told(open_source(EVERYTHING, place, day=TODAY))
    assert (sums, [one.partition(": ")[2] or one for one in apart]) == found
