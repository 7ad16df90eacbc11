"""How much is the client worth, and of which classes is it among all?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.tongue import UNKNOWN, number, say, share, spoken
from cartera.web.addresses import address
from cartera.web.asking import ask, is_known
from cartera.web.rows import row_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartera.web.door import Visit
    from cartera.web.pages.client.sections import Sections


FIGURES = "figures"
AMONG_ALL = "volume", "worth", "rfm", "abc"


def figures(visit: Visit, client_id: str, parts: Sections, *, may_follow: bool = False) -> dict[str, Any]:
    """Its money and its classes.

    may_follow: what it is among all clients comes from an address of its own where everybody must be asked for it.
    """
    waits = may_follow and not is_known(visit, *AMONG_ALL)
    rows = {name: {} if waits else _row(visit, name, client_id) for name in AMONG_ALL}
    return {
        "values": values(parts), "among_all": classes(rows), "classes": rules(parts),
        "follows": address(visit, f"clients/{client_id}/{FIGURES}") if waits else "",
    }  # fmt: skip


def values(parts: Sections) -> list[dict[str, Any]]:
    """Its money: this year and before, ever, at stake, coming."""
    return [
        {"name": row["what_said"], "value": row["worth"], "note": row["text"] or ""} for row in parts.rows("value")
    ]  # fmt: skip


def classes(rows: Mapping[str, Mapping[str, Any]]) -> list[dict[str, str]]:
    """What it is among all clients, by its row of each view."""
    return [
        _one(say("Share of the portfolio's sales"), _share(rows["abc"].get("value_share"))),
        _one(say("Volume"), _word(rows["volume"].get("volume"))),
        _one(say("Best, loyal or small"), _word(rows["worth"].get("worth"))),
        _one(say("R · F · M"), _scores(rows["rfm"]), _word(rows["rfm"].get("cell"))),
        _one(say("Invoices in 365 days"), _count(rows["rfm"].get("frequency"))),
    ]


def rules(parts: Sections) -> list[dict[str, str]]:
    """What it is by itself, each with the rule behind it."""
    found = []
    for row in parts.rows("classes"):
        name, _, word = row["what"].partition(": ")
        found.append(_one(spoken(name.capitalize(), "column"), _word(word), row["text"] or ""))
    return found


def money_of(row: dict[str, Any]) -> list[tuple[str, Any]]:
    """Its money in short, of its row of the list."""
    told = (
        (say("Last 365 days"), "amount"), (say("Its last year"), "at_stake"), (say("All time"), "total_amount"),
        (say("Planned"), "planned_amount"),
    )  # fmt: skip
    return [(name, row[column]) for name, column in told]


def _row(visit: Visit, view: str, client_id: str) -> dict[str, Any]:
    return row_of(ask(visit, view), client_id) or {}


def _one(name: str, value: str, note: str = "") -> dict[str, str]:
    return {"name": name, "value": value, "note": note}


def _word(value: Any) -> str:
    return spoken(str(value), "value") if value else UNKNOWN


def _share(value: Any) -> str:
    return share(value)


def _count(value: Any) -> str:
    return UNKNOWN if value is None else number(value)


def _scores(row: Mapping[str, Any]) -> str:
    told = [row.get(name) for name in ("r_score", "f_score", "m_score")]
    return " · ".join(UNKNOWN if one is None else str(one) for one in told)
