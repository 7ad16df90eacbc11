"""Which marks, notes, reps, contacts and interactions do fact tables bring? Compared with those that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cartera.app.workspace.importing.tables import parts

if TYPE_CHECKING:
    import pyarrow as pa

    from cartera.ledger.book import Book

HOMES = ("new", "changed", "unchanged")
Row = dict[str, Any]


@dataclass(frozen=True)
class Words:
    """The rows of one table of what people said. rows: to be staged. kept: those that are there, as confirmations.

    counts: rows by what becomes of them: new, changed, unchanged, left_out. homes: the same row by row.
    """

    table: str
    model: Any
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    kept: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    homes: list[str] = field(default_factory=list)


def words(book: Book, tables: Mapping[str, pa.Table], source: str, ids: Mapping[str, str]) -> list[Words]:
    """Every table that there is, compared with the ledger. ids: the tables' word for a client -> its id here."""
    from cartera.ledger.links import links
    from cartera.ledger.privacy.subject import masks

    zone, told, erased = ZoneInfo(book.workspace.time_zone), links(book), masks(book)
    found = []
    for name, table in parts(tables):
        kind = KINDS[name]()
        rows = [kind.read(row | {"client_id": told.leading(ids.get(row["client_id"], row["client_id"]))}, zone)
                for row in table.to_pylist()]  # fmt: skip
        left = [row for row in rows if not _is_erased(book, kind, row, erased)]
        made = _compared(book, Words(name, kind.model), kind, left, source if kind.is_of_source else None)
        made.counts["left_out"] += len(rows) - len(left)
        found.append(made)
    return found


def _compared(book: Book, made: Words, kind: Kind, rows: list[Row], source: str | None) -> Words:
    from cartera.app.workspace.taking import stored
    from cartera.ledger.batches import holding
    from cartera.ledger.entry import MANUAL

    own, stream = source or MANUAL, kind.model.__name__.lower()
    there = {row["key"]: row for row in holding(book, kind.model, own)}
    seen: Counter[str] = Counter()
    for row in rows:
        key = kind.key(row, seen)
        if key is None:
            made.counts["left_out"] += 1
            made.homes.append("left_out")
            continue
        new, before = stored(book, kind.model, key, row, own), there.get(key)
        is_same = before is not None and before["digest"] == new[3]
        home = HOMES[2] if is_same else HOMES[1] if before and not before["is_deleted"] else HOMES[0]
        made.counts[home] += 1
        made.homes.append(home)
        if is_same and before is not None:
            made.kept.append((stream, own, stream, key, before["content_of_id"]))
        else:
            made.rows.append(new)
    return made


def _is_erased(book: Book, kind: Kind, row: Row, erased: frozenset[str]) -> bool:
    """Whether the row is about somebody who asked to be forgotten."""
    from cartera.ledger.models import Contact
    from cartera.ledger.privacy.subject import is_contact, mask

    if not erased:
        return False
    if row["client_id"] in erased or mask(book, row["client_id"]) in erased:
        return True
    said = {"client_id": row["client_id"], "name": row.get("name"), "email": row.get("email")}
    return kind.model is Contact and is_contact(book, Contact(**said), erased)


@dataclass(frozen=True)
class Kind:
    """How a table is read. read: a row as the ledger has it. key: its key there, None for one said already.

    is_of_source: whether the same from another source is another fact; else what is typed by hand is the same.
    """

    model: Any
    read: Callable[[Row, ZoneInfo], Row]
    key: Callable[[Row, Counter[str]], str | None]
    is_of_source: bool = False


def _said(names: tuple[str, ...]) -> Callable[[Row, Counter[str]], str]:
    """A key of what the row says in these columns; equal rows stay as many as they are."""

    def key(row: Row, seen: Counter[str]) -> str:
        from cartera.ledger.digest import digest

        made = digest([row[name] for name in names])
        seen[made] += 1
        return f"{made}-{seen[made]}"

    return key


