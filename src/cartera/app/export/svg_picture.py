"""An answer as a picture: the view's chart as SVG text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.views.view import Answer


def encoded(answer: Answer) -> bytes:
    """UTF-8 text of one SVG; an error for a view without a chart."""
    if answer.view.picture is None:
        raise CarteraError(
            say("the view {name} has no chart.", name=repr(answer.view.name)),
            fix=say("Use --format table, csv or xlsx."),
        )
    from cartera.charts import picture

    rows = answer.view.picture.rows(answer.rows.to_pylist(), answer.query)
    return picture(answer, rows).encode("utf-8")
