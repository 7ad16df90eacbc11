"""Which documents are new, which changed, which are as they were? And how each is stored."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.importing import history, keys
from cartera.app.workspace.importing.lines import NONE, Lines
from cartera.app.workspace.importing.stored import column, json_text, more_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from cartera.app.workspace.importing.clients import Clients

STREAM = "invoice"
Row = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """The documents that the workspace holds. own: key in this source -> row. taken: every invoice id."""

    own: dict[str, Row]
    taken: set[str]


@dataclass(frozen=True)
class Change:
    """A document that is new or changed. place: in the file's table. before: what the ledger holds, None for new.

    is_completed: nothing but what its client had told before, and now tells otherwise, is added to it.
    """

    place: int
    key: str
    digest: str
    values: Row
    before: Row | None = None
    has_new_lines: bool = False
    is_completed: bool = False


@dataclass(frozen=True)
class Documents:
    """What became of the file's documents. homes: place -> "new", "changed" or "unchanged". kept: rows that stay.
    missing: rows of this source between the file's days that the file does not have.
    """

    changes: list[Change]
    homes: list[str]
    missing: list[Row] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)

    def count(self, home: str) -> int:
        """How many are new, changed or unchanged."""
        return self.homes.count(home)

    @property
    def altered(self) -> int:
        """How many say something else than before."""
        return sum(one.before is not None and not one.is_completed for one in self.changes)

    def rows(self, home: str, sizes: Sequence[int]) -> int:
        """Of how many rows of the file those are made."""
        return sum(size for size, one in zip(sizes, self.homes, strict=True) if one == home)


def held(rows: Any, taken: set[str]) -> Held:
    """The documents of `ledger.batches.holding` of one source; those that were taken away are as if never there."""
    return Held({row["key"]: row for row in rows if not row["is_deleted"]}, taken)


@dataclass(frozen=True)
class Telling:
    """What the file and the day say beside the table. ids: the column of ids is the source's own. further: place -> its
    key or "" for documents that are none of those already there.
    """

    has_ids: bool
    today: str
    further: Mapping[int, str] = field(default_factory=dict)


def documents(table: pa.Table, lines: Lines | None, clients: Clients, there: Held, telling: Telling) -> Documents:
    """Every document of the table compared with what the ledger holds."""
    from cartera.ledger.models import Invoice

    columns = Invoice.COLUMNS
    told = {name: column(table, name) for name in columns if name in table.column_names and name != "more"}
    marks = lines.digests() if lines is not None else [NONE] * table.num_rows
    words = told["client_id"]
    told["client_id"] = [None if word is None else clients.ids.get(word, word) for word in words]
    found = keys.keys(
        _named(told, [clients.keys.get(word or "", "") for word in words], telling),
        [keys.Before(key, row["issued_on"], row["kind"]) for key, row in there.own.items()],
        marks.__getitem__,
    )
    ids = _ids(told["invoice_id"], found, there)
    if "credits" in told:
        renamed = dict(zip(told["invoice_id"], ids, strict=True))
        told["credits"] = [renamed.get(one, one) for one in told["credits"]]
    told["invoice_id"] = ids
    said = _Said(told, more_of(table, (*columns, "source")), marks, lines is not None, clients.attributes)
    return _compared(said, found, there, telling)


def _named(told: dict[str, list[Any]], clients: list[str], telling: Telling) -> list[keys.Document]:
    size = len(clients)
    numbers = told.get("number", [None] * size)
    currencies = told.get("currency", [None] * size)
    own = told["invoice_id"] if telling.has_ids else [telling.further.get(i, "") for i in range(size)]
    return [
        keys.Document(i, key or "", number or "", client, day, kind, amount, currency or "", i in telling.further)
        for i, (key, number, client, day, kind, amount, currency) in enumerate(
            zip(own, numbers, clients, told["issued_on"], told["kind"], told["amount"], currencies, strict=True)
        )
    ]


def _ids(words: list[str], found: list[str], there: Held) -> list[str]:
    """The file's own words where nobody else has them, else with the occurrence that is free."""
    taken, ids = set(there.taken), []
    for word, key in zip(words, found, strict=True):
        before = there.own.get(key)
        made = before["invoice_id"] if before else _free(word, taken)
        taken.add(made)
        ids.append(made)
    return ids


