"""Which clients does the file name? Those that the workspace knows by their key in this source, and new ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.importing.stored import column, json_text, more_of

if TYPE_CHECKING:
    import pyarrow as pa

STREAM = "client"
OWN = ("client_id", "more")


@dataclass(frozen=True)
class Known:
    """The clients that the workspace holds. own: key in this source -> row. taken: client id -> (source, key)."""

    own: dict[str, dict[str, Any]] = field(default_factory=dict)
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Clients:
    """ids, keys: the file's word for a client -> its id in the workspace, its key in the source. rows: to be stored.

    attributes: client id -> its texts by column, further ones included.

    new: words of new clients. matched: how many are known, changed: of those, with new data. kept: rows that stay.
    """

    ids: dict[str, str]
    keys: dict[str, str]
    rows: list[tuple[Any, ...]]
    new: list[str]
    matched: int
    changed: int
    kept: list[dict[str, Any]]
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)


def known(rows: Any, source: str) -> Known:
    """The clients of `ledger.batches.holding`, over all sources."""
    from cartera.ledger.entry import MANUAL

    found = Known()
    for row in rows:
        if row["is_deleted"] or row["source"] == MANUAL:  # what a person said otherwise of a client of some source
            continue
        found.taken[row["client_id"]] = (row["source"], row["key"])
        if row["source"] == source:
            found.own[row["key"]] = row
        elif row["name"]:
            found.names.setdefault(row["name"].casefold(), row["client_id"])
    return found


def folded(text: str) -> str:
    """A name as a key: neither case nor inner blanks tell clients apart."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class Naming:
    """How this source names its clients. renamed: a folded new name -> the key that it had before."""

    source: str
    is_by_name: bool
    renamed: Mapping[str, str] = field(default_factory=dict)

    def key(self, text: str) -> str:
        """The key of a client that the file calls so."""
        key = folded(text) if self.is_by_name else text
        return self.renamed.get(key, key)


@dataclass(frozen=True)
class Days:
    """What the days of invoices say about clients. born: clients whose invoices in the file make them exist.

    is_older: whether all that the file tells of a client is older than what is known of it. today: the day of import.
    """

    born: set[str]
    is_older: Callable[[str], bool]
    today: str


def clients(table: pa.Table, naming: Naming, there: Known, days: Days, columns: tuple[str, ...]) -> Clients:
    """The clients of the table as rows to store; one that another source calls by the same id gets a prefix."""
    from cartera.ledger.digest import digest

    texts = column(table, "client_id")
    told = {name: column(table, name) for name in columns if name not in OWN and name in table.column_names}
    more = more_of(table, columns)
    ids: dict[str, str] = {}
    rows, new, kept, attributes = [], [], [], {}
    for place, text in enumerate(texts):
        key = naming.key(text)
        before = there.own.get(key)
        ids[text] = client_id = before["client_id"] if before else _free(text, key, naming.source, there)
        there.taken.setdefault(client_id, (naming.source, key))
        values = _values(before, {name: cells[place] for name, cells in told.items()}, columns)
        if before is None:
            new.append(text)
            values["created_on"] = values["created_on"] or (None if text in days.born else days.today)
        elif days.is_older(client_id):
            kept.append(before)
            attributes[client_id] = before | _more(before)
            continue
        values |= {"client_id": client_id, "more": json_text(_more(before) | more[place])}
        attributes[client_id] = values | _more(values)
        row = tuple(values[name] for name in columns)
        mark = digest([False, *row])
        if before is not None and before["digest"] == mark:
            kept.append(before)
        else:
            rows.append((naming.source, STREAM, key, mark, False, *row))
    keys = {text: naming.key(text) for text in texts}
    return Clients(ids, keys, rows, new, len(texts) - len(new), len(rows) - len(new), kept, attributes)


def _free(text: str, key: str, source: str, there: Known) -> str:
    """The source's own word while nobody else has it in this workspace."""
    for candidate in (text, f"{source}:{text}", f"{source}:{key}"):
        if there.taken.get(candidate, (source, key)) == (source, key):
            return candidate
    count = 2
    while f"{source}:{text} ({count})" in there.taken:
        count += 1
    return f"{source}:{text} ({count})"


def _values(before: dict[str, Any] | None, told: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    """What the file says; of a client that is known, a column that the file does not have stays as it is."""
    kept = {name: before[name] if before else None for name in columns}
    return kept | told


def _more(before: dict[str, Any] | None) -> dict[str, str]:
    return json.loads(before["more"]) if before else {}
