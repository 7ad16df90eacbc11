"""Which rows of an answer stand on a page? In which order, and some at a time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera.errors import UnknownNameError
from cartera.tongue import say
from cartera.views.view import Column
from cartera.web.frame import Chip, address

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit
    from cartera.web.query import Asked

PAGE = 50
SIZES = (25, PAGE, 100)
ROWS, ALL = "rows", "all"  # a word of an address and what it says for a list to be printed
MOST = 2_000  # rows to be printed


def row_of(answer: Answer, client_id: str) -> dict[str, Any] | None:
    """The client's row of an answer with a row for each client, None where it is in none."""
    import pyarrow.compute as pc

    rows = answer.rows.filter(pc.equal(answer.rows.column("client_id"), client_id)).to_pylist()
    return rows[0] if rows else None


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


def size(visit: Visit, count: int) -> int:
    """How many rows the address wants on a page: 25, 50 or 100; all for printing, up to 2,000.

    UnknownNameError: another number.
    """
    word, known = visit.asked.more.get(ROWS, str(PAGE)), (*(str(one) for one in SIZES), ALL)
    if word not in known:
        raise UnknownNameError("number of rows", word, known, where=ROWS)
    if word == ALL:
        return max(PAGE, count) if count <= MOST else PAGE
    return int(word)


def part(visit: Visit, rows: Any) -> list[dict[str, Any]]:
    """The rows of the page that is asked for."""
    most = size(visit, rows.num_rows)
    found: list[dict[str, Any]] = rows.slice((visit.asked.page - 1) * most, most).to_pylist()
    return found


def is_whole(visit: Visit, count: int) -> bool:
    """Whether all rows stand at once, to be printed."""
    return visit.asked.more.get(ROWS) == ALL and count <= MOST


def sized(visit: Visit, count: int) -> dict[str, Any]:
    """`pages` of so many rows as are wanted, with the ways to more, to fewer and to all of them for printing.

    too_many: of how many rows at most all can be printed, where these are more and it was asked for; else 0.
    """
    words = [*((str(one), str(one)) for one in SIZES), (ALL, say("everything for printing"))]
    now = visit.asked.more.get(ROWS, str(PAGE))
    chips = [Chip(told, address(visit, asked=_sized(visit, word)), is_current=word == now) for word, told in words]
    is_refused = now == ALL and count > MOST
    found = {"sizes": chips if count > SIZES[0] else [], "is_whole": is_whole(visit, count)}
    return {**pages(visit, count, size(visit, count)), **found, "too_many": MOST if is_refused else 0}


def _sized(visit: Visit, word: str) -> Asked:
    kept = {name: value for name, value in visit.asked.more.items() if name != ROWS}
    return visit.asked.but(page=1, more=kept if word == str(PAGE) else kept | {ROWS: word})


def pages(visit: Visit, count: int, most: int = PAGE) -> dict[str, Any]:
    """Where the page stands among all, with the addresses of its neighbours. most: rows of a page."""
    here, last = visit.asked.page, max(1, -(-count // most))
    return {
        "first": min((here - 1) * most + 1, count),
        "last": min(here * most, count),
        "count": count,
        "back": Chip("", address(visit, asked=visit.asked.but(page=here - 1))) if here > 1 else None,
        "on": Chip("", address(visit, asked=visit.asked.but(page=here + 1))) if here < last else None,
    }
