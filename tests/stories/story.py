"""How is a story read? Its docstring has a table of facts and a table of answers, asked of every reading of the rules.

Facts: client, date, kind and, where it matters, amount (100), known, void, id, credits, currency, recorded. Answers:
client, day, segment, reason and, where it matters, since, next, on. `-` is nothing; as a segment: not a client yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from tests.plain.oracle import Kopilot, Policy, Row, Salescope
from tests.plain.readings import Reading, plain, product

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.portfolios import Facts

STATES = {"invoice": "issued", "credit note": "issued", "plan": "planned", "void": "void"}
ANSWERS = {"segment": "segment", "reason": "reason", "since": "since_on", "next": "next_segment", "on": "next_on"}


@dataclass(frozen=True)
class Story:
    """Facts, and what must be answered about them under a policy."""

    facts: Facts
    answers: list[dict[str, str]]
    policy: Policy

    def check(self, reading: Reading) -> None:
        """Fail unless the reading gives every answer of the story."""
        days = {date.fromisoformat(answer["day"]) for answer in self.answers}
        seen = {day.isoformat(): reading(self.facts, day, self.policy) for day in days}
        told = [answer | _told(seen[answer["day"]].get(answer["client"]), answer) for answer in self.answers]
        assert told == self.answers


def _told(row: Row | None, answer: dict[str, str]) -> dict[str, str]:
    if row is None:
        return dict.fromkeys((word for word in ANSWERS if word in answer), "-")
    cells = {word: row[column] for word, column in ANSWERS.items() if word in answer}
    return {word: "-" if cell is None else str(cell).replace("_", " ") for word, cell in cells.items()}


def grids(text: str) -> list[list[dict[str, str]]]:
    """The tables of a text, each as its rows with the first line's words as keys."""
    found: list[list[list[str]]] = [[]]
    for line in text.splitlines():
        if line.strip().startswith("|"):
            found[-1].append([cell.strip() for cell in line.strip().strip("|").split("|")])
        elif found[-1]:
            found.append([])
    return [[dict(zip(grid[0], row, strict=True)) for row in grid[1:]] for grid in found if grid]


def facts_in(rows: list[dict[str, str]]) -> Facts:
    """The fact tables that a story's first table tells."""
    facts: Facts = {"clients": [], "invoices": [], "marks": []}
    for number, row in enumerate(rows, 1):
        cells = {word: None if cell in ("", "-") else cell for word, cell in row.items()}
        client, day, kind = cells["client"], _day(cells["date"]), cells["kind"]
        if kind == "created":
            facts["clients"].append({"client_id": client, "created_on": day})
        elif kind in STATES:
            facts["invoices"].append(_document(cells, number) | {"client_id": client, "issued_on": day})
        else:
            recorded = cells.get("recorded")
            recorded_at = datetime.fromisoformat(recorded) if recorded else None
            facts["marks"].append({"client_id": client, "mark": kind, "marked_on": day, "recorded_at": recorded_at})
    return facts


def _document(cells: dict[str, Any], number: int) -> Row:
    return {
        "invoice_id": cells.get("id") or f"row-{number}",
        "kind": "credit_note" if cells["kind"] == "credit note" else "invoice",
        "state": STATES[cells["kind"]],
        "amount": Decimal(cells.get("amount") or 100),
        "known_on": _day(cells.get("known")),
        "void_on": _day(cells.get("void")),
        "credits": cells.get("credits"),
        "currency": cells.get("currency"),
    }


def _day(cell: str | None) -> date | None:
    return date.fromisoformat(cell) if cell else None


def policy_in(text: str) -> Policy:
    """The policy named on the line `Policy: salescope inactive_months=12`; without one kopilot as published."""
    line = next((line for line in text.splitlines() if line.strip().startswith("Policy:")), "Policy: kopilot")
    name, *numbers = line.split(":")[1].split()
    pairs = (number.split("=") for number in numbers)
    given: dict[str, Any] = {key: int(value) if value.isdigit() else value for key, value in pairs}
    return {"kopilot": Kopilot, "salescope": Salescope}[name](**given)


def story(function: Callable[[], None]) -> Callable[[Reading], None]:
    """The test that the function's docstring tells, once for the plain reading and once for the product."""
    text = function.__doc__ or ""
    facts, answers = grids(text)
    told = Story(facts_in(facts), answers, policy_in(text))

    @pytest.mark.parametrize("reading", [plain, product])
    def test(reading: Reading) -> None:
        told.check(reading)

    test.__name__, test.__doc__, test.__module__ = function.__name__, text, function.__module__
    return test
