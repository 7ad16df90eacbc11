"""How much is the client worth, and of which classes is it among all?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.tongue import UNKNOWN, number, say, share, spoken
from cartera.web.asking import ask

if TYPE_CHECKING:
    from cartera.views.view import Answer
    from cartera.web.door import Visit
    from cartera.web.pages.client.sections import Sections


def values(parts: Sections) -> list[dict[str, Any]]:
    """Its money: this year and before, ever, at stake, coming."""
    return [
        {"name": row["what_said"], "value": row["worth"], "note": row["text"] or ""} for row in parts.rows("value")
    ]  # fmt: skip


def classes(visit: Visit, client_id: str, parts: Sections) -> list[dict[str, str]]:
    """What it is among all clients, each with the rule behind it."""
    rows = {name: _row(visit, name, client_id) for name in ("volume", "worth", "rfm", "abc")}
    found = [
        _one(say("Share of the portfolio's sales"), _share(rows["abc"].get("value_share"))),
        _one(say("Volume"), _word(rows["volume"].get("volume"))),
        _one(say("Best, loyal or small"), _word(rows["worth"].get("worth"))),
        _one(say("R · F · M"), _scores(rows["rfm"]), _word(rows["rfm"].get("cell"))),
        _one(say("Invoices in 365 days"), _count(rows["rfm"].get("frequency"))),
    ]
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


def row_of(answer: Answer, client_id: str) -> dict[str, Any] | None:
    """The client's row of an answer about all clients, None where it is in none: asked once, it serves every client."""
    import pyarrow.compute as pc

    rows = answer.rows.filter(pc.equal(answer.rows.column("client_id"), client_id)).to_pylist()
    return rows[0] if rows else None


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


def _scores(row: dict[str, Any]) -> str:
    told = [row.get(name) for name in ("r_score", "f_score", "m_score")]
    return " · ".join(UNKNOWN if one is None else str(one) for one in told)
