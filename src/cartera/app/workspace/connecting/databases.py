"""How is a database connected? By a file that holds its address and a query for each table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.connecting.connecting import connect, settings_of
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from datetime import datetime

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import Source

EXAMPLE = "invoices = 'SELECT invoice_id, client_id, issued_on, amount FROM ...'"


def read_queries(path: Path) -> tuple[str, dict[str, str]]:
    """The address and the queries of a file. CarteraError: it is none, or holds none."""
    import tomllib

    from cartera.sources.sql.connector import INVOICES, ITEMS, QUERIES

    try:
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise CarteraError(
            say("it cannot be read: {reason}.", reason=str(problem)), where=str(path),
            fix=say("Write an address and queries as the guide has them, such as {example}.", example=EXAMPLE),
        ) from None  # fmt: skip
    address, queries = str(found.get("address", "")), found.get("queries", {})
    unknown = sorted(set(queries) - set(QUERIES))
    if unknown:
        raise UnknownNameError("query", unknown[0], QUERIES, where=str(path))
    if not address or not (INVOICES in queries or ITEMS in queries):
        raise CarteraError(
            say("an address and a query of invoices are needed."), where=str(path),
            fix=say("Write an address and queries as the guide has them, such as {example}.", example=EXAMPLE),
        )  # fmt: skip
    return address, {name: str(query) for name, query in queries.items()}


def needs_password(address: str) -> bool:
    """Whether the address names a person and no password."""
    from cartera.sources.sql.address import checked

    url = checked(address)
    return bool(url.username) and not url.password


def connect_database(
    scope: Scope,
    book: Book,
    path: Path,
    *,
    password: str = "",
    name: str = "",
    words: list[str],
    now: datetime,
    by: str,
) -> Source:
    """A source that is a database. The address is kept encrypted, with its password."""
    from sqlalchemy.engine import make_url

    from cartera.sources.sql.address import checked
    from cartera.sources.sql.connector import SQL

    address, queries = read_queries(path)
    checked(address)
    if password:
        address = make_url(address).set(password=password).render_as_string(hide_password=False)
    return connect(
        scope, book, SQL, SQL.company(address), {"address": address, "queries": queries}, now=now, by=by, name=name,
        settings=settings_of(SQL, words),
    )  # fmt: skip
