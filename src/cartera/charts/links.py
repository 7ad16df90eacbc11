"""Where does a mark lead? To the clients behind it, at the address that whoever shows the picture gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from cartera.charts.rows import HOST
from cartera.views.doors import marks
from cartera.views.selection import Selection, Where, asked
from cartera.views.view import Answer, Query


class Address(Protocol):
    """Where the rows of a view, kept by a filter on a day, are shown: a path of the site, such as /acme/clients?…"""

    def __call__(self, where: Where, *, day: date, view: str) -> str:
        """A path that begins with /."""
        ...


def linked(answer: Answer, drawn: Sequence[dict[str, Any]], address: Address) -> list[dict[str, Any]]:
    """The rows of the answer's own picture, each with `href` where something stands behind it."""
    behind = marks(answer.view, answer.rows.to_pylist(), drawn, answer.query)
    return [row | to(found, answer.query, address) for row, found in zip(drawn, behind, strict=True)]


def to(selection: Selection | None, query: Query, address: Address) -> dict[str, str]:
    """{"href": ...} under `rows.HOST`; nothing where nothing stands behind the mark."""
    path = path_to(selection, query, address)
    return {} if path is None else {"href": f"{HOST}{path}"}


def path_to(selection: Selection | None, query: Query, address: Address) -> str | None:
    """The address of what stands behind a number, for a cell of a table; None where there is none."""
    found = asked(selection, query) if selection else None
    return address(found[0], day=found[1], view=selection.view) if selection and found else None
