"""Which rows of an answer stand on a page? Those that hold a word, in an order, some at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera.errors import UnknownNameError
from cartera.views.view import Column
from cartera.web.frame import Chip, address

if TYPE_CHECKING:
    from cartera.web.door import Visit

PAGE = 50


def found(rows: Any, words: str, columns: Sequence[str]) -> Any:
    """The rows that hold every word in one of the columns, whatever its accents and capitals."""
    if not words:
        return rows
    import pyarrow as pa

    wanted = plain(words).split()
    texts = [plain(" ".join(str(one) for one in row if one)) for row in zip(*_lists(rows, columns), strict=True)]
    return rows.filter(pa.array([all(word in text for word in wanted) for text in texts], pa.bool_()))


def in_order(rows: Any, sort: str, columns: Sequence[Column]) -> Any:
    """The rows by a column, `-` in front for downwards, then by client; unknown values last.

    UnknownNameError: there is no such column.
    """
    name, down = sort.removeprefix("-"), sort.startswith("-")
    known = [one.name for one in columns]
    if name not in known:
        raise UnknownNameError("column", name, known, where="sort")
    keys = [(name, "descending" if down else "ascending")]
    if "client_id" in rows.column_names and name != "client_id":
        keys.append(("client_id", "ascending"))
    return rows.sort_by(keys) if rows.num_rows else rows


def totals(rows: Any, columns: Sequence[Column]) -> dict[str, int | Decimal]:
    """The exact sums of all rows, of every column that may be summed."""
    import pyarrow.compute as pc

    return {one.name: pc.sum(rows.column(one.name), min_count=0).as_py() for one in columns if one.total}


def pages(visit: Visit, count: int) -> dict[str, Any]:
    """Where the page stands among all, with the addresses of its neighbours."""
    here, last = visit.asked.page, max(1, -(-count // PAGE))
    return {
        "first": min((here - 1) * PAGE + 1, count),
        "last": min(here * PAGE, count),
        "count": count,
        "back": Chip("", address(visit, asked=visit.asked.but(page=here - 1))) if here > 1 else None,
        "on": Chip("", address(visit, asked=visit.asked.but(page=here + 1))) if here < last else None,
    }


def plain(words: str) -> str:
    """The words without accents and capitals."""
    parts = unicodedata.normalize("NFKD", words.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))


def _lists(rows: Any, columns: Sequence[str]) -> list[list[Any]]:
    return [rows.column(name).to_pylist() for name in columns if name in rows.column_names]
