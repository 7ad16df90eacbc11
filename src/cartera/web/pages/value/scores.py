"""How many clients buy lately, often and for much? The grid of scores, with a name for every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.portfolio.cells import SCORES, UNSCORED
from cartera.tongue import say
from cartera.views.phrasing import head
from cartera.web.asking import ask
from cartera.web.grids import EMPTY, Grid, Side, Square
from cartera.web.pages.value.picking import choose, is_chosen, without
from cartera.web.pages.value.showing import told, value

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit

NAMES = ("r_score", "fm_score")


def scores(visit: Visit) -> dict[str, Any]:
    """The grid, its sentence, and those who bought nothing."""
    answer = ask(without(visit, NAMES), "rfm_grid")
    rows = {(row["r_score"], row["fm_score"]): row for row in answer.rows.to_pylist() if row["cell"] != UNSCORED}
    most = max((value(visit, row) for row in rows.values()), default=0) or 1
    lines = tuple(
        (
            Side(say("R {score}", score=str(r))),
            tuple(square(visit, answer, rows[r, fm], most) if (r, fm) in rows else EMPTY for fm in SCORES),
        )
        for r in reversed(SCORES)
    )  # fmt: skip
    across = tuple(Side(say("F and M {score}", score=str(score))) for score in SCORES)
    return {
        "grid": Grid(answer.view.asks, say("Recency, down; frequency and money, across"), across, lines),
        "sentence": answer.sentence, "notices": answer.notices, "silent": silent(visit, answer),
    }  # fmt: skip


def square(visit: Visit, answer: Answer, row: dict[str, Any], most: Any) -> Square:
    """One cell; with nobody in it, its name alone."""
    where = tuple((name, str(row[name])) for name in NAMES)
    name = head(row["cell"])
    if not row["client_count"]:
        return Square("0", note=name)
    share = float(value(visit, row) / most) if value(visit, row) > 0 else 0.0
    return Square(told(visit, answer, row), choose(visit, where), share, name, is_on=is_chosen(visit, where))


def silent(visit: Visit, answer: Answer) -> dict[str, Any]:
    """Those without a score."""
    rows = [row for row in answer.rows.to_pylist() if row["cell"] == UNSCORED and row["client_count"]]
    where = (("rfm", UNSCORED),)
    return {"count": rows[0]["client_count"], "href": choose(visit, where)} if rows else {}
