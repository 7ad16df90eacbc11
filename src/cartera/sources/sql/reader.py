"""How is a query read? In pages, from one transaction that can only read, its values as JSON without loss."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cartera.errors import CarteraError
from cartera.sources.kit.refusals import IncompleteError, RefusedStreamError, UnreachableError
from cartera.sources.sql.address import checked
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.sources.kit.contract import Record

PAGE = 10_000  # rows
TIMEOUT = 600  # seconds that one query may take
FLOAT_PLACES = Decimal("0.0001")
LARGE = 1e15  # from here on a float has no such decimals
Row = dict[str, Any]


class Reader:
    """One database. requests: queries made. at: its clock is not asked, since no position is taken from it.

    kinds: of each query the types of its columns. shown: the keys that a stream was last found to have.
    whole: the records of a stream that was read whole to find some of them.
    """

    def __init__(self, address: str, queries: Mapping[str, str]) -> None:
        self.requests, self.at, self.queries, self._url = 0, None, dict(queries), checked(address)
        self.kinds: dict[str, dict[str, str]] = {}
        self.shown: dict[str, set[str]] = {}
        self.whole: dict[str, dict[str, Record]] = {}

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
        """The rows of a query in pages.

        RefusedStreamError: the database says no. UnreachableError: it is not there. IncompleteError: a value of no use.
        """
        import sqlalchemy as sa

        self.requests += 1
        query, given = self._asked(name, words)
        try:
            engine = sa.create_engine(self._url, poolclass=sa.pool.NullPool)
        except ImportError as problem:
            told = say("the driver of this database is not installed: {name}.", name=str(problem.name))
            raise CarteraError(told, fix=say("Install it beside Cartera.")) from None
        try:
            with engine.connect() as line, line.begin():
                for statement in _guards(self._url.get_backend_name()):
                    line.execute(sa.text(statement))
                found = line.execution_options(yield_per=PAGE).execute(query, given)
                for some in found.mappings().partitions(PAGE):
                    self.kinds[name] = {str(column): type(value).__name__ for column, value in some[-1].items()}
                    yield [
                        {str(column): _plain(name, str(column), value) for column, value in row.items()} for row in some
                    ]
        except sa.exc.OperationalError as problem:
            if "connect" in str(problem.orig).lower() or "open database" in str(problem.orig).lower():
                raise UnreachableError(_told(problem), where=name) from None
            raise RefusedStreamError(400, _told(problem), where=name) from None
        except sa.exc.SQLAlchemyError as problem:
            raise RefusedStreamError(400, _told(problem), where=name) from None

    def _asked(self, name: str, words: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
        """A query with the words that it takes. PostgreSQL takes none without a type: no value is written as NULL."""
        import sqlalchemy as sa

        text, given = self.queries[name], {word: value for word, value in words.items() if self.takes(name, word)}
        for word in [word for word, value in given.items() if value is None]:
            text = re.sub(rf":{word}\b", "NULL", text)
            del given[word]
        texts = [sa.bindparam(word, type_=sa.String()) for word, value in given.items() if isinstance(value, str)]
        return sa.text(text).bindparams(*texts), given


def _guards(kind: str) -> tuple[str, ...]:
    """What makes a transaction one that only reads, and ends."""
    if kind == "postgresql":
        return "SET TRANSACTION READ ONLY", f"SET LOCAL statement_timeout = {TIMEOUT * 1000}"
    return ("SET TRANSACTION READ ONLY",) if kind == "oracle" else ()


def _told(problem: Exception) -> str:
    """The database's own words, on one line, short; without the query and its values."""
    return " ".join(str(getattr(problem, "orig", problem)).split())[:300] or type(problem).__name__


def _plain(query: str, column: str, value: Any) -> Any:
    """A value as JSON has it: amounts as text with all their places, days and moments as ISO text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return _rounded(value)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, date | UUID):
        return str(value)
    told = say("{column} holds {kind}, which is no value of a fact.", column=column, kind=type(value).__name__)
    raise IncompleteError(told, where=query, fix=say("Leave it out."))


def _rounded(value: float) -> str:
    """A number of type float; what is too large to have decimals, or is no number, as it is."""
    found = Decimal(repr(value))
    return f"{found.quantize(FLOAT_PLACES, ROUND_HALF_EVEN) if abs(value) < LARGE else found:f}"


def payload(row: Mapping[str, Any]) -> str:
    """A row as the text that is kept of it."""
    return json.dumps(row, ensure_ascii=False)
