"""Which rows of a file made which documents, and by what is a file of the same shape known again?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cartera.sources.files.documents import Documents, Rows
from cartera.sources.files.grid import Grid
from cartera.sources.files.interpret import Typed
from cartera.sources.files.names import normalised
from cartera.sources.files.roles import Roles

MANY = 50_000


@dataclass(frozen=True)
class Trace:
    """The way from the rows to the facts. grid: the cells as they came. rows: those that make the documents `found`.

    homes: normalised header of each further column -> the fact table that it went to.
    """

    grid: Grid
    roles: Roles
    rows: Rows
    found: Documents
    typed: Typed
    homes: Mapping[str, str] = field(default_factory=dict)

    @property
    def settled(self) -> dict[str, str]:
        """The order of day and month and the decimal sign that this file was read with, where it needed one."""
        orders = {days.order for days in self.typed.days.values()}
        signs = {numbers.sign for numbers in self.typed.numbers.values()}
        told: dict[str, set[str]] = {"date_order": set(filter(None, orders)), "decimal": set(filter(None, signs))}
        return {name: found.pop() for name, found in told.items() if len(found) == 1}

    @property
    def fingerprint(self) -> str:
        """The header without case, accents and punctuation."""
        return fingerprint(self.grid.header)

    @property
    def profile(self) -> str:
        """The name of the known layout, empty for none."""
        return self.roles.profile.name if self.roles.profile is not None else ""

    @property
    def sizes(self) -> list[int]:
        """How many rows each document has, in the order of the table of invoices."""
        sizes: list[int] = self.found.size.to_pylist()
        return sizes

    @property
    def is_by_name(self) -> bool:
        """Whether a client is known by its name alone."""
        return "client_id" not in self.roles

    def equal_rows(self) -> int:
        """How many of the used rows are an exact copy of an earlier one; 0 for files too long to look."""
        if len(self.rows) > MANY:
            return 0
        cells = [column.take(self.rows.index).to_pylist() for column in self.grid.columns]
        return len(self.rows) - len(set(zip(*cells, strict=True)))

    def first_rows(self, count: int) -> list[tuple[int, list[str], int, Decimal | None]]:
        """The first used rows: the line of each, its cells as they came, the place of its document, its own amount."""
        chosen = self.rows.index[:count].to_pylist()
        homes = self.found.of_row[:count].to_pylist()
        amounts = self.rows.amount[:count].to_pylist()
        cells = self.grid.rows(chosen)
        lines = [self.grid.lines[i] for i in chosen]
        return list(zip(lines, cells, homes, amounts, strict=True))


def fingerprint(header: list[str]) -> str:
    """A header as files of the same shape have it, whatever their case, accents and punctuation."""
    return "|".join(map(normalised, header))
