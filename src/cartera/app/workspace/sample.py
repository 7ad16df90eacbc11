"""A workspace to look around in: the made-up company as an import like any other, in a folder of its own."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cartera.app.clock import now
from cartera.app.workspace.importing.commit import commit
from cartera.app.workspace.importing.prepare import Earlier, prepare
from cartera.app.workspace.start import start

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

FOLDER, AUTHOR = "demo", "Cartera"
NAMES = {"services": "Acme Services", "distributor": "Acme Trading"}


def sample(scope: Scope, folder: str, kind: str, *, day: date, language: str = "en") -> Book:
    """A new workspace with the facts of a made-up company (services, distributor) as of a day.

    language: whose names, places and money it has; its pages are in the language of whoever opens them.
    """
    import pyarrow.parquet as pq

    from cartera.sources.demo import company

    facts = company(kind, day, language=language)
    currency = facts["invoices"].column("currency")[0].as_py()
    book = start(scope, folder, name=NAMES[kind], currency=currency)
    with TemporaryDirectory(prefix="cartera-demo-") as place:
        tables = Path(place) / FOLDER
        tables.mkdir()
        for name, table in facts.items():
            if table is not None:
                pq.write_table(table, tables / f"{name}.parquet")
        prepared = prepare(scope, book, tables, today=day)
        assert not isinstance(prepared, Earlier), "a new workspace has no earlier import"
        commit(scope, prepared, now=now, by=AUTHOR)
    return book
