"""How is a system tried without an account? Made-up books are served on this machine and connected like real ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from cartera.app.workspace.connecting.authorising import Opened, answered, begin, chosen, with_token
from cartera.app.workspace.connecting.connecting import connect
from cartera.app.workspace.source_states import BASE, DEMO
from cartera.sources.kit.http import LOCAL, Http
from cartera.sources.kit.oauth import App

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import Source
    from cartera.sources.kit.contract import Connector

REDIRECT = "http://localhost:8766/callback"


def connect_demo(
    scope: Scope,
    book: Book,
    name: str,
    *,
    now: datetime,
    today: date,
    by: str,
    called: str = "",
    settings: Mapping[str, str] | None = None,
) -> Source:
    """A source with the made-up books of a system, under a word of its own; every sync serves them again."""
    from cartera.sources.registry import connector, pretend

    system = connector(name)
    with pretend(name)(today) as base:
        opened = _opened(system, base, now)
        company = chosen(system, opened.companies[:1], None)
        if not company.currency and company.currencies:  # where a person is asked, the first is proposed
            company = replace(company, currency=company.currencies[0])
        return connect(
            scope, book, system, company, opened.secrets, now=now, by=by, name=called,
            settings={**(settings or {}), DEMO: True, BASE: base}, expires_at=opened.expires_at,
        )  # fmt: skip


def _opened(system: Connector, base: str, now: datetime) -> Opened:
    """Let in without anybody's click."""
    if system.grant_at(base) is None:
        return with_token(system, "demonstration", base=base)
    app = App("demonstration", "demonstration", REDIRECT)
    address, asked = begin(system, app, base=base)
    http = Http(base, frozenset({LOCAL}), budget=system.budget, is_local=True)
    try:
        sent_to = http.redirected(address)
    finally:
        http.close()
    return answered(system, app, asked, sent_to, now=now, base=base)
