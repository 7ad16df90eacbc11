"""How long is the bar of each segment? By clients, money or what is planned; those outside the portfolio apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera.errors import UnknownNameError
from cartera.web.doorways import doors
from cartera.web.pictures import only
from cartera.web.shown import Cell, cell

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit

SHOWN = {
    "clients": ("client_count", "client_share", "month_change", "year_change"),
    "money": ("amount", "amount_share", "month_amount_change", "year_amount_change"),
    "planned": ("planned_amount", "amount", "at_stake"),
}
"""What is shown -> the columns beside the bar, which is as long as the first of them."""
FULL = 100


@dataclass(frozen=True)
class Bar:
    """One segment. length: of its bar, of 100. count: its clients, which lead to their list."""

    segment: Cell
    css: str
    length: int
    count: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Bars:
    """All segments. outside: those that are not part of the portfolio."""

    heads: tuple[str, ...]
    inside: tuple[Bar, ...]
    outside: tuple[Bar, ...]


def shown(visit: Visit) -> str:
    """What the bars measure. UnknownNameError: there is no such measure."""
    asked = visit.asked.more.get("show", "clients")
    if asked not in SHOWN:
        raise UnknownNameError("measure", asked, tuple(SHOWN), where="show")
    return asked


def bars(visit: Visit, answer: Answer) -> Bars:
    """The segments with their bars."""
    named = {one.name: one for one in answer.columns}
    told = [name for name in SHOWN[shown(visit)] if name != "client_count"]
    heads = tuple(head(named[name], answer.currency) for name in ("segment", "client_count", *told))
    rows = answer.rows.to_pylist()
    shown_alone = only(visit)
    kept = [row for row in rows if row["is_inside"] and (not shown_alone or row["segment"] in shown_alone)]
    inside = tuple(_bars(visit, answer, kept, rows))
    return Bars(heads, inside, tuple(_bars(visit, answer, [row for row in rows if not row["is_inside"]], rows)))


def head(column: Any, currency: str | None) -> str:
    """What stands above a column."""
    return f"{column.head}, {currency}" if column.unit == "money" and currency else str(column.head)


def _bars(visit: Visit, answer: Answer, rows: list[dict[str, Any]], every: list[dict[str, Any]]) -> Iterator[Bar]:
    named, door = {one.name: one for one in answer.columns}, doors(visit, answer)
    measure, *_ = SHOWN[shown(visit)]
    most = max((row[measure] for row in every), default=0)
    told = [name for name in SHOWN[shown(visit)] if name != "client_count"]
    for row in rows:
        href = door(named["client_count"], row)
        yield Bar(
            cell(named["segment"], row, href), f"seg-{row['segment'].replace('_', '-')}",
            max(0, round(FULL * row[measure] / most)) if most > 0 else 0, cell(named["client_count"], row, href),
            tuple(cell(named[name], row) for name in told),
        )  # fmt: skip
