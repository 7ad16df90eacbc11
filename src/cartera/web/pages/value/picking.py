"""What happens when a cell is chosen? It filters the other parts and the list; chosen again it lets go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from cartera.web.frame import address

if TYPE_CHECKING:
    from cartera.views.selection import Where
    from cartera.web.door import Visit

LIST = "#list"
OF_PAGE = ("r_score", "fm_score", "funnel", "top", "abc", "worth", "volume", "frequency", "status", "rfm", "rhythm")


def without(visit: Visit, names: Iterable[str] | None) -> Visit:
    """The visit without the filters that one part of the page itself sets; None: without those of all parts."""
    gone = OF_PAGE if names is None else tuple(names)
    return replace(visit, asked=visit.asked.but(where=tuple(one for one in visit.asked.where if one[0] not in gone)))


def is_chosen(visit: Visit, where: Where) -> bool:
    """Whether all of it is in the filter."""
    return bool(where) and all(one in visit.asked.where for one in where)


def choose(visit: Visit, where: Where) -> str:
    """The address of this page with this choice, or without it where it is chosen."""
    asked = visit.asked.but(page=1)
    for name, value in where:
        asked = asked.without(name) if is_chosen(visit, where) else asked.only(name, value)
    return f"{address(visit, asked=asked)}{LIST}"
