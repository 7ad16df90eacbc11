"""The settings of a workspace: validated, audited, and in force for every question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.shells.shell import cartera

from cartera.app.clock import now
from cartera.app.scope import EVERYTHING
from cartera.app.workspace.place import open_workspace
from cartera.app.workspace.settings import as_of, set_setting, settings, workspace_policy

if TYPE_CHECKING:
    from pathlib import Path

    from cartera.ledger.book import Book

SET = [
    ("currency", "usd", "USD"), ("time_zone", "Europe/Lisbon", "Europe/Lisbon"), ("language", "pt-BR", "pt-BR"),
    ("fiscal_year_start", "April", "04-01"), ("fiscal_year_start", "4", "04-01"), ("roll_up", "no", "no"),
    ("policy", "salescope", "salescope"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "kept"), SET)
def test_set_and_audited(book: Book, name: str, text: str, kept: str) -> None:
    from cartera.ledger.audit import verify
    from cartera.ledger.models import AuditEntry

    assert set_setting(EVERYTHING, book, name, text, by="Ana")[1] == kept
    assert {one: value for one, value, _ in settings(EVERYTHING, book)}[name] == kept
    assert [line.verb for line in AuditEntry.objects.using(book.alias)] == ["settings"]
    assert verify(book) == (1, [])


def test_a_policy_file_is_kept_with_the_workspace(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('policy = "kopilot"\nactive_months = 5\n', encoding="utf-8")
    assert set_setting(EVERYTHING, book, "policy", str(path), by="Ana") == ("kopilot", "ours.toml")
    set_setting(EVERYTHING, book, "fiscal_year_start", "4", by="Ana")
    path.unlink()
    found = workspace_policy(book.workspace)
    assert (found.active_months, found.fiscal_year_start) == (5, 4)


def test_settings_as_they_were_known(book: Book) -> None:
    moments = []
    for name, value in (("currency", "usd"), ("policy", "salescope"), ("roll_up", "no"), ("currency", "gbp")):
        moments.append(now())
        set_setting(EVERYTHING, book, name, value, by="Ana")
    told = [
        (held.currency, held.policy.get("name"), held.settings.get("roll_up", True))
        for held in (as_of(book.workspace, moment) for moment in [*moments, now()])
    ]
    assert told == [
        ("EUR", None, True), ("USD", None, True), ("USD", "salescope", True), ("USD", "salescope", False),
        ("GBP", "salescope", False),
    ]  # fmt: skip
    assert book.workspace.currency == "GBP"


def test_known_asks_under_the_settings_of_then(workspace: str) -> None:
    import cartera as library

    first = now()
    set_setting(EVERYTHING, open_workspace(workspace), "currency", "usd", by="Ana")
    assert library.open(workspace, known=first).currency == "EUR"
    assert library.open(workspace).currency == library.open(workspace, known=now()).currency == "USD"


def test_at_the_command_line(workspace: str) -> None:
    done = cartera(f"settings time_zone Europe/Lisbon -w {workspace}")
    assert done.out.startswith("time_zone is Europe/Lisbon from now on; it was UTC. To take it back: ")
    assert "roll_up            yes            whether children count as their top parent\n" in (
        cartera(f"settings -w {workspace}").out
    )
    assert cartera(f"settings currency -w {workspace}").told == (
        f"currency needs a value. For example: cartera settings currency EUR -w {workspace}.\n"
    )
