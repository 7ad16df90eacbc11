"""Do clients come back? The funnel of purchase dates, with a year before and those who are nearly recurring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera.tongue import say, say_many
from cartera.views.funnel import LIMITS
from cartera.web.asking import ask
from cartera.web.pages.value.picking import choose, is_chosen, without
from cartera.web.shown import Cell, cell

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit

SHOWN = ("client_count", "drop_share", "amount_share", "client_count_before", "drop_share_before")
FULL = 100


@dataclass(frozen=True)
class Stage:
    """One stage. length: of its bar, of 100. nearly: how many stop one purchase short of coming back."""

    name: str
    length: int
    cells: tuple[Cell, ...]
    is_recurring: bool
    is_on: bool
    nearly: str = ""
    nearly_href: str = ""


def stages(visit: Visit) -> dict[str, Any]:
    """The funnel with its sentence."""
    answer = ask(without(visit, ("funnel",)), "funnel")
    rows = answer.rows.to_pylist()
    named = {one.name: one for one in answer.columns}
    return {
        "sentence": answer.sentence, "notices": answer.notices, "heads": [named[name].head for name in SHOWN],
        "rows": [stage(visit, answer, row, rows[0]["client_count"]) for row in rows],
    }  # fmt: skip


def stage(visit: Visit, answer: Answer, row: dict[str, Any], most: int) -> Stage:
    """One row of the funnel."""
    named, step = {one.name: one for one in answer.columns}, row["stage"]
    where = (("funnel", f"{step}+"),)
    cells = tuple(
        cell(named[name], row, choose(visit, where) if name == "client_count" and row[name] else "") for name in SHOWN
    )
    is_nearly = step == LIMITS.recurring - 1 and row["stop_count"]
    nearly = say_many("{count} nearly recurring", "{count} nearly recurring", count=row["stop_count"])
    href = choose(visit, (("funnel", f"{step}"),))
    return Stage(
        name(step), round(FULL * row["client_count"] / most) if most else 0, cells, row["is_recurring"],
        is_chosen(visit, where), nearly if is_nearly else "", href if is_nearly else "",
    )  # fmt: skip


def name(stage: int) -> str:
    """What a stage is called."""
    if not stage:
        return say("All")
    return say_many("{count} purchase date or more", "{count} purchase dates or more", count=stage)
