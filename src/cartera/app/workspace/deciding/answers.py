"""How does a list that is no view of a portfolio get printed? As an answer, so that every format renders it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.views.view import Answer, Query, View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cartera.views.view import Column

KINDS = {"date": "date32", "days": "int64", "count": "int64", "flag": "bool_"}


def listed(
    name: str, question: str, columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], sentence: str, *, day: date
) -> Answer:
    """The rows in their order, with the columns named; `day` only dates what was asked."""
    import pyarrow as pa

    cells = {one.name: pa.array([row[one.name] for row in rows], _kind(one)) for one in columns}
    view = View(name, question, _asked_elsewhere, lambda _: tuple(columns), lambda _: (), is_dated=False)
    return Answer(view, Query(day, None), tuple(columns), pa.table(cells), sentence=sentence)


def _kind(column: Column) -> Any:
    import pyarrow as pa

    if column.unit == "money":
        from cartera.money import PRECISION, SCALE

        return pa.decimal128(PRECISION, SCALE)
    return getattr(pa, KINDS.get(column.unit, "string"))()


def _asked_elsewhere(*_: Any) -> Any:
    """The rows are there already."""
    raise NotImplementedError
