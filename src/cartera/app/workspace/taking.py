"""How do the rows of a small file become facts? Staged, then published in one change with its account."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cartera.ledger.book import Book


@dataclass(frozen=True)
class Account:
    """Where every row of a file went: rows_in = accepted + rejected + structural."""

    rows_in: int
    accepted: int
    rejected: int
    structural: int

    def __post_init__(self) -> None:
        if self.rows_in != self.accepted + self.rejected + self.structural:
            raise AssertionError(f"the rows do not add up: {self}")

    @property
    def equation(self) -> str:
        """`5 rows read = 3 accepted + 1 rejected + 1 structural`."""
        read = f"{self.rows_in:,} {'row' if self.rows_in == 1 else 'rows'} read"
        return f"{read} = {self.accepted:,} accepted + {self.rejected:,} rejected + {self.structural:,} structural"


@dataclass(frozen=True)
class Taken:
    """What became of the rows. number: of the change. Facts: new, changed, unchanged."""

    number: int
    new: int
    changed: int
    unchanged: int
    account: Account

    @property
    def counts(self) -> str:
        """`3 new, 0 changed, 1 unchanged`."""
        return f"{self.new:,} new, {self.changed:,} changed, {self.unchanged:,} unchanged"


def take(
    book: Book, kind: str, model: Any, rows: Iterable[tuple[str, Mapping[str, Any]]], *, by: str, file: str,
    account: Account,
) -> Taken:  # fmt: skip
    """These rows (key, values by column) as facts, all or none, in one change. Keys do not repeat."""
    from cartera.ledger.entry import entry
    from cartera.ledger.stage import publish, stage

    staged = stage(book, model, (stored(book, model, key, values) for key, values in rows))
    told = {"file": file} | asdict(account)
    with entry(book, kind, at=now(), by=by, told=told) as made:
        found = publish(made, staged)
        made.change.told = told | asdict(found)
        made.after = told | asdict(found)
        number = made.change.number
    return Taken(number, found.new, found.changed, found.unchanged, account)


def stored(book: Book, model: Any, key: str, values: Mapping[str, Any], source: str | None = None) -> tuple[Any, ...]:
    """A row as `stage` takes it, of what people say where no source is named."""
    from cartera.ledger.digest import digest
    from cartera.ledger.entry import MANUAL

    said = [values.get(column) for column in model.COLUMNS]
    return (
        source or MANUAL,
        model.__name__.lower(),
        key,
        digest([False, *said]),
        False,
        *(_plain(book, one) for one in said),
    )


def _plain(book: Book, value: Any) -> Any:
    from cartera.ledger.stage import stored_moment

    if isinstance(value, datetime):
        return stored_moment(book, value)
    return value.isoformat() if isinstance(value, date) else value
