"""How is a query read? In pages, from one transaction that can only read, its values as JSON without loss."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from uuid import UUID

from cartera.errors import CarteraError
from cartera.sources.kit.refusals import RefusedStreamError, UnreachableError
from cartera.sources.sql.address import checked
from cartera.tongue import say

PAGE = 10_000  # rows
TIMEOUT = 600  # seconds that one query may take
FLOAT_PLACES = Decimal("0.0001")
Row = dict[str, Any]


class Reader:
    """One database. requests: queries made. at: its clock is not asked, since no position is taken from it."""

    def __init__(self, address: str, queries: Mapping[str, str]) -> None:
        self.requests, self.at, self.queries, self._url = 0, None, dict(queries), checked(address)

    at: datetime | None

    def close(self) -> None:
        """Nothing stays open between two queries."""

    def has(self, name: str) -> bool:
        """Whether there is a query of this name."""
        return bool(self.queries.get(name, "").strip())

    def takes(self, name: str, word: str) -> bool:
        """Whether the query has this parameter."""
        return f":{word}" in self.queries.get(name, "")

    def rows(self, name: str, words: Mapping[str, Any]) -> Iterator[list[Row]]:
        """The rows of a query in pages. RefusedStreamError: the database says no. UnreachableError: it is not there."""
        import sqlalchemy as sa

        self.requests += 1
        query, kind = sa.text(self.queries[name]), self._url.get_backend_name()
        given = {word: value for word, value in words.items() if self.takes(name, word)}
        try:
            engine = sa.create_engine(self._url, poolclass=sa.pool.NullPool)
        except ImportError as problem:
            told = say("the driver of this database is not installed: {name}.", name=str(problem.name))
            raise CarteraError(told, fix=say("Install it beside Cartera.")) from None
        try:
            with engine.connect() as line, line.begin():
                for statement in _guards(kind):
                    line.execute(sa.text(statement))
                found = line.execution_options(yield_per=PAGE).execute(query, given)
                for some in found.mappings().partitions(PAGE):
                    yield [{str(column): _plain(value) for column, value in row.items()} for row in some]
        except sa.exc.OperationalError as problem:
            if "connect" in str(problem.orig).lower() or "open database" in str(problem.orig).lower():
                raise UnreachableError(_told(problem), where=name) from None
            raise RefusedStreamError(400, _told(problem), where=name) from None
        except sa.exc.SQLAlchemyError as problem:
            raise RefusedStreamError(400, _told(problem), where=name) from None


def _guards(kind: str) -> tuple[str, ...]:
    """What makes a transaction one that only reads, and ends."""
    if kind == "postgresql":
        return "SET TRANSACTION READ ONLY", f"SET LOCAL statement_timeout = {TIMEOUT * 1000}"
    return ("SET TRANSACTION READ ONLY",) if kind == "oracle" else ()


def _told(problem: Exception) -> str:
    """The database's own words, on one line, short; without the query and its values."""
    return " ".join(str(getattr(problem, "orig", problem)).split())[:300] or type(problem).__name__


def _plain(value: Any) -> Any:
    """A value as JSON has it: amounts as text with all their places, days and moments as ISO text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return f"{Decimal(repr(value)).quantize(FLOAT_PLACES, ROUND_HALF_EVEN):f}"
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date | UUID):
        return str(value)
    raise CarteraError(say("a column holds {kind}, which is no value of a fact.", kind=type(value).__name__))


def payload(row: Mapping[str, Any]) -> str:
    """A row as the text that is kept of it."""
    return json.dumps(row, ensure_ascii=False)
