"""What would the import change? The file's facts beside those that the workspace holds of the same source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.importing import clients as people
from cartera.app.workspace.importing import invoices as docs
from cartera.app.workspace.importing.answers import PERIOD, Answers
from cartera.app.workspace.importing.lines import Lines, lines_of
from cartera.app.workspace.importing.memory import renamed_clients
from cartera.app.workspace.importing.renamed import Renamed, renamed
from cartera.app.workspace.importing.stored import column
from cartera.app.workspace.importing.words import HOMES, Words, words

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

    from cartera.app.workspace.importing.reading import Read
    from cartera.ledger.book import Book


@dataclass(frozen=True)
class Plan:
    """What is to be written. version: the facts version that it was compared with. held_count: documents of the source
    that were there. sizes: rows of each document. removed: documents that are taken away. renamed: clients that look
    as if they had another name now. aliases: those of which a person said so, new name -> key. other_names: of the
    clients of other sources, folded name -> client id. words: marks, notes and so on of fact tables. beside: rows of
    fact tables that are no document and no line of one, by what becomes of them.
    """

    source: str
    version: int
    clients: people.Clients
    documents: docs.Documents
    lines: Lines | None
    sizes: list[int]
    held_count: int
    removed: list[dict[str, Any]] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    other_names: dict[str, str] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)
    beside: Counter[str] = field(default_factory=Counter)

    def rows(self, home: str) -> int:
        """Of how many rows of the file are the facts that are new, changed or unchanged made; left_out: of none."""
        return (self.documents.rows(home, self.sizes) if home in HOMES else 0) + self.beside[home]


def plan(book: Book, read: Read, source: str, answers: Answers, today: date) -> Plan:
    """The file's clients and documents compared with the ledger, as it is now."""
    from cartera.ledger.batches import holding, texts
    from cartera.ledger.models import Client, Invoice

    version, aliases = book.facts_version, renamed_clients(book, source)
    own = docs.held(holding(book, Invoice, source), texts(book, Invoice, "invoice_id"))
    there = _There(version, own, list(holding(book, Client)), today)
    found = _plan(read, source, there, aliases)
    if answers.renamed == "same" and found.renamed:
        found = _plan(read, source, there, aliases | {one.new_key: one.key for one in found.renamed})
    if answers.replace == PERIOD:
        found.removed.extend(found.documents.missing)
    if read.is_tables:
        found.words.extend(words(book, read.reading.tables, source, found.clients.ids))
        found.beside.update(_beside(read, found))
    return found


def _beside(read: Read, found: Plan) -> Counter[str]:
    """The rows of fact tables that are about clients, what people said, or no invoice that there is."""
    tables, counts = read.reading.tables, Counter[str]()
    for one in found.words:
        counts += one.counts
    listed = set(column(tables["clients"], "client_id")[: read.listed_clients])
    new = sum(text in listed for text in found.clients.new)
    counts += Counter(new=new, changed=found.clients.changed)
    counts["unchanged"] += len(listed) - new - found.clients.changed
    counts["left_out"] += (tables["lines"].num_rows if "lines" in tables else 0) - _lined(found)
    return counts


def _lined(found: Plan) -> int:
    return sum(found.lines.sizes) if found.lines is not None else 0


@dataclass(frozen=True)
class _There:
    """What the workspace holds at a facts version."""

    version: int
    own: docs.Held
    client_rows: list[dict[str, Any]]
    today: date


def _plan(read: Read, source: str, held: _There, aliases: Mapping[str, str]) -> Plan:
    from cartera.ledger.models import Client

    tables, trace, own = read.reading.tables, read.reading.trace, held.own
    invoices, there, today = tables["invoices"], people.known(held.client_rows, source), held.today.isoformat()
    naming = people.Naming(source, trace is not None and trace.is_by_name, aliases)
    older = _never if read.is_of_now else _older(invoices, naming, there, own)
    days = people.Days(_born(invoices), older, today)
    clients = people.clients(tables["clients"], naming, there, days, Client.COLUMNS)
    lines = lines_of(tables.get("lines"), invoices.column("invoice_id"))
    has_ids = read.has_ids if trace is None else "invoice_id" in trace.roles
    telling = docs.Telling(has_ids, today, _further(read))
    documents = docs.documents(invoices, lines, clients, own, telling)
    sizes = trace.sizes if trace is not None else _sizes(lines, invoices.num_rows)
    looks = renamed(documents, clients, there, naming) if naming.is_by_name else []
    return Plan(
        source, held.version, clients, documents, lines, sizes, len(own.own), renamed=looks, aliases=dict(aliases),
        other_names=dict(sorted(there.names.items())),
    )  # fmt: skip


def _sizes(lines: Lines | None, count: int) -> list[int]:
    """Rows of each document of fact tables: its own and those of its lines."""
    return [1 + size for size in lines.sizes] if lines is not None else [1] * count


def _born(invoices: pa.Table) -> set[str]:
    """Clients that exist because of a document in the file: one with an amount that ever counted or was planned."""
    cells = zip(*(column(invoices, name) for name in ("client_id", "kind", "state", "amount", "void_on")), strict=True)
    return {
        client
        for client, kind, state, amount, void_on in cells
        if client and kind == "invoice" and (amount or 0) > 0 and (state != "void" or void_on)
    }


def _older(invoices: pa.Table, naming: people.Naming, there: people.Known, own: docs.Held) -> Any:
    """Whether the newest document of a client in the file is older than one that the ledger holds."""
    newest: dict[str, str] = {}
    for row in own.own.values():
        if row["client_id"] and row["issued_on"] > newest.get(row["client_id"], ""):
            newest[row["client_id"]] = row["issued_on"]
    in_file: dict[str, str] = {}
    for text, day in zip(column(invoices, "client_id"), column(invoices, "issued_on"), strict=True):
        before = there.own.get(naming.key(text)) if text else None
        if before is not None and day > in_file.get(before["client_id"], ""):
            in_file[before["client_id"]] = day
    return lambda client: newest.get(client, "") > in_file.get(client, "")


def _never(_: str) -> bool:
    return False


def _further(read: Read) -> dict[int, str]:
    """Mended rows without a number are further documents, unless they came mended before: place -> key or nothing."""
    trace, joins = read.reading.trace, read.joins
    if joins is None or trace is None:
        return {}
    rows = trace.rows.index.take(trace.found.first).to_pylist()
    numbers = column(read.reading.tables["invoices"], "number")
    places = [i for i in range(len(rows)) if i >= len(numbers) or not numbers[i]]
    return {i: joins.keys.get(joins.rows[rows[i]], "") for i in places if rows[i] < len(joins.rows)}
