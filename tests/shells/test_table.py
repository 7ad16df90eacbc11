"""What a person reads: the table at the widths of real screens, with and without colour."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.shells.answers import COLUMNS, ROWS, TYPES, answer, view

from cartera.app.show import totals
from cartera.cli.render.cells import shown_in
from cartera.cli.render.table import print_table
from cartera.views.phrasing import grown
from cartera.views.view import Answer, Column

if TYPE_CHECKING:
    import pytest


def printed(
    monkeypatch: pytest.MonkeyPatch, given: Answer, width: int = 80, limit: int = 40, **environment: str
) -> str:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"COLUMNS": str(width), **environment}.items():
        monkeypatch.setenv(name, value)
    file = io.StringIO()
    print_table(given, file, limit=limit)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines())


def test_a_table_reads_well_on_eighty_columns(monkeypatch: pytest.MonkeyPatch):
    assert printed(monkeypatch, answer()) == (
        "Who are my clients?\n"
        "2 clients.\n"
        "day 2026-03-31 · policy kopilot · where country = France\n"
        "\n"
        "                         Last        Days\n"
        "Client    Segment        invoice     left  Invoices   Sales (EUR)   Share\n"
        "─────────────────────────────────────────────────────────────────────────\n"
        "Ana & Co  Active         2026-03-01           1,200  1,234,567.50  75.0 %\n"
        "          Sleeping away                12         3         -0.12  25.0 %\n"
        "─────────────────────────────────────────────────────────────────────────\n"
        "Total                                         1,203  1,234,567.38\n"
        "\n"
        "No room for is_planned: widen the window or use --format csv."
    )


def test_it_never_is_wider_than_the_screen(monkeypatch: pytest.MonkeyPatch):
    for width in (40, 60, 80, 100, 120):
        lines = printed(monkeypatch, answer(), width).splitlines()
        assert max(len(line) for line in lines) <= width


def test_segments_are_coloured_and_always_named(monkeypatch: pytest.MonkeyPatch):
    coloured = printed(monkeypatch, answer(), FORCE_COLOR="1", TERM="xterm-256color")
    assert "\x1b[32mActive" in coloured
    assert "\x1b[33mSleeping away" in coloured
    assert "\x1b[3" not in printed(monkeypatch, answer(), NO_COLOR="1", FORCE_COLOR="1")
    assert "\x1b" not in printed(monkeypatch, answer())


def test_a_name_cannot_steer_the_terminal_or_the_table(monkeypatch: pytest.MonkeyPatch):
    text = printed(monkeypatch, answer([{"name": "\x1b[31m[bold]Evil\nInc"}], totals={}), 120)
    assert "[31m[bold]Evil Inc" in text
    assert "\x1b" not in text


def test_more_rows_than_the_limit_are_counted_and_their_totals_kept(monkeypatch: pytest.MonkeyPatch):
    text = printed(monkeypatch, answer(), limit=1)
    assert "1 more row: --limit 0 shows all." in text
    text = printed(monkeypatch, answer(), limit=0)
    assert "more row" not in text


def test_one_row_that_is_too_wide_becomes_a_list(monkeypatch: pytest.MonkeyPatch):
    text = printed(monkeypatch, answer(ROWS[:1], totals={}), 40)
    assert "Last invoice  2026-03-01" in text
    assert "Days left" not in text


def test_no_rows_are_said(monkeypatch: pytest.MonkeyPatch):
    assert "No rows." in printed(monkeypatch, answer([], totals={}))


def test_long_texts_are_broken_at_words(monkeypatch: pytest.MonkeyPatch):
    columns = (Column("name", "Why"), Column("segment", "Segment", "segment"))
    long = answer([{"name": "Active since the invoice of March, by the rule of four months.", "segment": "new"}] * 2)
    text = printed(monkeypatch, replace(long, view=view(columns), columns=columns, totals={}), 45)
    assert "Active since the invoice of March,    New" in text


def test_totals_are_exact():
    rows = answer([{"amount": Decimal("0.1000"), "invoice_count": 2}] * 3).rows
    assert totals(rows, COLUMNS) == {"invoice_count": 6, "amount": Decimal("0.3000")}
    assert totals(TYPES.empty_table(), COLUMNS) == {"invoice_count": 0, "amount": Decimal(0)}


def test_a_share_reads_the_same_in_the_table_and_in_the_sentence() -> None:
    share = Column("value", "Value", "money", unit_from="unit")
    for part, told in ((Decimal("1.6765"), "167.6 %"), (Decimal("24.4260"), "2,442.6 %"), (0.5, "50.0 %")):
        assert shown_in({"value": part, "unit": "share"}, share) == told
        assert grown(part) == f"+{told}"
