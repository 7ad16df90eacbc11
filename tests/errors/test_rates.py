"""Exchange rates that are refused, with the whole message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.shells.shell import cartera

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.rates.adding import import_rates
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from pathlib import Path

    from cartera.ledger.book import Book

REFUSED = [
    ("day,currency,rate\n2026-03-31,USD,0.92\n2026-03-31,USD,0.93\n2026-03-31,JPY,0.006\n",
     "rates.csv: USD has two rates on 2026-03-31: 0.92 and 0.93. Keep one of them."),
    ("a,b\n1,2\n", "rates.csv: this is no table of exchange rates (found a, b)."
     " Name the columns in the first line: day,currency,rate or Date,USD,JPY"),
    ("day,currency,rate\n2026-03-31,USD,x\n", "rates.csv: no row holds a rate. The first: rates.csv, line 2,"
     " column rate: BAD_NUMBER 'x'. Write a rate above zero, such as 1.0856."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused_files(book: Book, tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "rates.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CarteraError) as caught:
        import_rates(EVERYTHING, book, path, by="Ana")
    assert str(caught.value) == message


def test_refused_lines(workspace: str) -> None:
    told = {
        f"rates add 2026-03-31 EUR 1 -w {workspace}":
        "EUR is the workspace's own currency. Name a foreign one, such as USD.",
        f"rates add 2026-03-31 USD 0 -w {workspace}": "a rate is above zero, not 0. For example 0.92.",
        f"rates add 2026-03-31 USD x -w {workspace}": "RATE: 'x' is no rate. For example 0.92.",
        f"rates add 2026-03-31 USD 1 --direction up -w {workspace}":
        "--direction: unknown direction 'up'. Valid: per-foreign, per-base.",
    }  # fmt: skip
    assert {line: cartera(line).told.strip() for line in told} == told
    assert cartera(f"rates add 2026-03-31 JPY 160 -w {workspace}").status == 3


def test_a_workspace_without_a_currency_has_no_rates(workspace: str) -> None:
    from cartera.app.workspace.place import open_workspace
    from cartera.ledger.models import Workspace

    Workspace.objects.using(open_workspace(workspace).alias).update(currency="")
    assert cartera(f"rates add 2026-03-31 USD 1 -w {workspace}").told == (
        "the workspace has no currency yet, so a rate has no second side."
        f" Say it first: cartera settings currency EUR -w {workspace}.\n"
    )
