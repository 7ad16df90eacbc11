"""What do the cells of the page hold: clients, or money?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.errors import UnknownNameError
from cartera.tongue import money_short, number, say
from cartera.web.frame import Chip, address

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit

CLIENTS, MONEY = "clients", "money"
COLUMNS = {CLIENTS: "client_count", MONEY: "amount"}


def shown(visit: Visit) -> str:
    """What the cells hold. UnknownNameError: there is no such measure."""
    asked = visit.asked.more.get("show", CLIENTS)
    if asked not in COLUMNS:
        raise UnknownNameError("measure", asked, tuple(COLUMNS), where="show")
    return asked


def shows(visit: Visit) -> list[Chip]:
    """The switch between both."""
    names = {CLIENTS: say("Clients"), MONEY: say("Money")}
    return [
        Chip(
            names[one], address(visit, asked=visit.asked.but(more={**visit.asked.more, "show": one})),
            is_current=one == shown(visit),
        )
        for one in COLUMNS
    ]  # fmt: skip


def value(visit: Visit, row: dict[str, Any]) -> Any:
    """The number of a row that is shown."""
    return row[COLUMNS[shown(visit)]]


def told(visit: Visit, answer: Answer, row: dict[str, Any]) -> str:
    """The same as text."""
    return number(row["client_count"]) if shown(visit) == CLIENTS else money_short(row["amount"], answer.currency)
