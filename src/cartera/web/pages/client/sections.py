"""How are the sections of a client's profile taken apart for the page?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.tongue import UNKNOWN, day_text, money

if TYPE_CHECKING:
    from cartera.views.view import Answer

CENTS = 2


class Sections:
    """The rows of the view `client` by section, with days and amounts as text beside them."""

    def __init__(self, answer: Answer) -> None:
        what = next(one for one in answer.columns if one.name == "what")
        self._found: dict[str, list[dict[str, Any]]] = {}
        for row in answer.rows.to_pylist():
            more = {
                "what_said": what.said(row["what"]), "day": day_text(row["on"]), "until": day_text(row["until_on"]),
                "worth": UNKNOWN if row["amount"] is None else money(row["amount"], row["currency"], places=CENTS),
            }  # fmt: skip
            self._found.setdefault(row["section"], []).append(row | more)

    def rows(self, section: str) -> list[dict[str, Any]]:
        """The rows of a section, none where it is left out."""
        return self._found.get(section, [])

    def first(self, section: str) -> dict[str, Any]:
        """Its first row, empty where it is left out."""
        return next(iter(self.rows(section)), {})
