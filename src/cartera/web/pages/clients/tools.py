"""With what is a list narrowed and arranged? Filters by the values that there are, columns, views kept under a name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.choices import choices
from cartera.app.workspace.saved import kept
from cartera.views.view import Column
from cartera.web.labels import label
from cartera.web.query import SEGMENT, as_typed
from cartera.words import segment_said

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit

PAGE = "clients"


def tools(visit: Visit, answer: Answer, columns: Sequence[Column]) -> dict[str, Any]:
    """What the tools of the list offer."""
    shown = {one.name for one in columns}
    return {
        "segments": segments(visit, answer),
        "filters": filters(visit),
        "columns": [(one.name, one.head, one.name in shown) for one in answer.columns],
        "kept": hidden(visit, "where", "segment", "q", "page"),
        "kept_columns": hidden(visit, "cols", "page"),
        "kept_search": hidden(visit, "q", "page"),
        "mine": [one for one in kept(visit.scope, visit.desk.book, visit.user) if one.is_own and one.page == PAGE],
        "may_share": visit.scope.allows("share"),
        "address": as_typed(hidden(visit, "peek"), visit.today),
    }


def segments(visit: Visit, answer: Answer) -> list[tuple[str, str, bool]]:
    """Id and name of every segment of the rules in force, and whether it is asked for."""
    asked = {value for name, value in visit.asked.where if name == SEGMENT}
    return [(one.id, segment_said(one.id), one.id in asked) for one in answer.query.policy.segments]


def filters(visit: Visit) -> list[tuple[str, str, list[tuple[str, bool]]]]:
    """Every column to filter by: its name, what it is called, its values and whether each is asked for."""
    asked = set(visit.asked.where)
    return [
        (name, label(name), [(value, (name, value) in asked) for value in values])
        for name, values in choices(visit.scope, visit.desk).items()
    ]


def hidden(visit: Visit, *left_out: str) -> list[tuple[str, str]]:
    """The rest of the address, for a form that asks for something new."""
    pairs = ((name, value) for name, values in visit.request.GET.lists() for value in values)
    return [(name, value) for name, value in pairs if name not in left_out]
