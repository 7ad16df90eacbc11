"""How does a test run a source? Connected to a server of this machine, read once more, looked at afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.connectors.toy import Toy
from tests.ledgers import MOMENT

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.connecting.connecting import connect, way
from cartera.app.workspace.connecting.landing import Ground
from cartera.app.workspace.connecting.syncing import Outcome, Run
from cartera.ledger.models import Client, Contact, Invoice, Line, Link, RawRecord
from cartera.sources.kit.contract import Company

TODAY = date(2026, 3, 31)
APP = {"client_id": "pretend", "client_secret": "canary-secret", "redirect": "http://localhost:1/"}


def connected(book: Any, base: str, toy: Toy, *, gate: Any = None, at: datetime = MOMENT) -> Any:
    """A source of these books; with a gate its tokens were just given."""
    secrets: dict[str, Any] = {"token": "canary-token"}
    expires_at = at + timedelta(seconds=gate.life) if gate is not None else None
    if gate is not None:
        given = gate.given(at)
        secrets = APP | {"access": given["access_token"], "refresh": given["refresh_token"], "life": gate.life}
    company = Company("toy-1", "Toy Ltd", "EUR", "UTC")
    return connect(
        EVERYTHING, book, toy, company, secrets, now=MOMENT, by="ana", settings={"base": base}, expires_at=expires_at
    )


def ran(book: Any, source: Any, toy: Toy | None = None, **words: Any) -> Outcome:
    """One run over the source as it is now."""
    source.refresh_from_db(using=book.alias)
    return run_of(book, source, toy or Toy(), **words)


def run_of(
    book: Any, source: Any, toy: Toy, *, today: date = TODAY, now: Any = lambda: MOMENT, told: Any = lambda *_: None
) -> Outcome:
    """One run. told: is given the list and how many records have come."""
    with way(book, source, toy, now) as http:
        return Run(Ground(book, source, toy, None, now, today), http, told).go()


def tables(book: Any) -> dict[str, list[Any]]:
    """What holds now, whatever way led there: facts with their lines, and the records that they are made of."""
    found: dict[str, list[Any]] = {}
    for model in (Client, Contact, Link, Invoice):
        names = [one for one in model.COLUMNS if one != "document"]
        rows = model.objects.using(book.alias).filter(
            workspace_id=book.workspace_id, until_version=None, is_deleted=False
        )
        found[model.__name__] = sorted(rows.values_list("key", *names), key=repr)
    rows = Invoice.objects.using(book.alias).filter(workspace_id=book.workspace_id, until_version=None)
    documents = dict(rows.exclude(document=None).filter(is_deleted=False).values_list("document", "key"))
    lines = Line.objects.using(book.alias).filter(document__in=list(documents))
    found["Line"] = sorted(
        ((documents[one.document], one.line_no, one.product, one.amount) for one in lines.iterator()), key=repr
    )
    raw = RawRecord.objects.using(book.alias).filter(source__workspace_id=book.workspace_id)
    found["RawRecord"] = sorted((row.stream, row.key, row.hash, row.deleted_at is None) for row in raw.iterator())
    return found
