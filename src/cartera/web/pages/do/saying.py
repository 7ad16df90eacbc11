"""How are days and clients said in what was done?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.tongue import day_text, say, say_many, weekday_text

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.workspace.deciding.whom import Whom


def long(day: date) -> str:
    """3 Dec 2026, Thursday."""
    return say("{day}, {weekday}", day=day_text(day), weekday=weekday_text(day))


def named(whom: Whom) -> str:
    """Acme; or 12 clients."""
    if len(whom.names) == 1:
        return whom.text
    return say_many("{count} client", "{count} clients", count=len(whom.names))