def _once(made: Callable[[Row], str]) -> Callable[[Row, Counter[str]], str | None]:
    """A key of its own; a later row of the same is left out."""

    def key(row: Row, seen: Counter[str]) -> str | None:
        found = made(row)
        seen[found] += 1
        return found if seen[found] == 1 else None

    return key


def _texts(row: Row, *names: str) -> Row:
    return {name: row.get(name) or "" for name in names}


def _mark(row: Row, _: ZoneInfo) -> Row:
    recorded = row.get("recorded_at") or datetime.combine(row["marked_on"], time(0))
    return {
        "client_id": row["client_id"], "mark": row["mark"], "marked_on": row["marked_on"],
        "recorded_at": recorded.replace(tzinfo=UTC), "review_on": row.get("review_on"),
    } | _texts(row, "by", "reason", "note")  # fmt: skip


def _note(row: Row, zone: ZoneInfo) -> Row:
    return {"client_id": row["client_id"], "at": _at(row, zone)} | _texts(row, "by", "text")


def _assignment(row: Row, _: ZoneInfo) -> Row:
    return {"client_id": row["client_id"], "since_on": row["since_on"]} | _texts(row, "rep")


def _step(row: Row, zone: ZoneInfo) -> Row:
    days = {"due_on": row["due_on"], "done_on": row.get("done_on")}
    return {"client_id": row["client_id"], "at": _at(row, zone)} | days | _texts(row, "by", "text")


def _interaction(row: Row, zone: ZoneInfo) -> Row:
    return {"client_id": row["client_id"], "at": _at(row, zone)} | _texts(row, "channel", "direction", "subject", "by")


def _contact(row: Row, _: ZoneInfo) -> Row:
    texts = _texts(row, "name", "role", "email", "phone", "preferred_channel", "consent")
    return {"client_id": row["client_id"], "is_primary": bool(row.get("is_primary"))} | texts


def _at(row: Row, zone: ZoneInfo) -> datetime:
    """A moment on the clock of the workspace, unless it names its own zone."""
    from cartera.sources.files.people_table import moment_in

    found = moment_in(row["at"])
    assert found is not None, "the reader refuses what is no moment"
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def _marks() -> Kind:
    from cartera.ledger.models import Mark

    return Kind(Mark, _mark, _said(("client_id", "mark", "marked_on", "recorded_at")), is_of_source=True)


def _notes() -> Kind:
    from cartera.ledger.models import Note

    return Kind(Note, _note, _said(("client_id", "at", "by", "text")), is_of_source=True)


def _assignments() -> Kind:
    from cartera.ledger.models import Assignment

    return Kind(Assignment, _assignment, _once(lambda row: str(row["client_id"])))


def _interactions() -> Kind:
    from cartera.ledger.models import Interaction

    return Kind(Interaction, _interaction, _said(("client_id", "at", "channel", "direction", "subject")))


def _steps() -> Kind:
    from cartera.ledger.models import Step

    return Kind(Step, _step, _said(("client_id", "due_on", "at", "by", "text")))


def _contacts() -> Kind:
    from cartera.app.workspace.people.contacts import contact_key
    from cartera.ledger.models import Contact

    return Kind(Contact, _contact, _once(lambda row: contact_key(row["client_id"], row["name"])))


KINDS: dict[str, Callable[[], Kind]] = {
    "marks": _marks, "notes": _notes, "assignments": _assignments, "interactions": _interactions,
    "contacts": _contacts, "steps": _steps,
}  # fmt: skip


def names_erased(book: Book, tables: Mapping[str, pa.Table]) -> bool:
    """Whether any row is about somebody who asked to be forgotten."""
    from cartera.ledger.privacy.subject import masks

    erased = masks(book)
    rows = ((KINDS[name](), row) for name, table in parts(tables) for row in table.to_pylist()) if erased else ()
    return any(_is_erased(book, kind, row, erased) for kind, row in rows)
