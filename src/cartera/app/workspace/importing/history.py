"""What does a file of today say about the past? A row that is seen to change does not rewrite the days before."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def stored(now: Row, before: Row | None, today: str) -> Row:
    """What to store of a document. now: what the file says. before: what the ledger holds, None for a new one.

    Columns that the file does not have stay. known_on: the day on which a plan, or a document dated ahead, was first
    seen. A document that became void counts until today, with the amount that it had; one that was void at first sight
    never was.
    """
    values = (dict(before) if before else {}) | now
    for name in ("key", "source", "digest", "is_deleted", "content_of_id"):
        values.pop(name, None)
    if now.get("known_on") is None:
        values["known_on"] = before["known_on"] if before else _first_seen(values, today)
    if is_voided(values, before):
        assert before is not None
        kept = {name: before[name] for name in ("amount", "base_amount", "kind", "issued_on")}
        kept["client_id"] = values["client_id"] or before["client_id"]
        return values | kept | {"void_on": now.get("void_on") or before["void_on"] or today}
    if values["state"] != "void" and now.get("void_on") is None:
        values["void_on"] = None
    return values


def is_voided(values: Row, before: Row | None) -> bool:
    """Whether a document that counted is void now. QuickBooks reports a voided invoice with amount 0."""
    if before is None or values["state"] != "void":
        return False
    return bool(before["state"] != "void" or before["void_on"] is not None)


def _first_seen(values: Row, today: str) -> str | None:
    """Nothing for what was issued before it was imported: it was known on its own day."""
    is_ahead = values["state"] == "planned" or values["issued_on"] > today
    return today if is_ahead else None