def _free(word: str, taken: set[str]) -> str:
    made, count = word, 1
    while made in taken:
        count += 1
        made = f"{word} ({count})"
    return made


@dataclass(frozen=True)
class _Said:
    told: dict[str, list[Any]]
    more: list[dict[str, str]]
    marks: list[str]
    has_lines: bool
    of_clients: Mapping[str, Row]

    def values(self, place: int) -> Row:
        return {name: cells[place] for name, cells in self.told.items()}

    def news(self, place: int, stored: Mapping[str, str]) -> dict[str, str]:
        """The further columns of a stored document, without those it lacked that only repeat what its client says: a
        column goes from the clients to the invoices as soon as one client has two values.
        """
        own = self.of_clients.get(self.told["client_id"][place], {})
        return {name: text for name, text in self.more[place].items() if name in stored or own.get(name) != text}

    def others(self, place: int, stored: Mapping[str, str]) -> dict[str, str]:
        """The further columns of a stored document, without those it lacked that are columns of its client."""
        own = self.of_clients.get(self.told["client_id"][place], {})
        return {name: text for name, text in self.more[place].items() if name in stored or own.get(name) is None}


def _compared(said: _Said, found: list[str], there: Held, telling: Telling) -> Documents:
    changes, homes, kept = [], [], []
    for place, key in enumerate(found):
        before = there.own.get(key)
        now = history.stored(said.values(place), before, telling.today)
        stored = json.loads(before["more"]) if before else {}
        now["more"] = json_text(stored | (said.news(place, stored) if before else said.more[place]))
        stays = before is not None and (not said.has_lines or history.is_voided(now, before))
        lines = before["digest"][len(NONE) :] if before is not None and stays else said.marks[place]
        mark = digest_of(now, lines)
        if before is not None and before["digest"] == mark:
            homes.append("unchanged")
            kept.append(before)
            continue
        is_new = before is None or before["digest"][len(NONE) :] != lines
        now["document"] = before["document"] if before is not None and not is_new else None
        homes.append("changed" if before else "new")
        bare = now | {"more": json_text(stored | said.others(place, stored))}
        is_completed = before is not None and before["digest"] == digest_of(bare, lines)
        changes.append(Change(place, key, mark, now, before, is_new and said.has_lines, is_completed))
    return Documents(changes, homes, _missing(said.told["issued_on"], set(found), there), kept)


def _missing(days: list[str], found: set[str], there: Held) -> list[Row]:
    first, last = min(days, default=""), max(days, default="")
    return [row for key, row in there.own.items() if key not in found and first <= row["issued_on"] <= last]


def digest_of(values: Row, lines: str, *, is_deleted: bool = False) -> str:
    """Sixteen digits of what the document says and sixteen of its lines, so that either is compared alone."""
    from cartera.ledger.digest import digest

    head = digest([is_deleted, *map(values.get, _said_columns())])
    return head[: len(NONE)] + lines


@cache
def _said_columns() -> tuple[str, ...]:
    """The columns of a document that say something by themselves."""
    from cartera.ledger.models import Invoice

    return tuple(name for name in Invoice.COLUMNS if name != "document")


def staged(documents: Documents, source: str, numbers: Callable[[Change], int | None]) -> list[tuple[Any, ...]]:
    """The rows to publish. numbers: which lines a document shows."""
    from cartera.ledger.models import Invoice

    rows = []
    for one in documents.changes:
        values = one.values | {"document": numbers(one)}
        row = (values.get(name) for name in Invoice.COLUMNS)
        rows.append((source, STREAM, one.key, one.digest, False, *row))
    rows.sort(key=itemgetter(2))  # as the index has them that publishing fills: shorter by a tenth
    return rows


def tombstones(gone: list[Row], source: str) -> list[tuple[Any, ...]]:
    """The rows that say that documents are there no more."""
    from cartera.ledger.models import Invoice

    return [
        (
            source, STREAM, row["key"], digest_of(row, row["digest"][len(NONE) :], is_deleted=True), True,
            *(row[name] for name in Invoice.COLUMNS),
        )
        for row in gone
    ]  # fmt: skip
