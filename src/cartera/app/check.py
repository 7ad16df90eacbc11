"""What in the facts should be mended? The rows that could not be read, and what contradicts itself."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import narwhals as nw

from cartera.app.show import Ask, show
from cartera.tongue import say, say_many
from cartera.views.view import Answer, Column, Query, View

if TYPE_CHECKING:
    from cartera.app.opened import Opened
    from cartera.app.scope import Scope
    from cartera.facts.tables import Facts, Frame

COLUMNS = (
    Column("code", "Problem"),
    Column("where", "Where"),
    Column("column", "Column"),
    Column("value", "Value found"),
    Column("hint", "How to fix it"),
)


def check(scope: Scope, source: Opened, ask: Ask) -> Answer:
    """One row per problem, in the order of the source; the sentence counts them by kind."""
    return show(scope, source, check_of(source), ask)


def check_of(source: Opened) -> View:
    """The question of `check` about this source: a view, so that every renderer prints it."""

    def answer(facts: Facts, query: Query) -> Frame:
        """The unreadable rows, then what contradicts itself or is overdue."""
        from cartera.facts.checks import problems

        return table(facts, [*source.problems, *problems(facts, query.day)])

    def sentence(rows: list[dict[str, Any]], _: Query) -> str:
        """What was read and what is wrong, counted."""
        return counted(rows, source.account)

    return View(
        "check",
        "What in these facts should be mended?",
        answer,
        lambda _: COLUMNS,
        lambda _: (),
        sentence=sentence,
        is_dated=False,
    )


def table(facts: Facts, problems: list[Any]) -> Frame:
    """The problems as a table of text inside the engine."""
    names = [column.name for column in COLUMNS]
    cells = {name: [told(one, name) for one in problems] for name in names}
    return facts.room.table(cells, dict.fromkeys(names, nw.String))


def told(problem: Any, name: str) -> str | None:
    """One cell of a problem as text, None when there is nothing to say; the usual hint where it has none of its own."""
    from cartera.sources.files.reading import HINTS

    value = getattr(problem, name) or (HINTS.get(problem.code) if name == "hint" else None)
    return None if value in (None, "") else str(value)


def counted(problems: list[dict[str, Any]], account: str) -> str:
    """Where every row went, and how many problems of which kind there are."""
    kinds = ", ".join(f"{number:,} {code}" for code, number in Counter(row["code"] for row in problems).most_common())
    verdict = say("No problem found.")
    if problems:
        verdict = say_many("{count} problem: {kinds}.", "{count} problems: {kinds}.", count=len(problems), kinds=kinds)
    return f"{account}. {verdict}" if account else verdict
