"""Which fact tables do the documents make? Invoices, lines, clients, and further columns where they belong."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from cartera.facts.schema import CLIENTS, INVOICES, LINES
from cartera.sources.files import documents as docs
from cartera.sources.files.documents import Documents, Rows
from cartera.sources.files.grid import Grid
from cartera.sources.files.interpret import Typed
from cartera.sources.files.keys import count_up, depends, different, last_by
from cartera.sources.files.names import CLIENT_ROLES, normalised
from cartera.sources.files.roles import Roles

NAMED_CLIENTS = 5
LINE_ROLES = ("product", "category", "unit_price", "cost", "discount")
RESERVED = {
    "clients": {f.name for f in CLIENTS},
    "invoices": {f.name for f in INVOICES},
    "lines": {f.name for f in LINES},
}


@dataclass
class Builder:
    """Collects the tables' columns. known: normalised header -> table of a further column in earlier files.

    kept: which further column went to which table. homes: the same by normalised header.
    """

    grid: Grid
    roles: Roles
    typed: Typed
    rows: Rows
    found: Documents
    known: Mapping[str, str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    kept: dict[str, list[str]] = field(default_factory=lambda: {"clients": [], "invoices": [], "lines": []})
    notices: list[str] = field(default_factory=list)

    @cached_property
    def attributed(self) -> pa.BooleanArray:
        """Rows with a client."""
        return pc.invert(self.rows.is_unattributed)

    @cached_property
    def rank(self) -> pa.Int64Array:
        """The age of each row: the newest has the highest."""
        place = pc.sort_indices(
            pa.table({"day": self.rows.day, "row": count_up(len(self.rows))}),
            [("day", "ascending"), ("row", "ascending")],
        )
        return pc.sort_indices(place).cast(pa.int64())

    @cached_property
    def newest(self) -> tuple[pa.Array, pa.Array]:
        """Per client its code and its newest row."""
        return self.newest_where(self.attributed)

    def newest_where(self, mask: pa.BooleanArray) -> tuple[pa.Array, pa.Array]:
        """Per client its code and its newest row among those of the mask."""
        at = pc.indices_nonzero(mask).cast(pa.int64())
        codes, row = last_by(self.rows.client.take(at), self.rank.take(at))
        return codes, at.take(row)

    def text(self, column: int) -> pa.StringArray:
        """The cells of a column for the accepted rows, null where empty."""
        distinct = self.grid.distinct(column)
        whole = self.grid.text(column).take(self.rows.index).combine_chunks()
        blank = distinct.flags(not text for text in distinct.texts).take(self.rows.index)
        return pc.if_else(blank, pa.scalar(None, pa.string()), whole)

    def codes(self, column: int) -> pa.Int64Array:
        """A code per accepted row for its text in a column."""
        return self.grid.distinct(column).codes.take(self.rows.index).cast(pa.int64())

    def typed_column(self, role: str) -> pa.Array:
        """The days or numbers of a role for the accepted rows."""
        column = self.typed.days.get(role) or self.typed.numbers[role]
        return column.array.take(self.rows.index)

    def has_lines(self) -> bool:
        """Whether the file tells single lines of invoices."""
        return any(role in self.roles for role in LINE_ROLES) or len(self.found) < len(self.rows)


def tables(builder: Builder, state: pa.StringArray | None) -> dict[str, pa.Table]:
    """The fact tables that the rows make: clients, invoices, and lines when there are some."""
    clients, invoices, lines = _clients(builder), _invoices(builder, state), _lines(builder)
    _further(builder, clients, invoices, lines)
    found = {"clients": pa.table(clients), "invoices": pa.table(invoices)}
    return found | ({"lines": pa.table(lines)} if builder.has_lines() else {})


def _invoices(builder: Builder, state: pa.StringArray | None) -> dict[str, pa.Array]:
    rows, found, roles = builder.rows, builder.found, builder.roles
    first = found.first
    invoices = {
        "invoice_id": pa.array(found.ids, pa.string()),
        "client_id": _texts(rows.client.take(first), rows.client_texts),
        "kind": docs.kinds(rows, found),
        "state": state.take(rows.index).take(first) if state is not None else _repeat("issued", len(found)),
        "issued_on": rows.day.take(first),
        "amount": found.amount,
        "currency": rows.currency.take(first),
    }
    for role in ("known_on", "void_on", "due_on", "paid_on", "open_amount"):
        if role in roles:
            invoices[role] = builder.typed_column(role).take(first)
    if "base_amount" in roles:
        invoices["base_amount"] = docs.total(found, builder.typed_column("base_amount"))
    for role in ("credits", "rep", "source", "number"):
        if role in roles:
            invoices[role] = builder.text(roles.columns[role]).take(first)
    return invoices


def _texts(codes: pa.Array, texts: list[str]) -> pa.StringArray:
    return pa.array([text or None for text in texts], pa.string()).take(codes)


def _repeat(text: str, length: int) -> pa.StringArray:
    return pa.array([text], pa.string()).take(pa.array([0] * length, pa.int32()))


def _lines(builder: Builder) -> dict[str, pa.Array]:
    if not builder.has_lines():
        return {}
    order, place = docs.line_numbers(builder.found)
    ids = pa.array(builder.found.ids, pa.string())
    lines = {"invoice_id": ids.take(builder.found.of_row.take(order)), "line_no": place}
    lines |= {
        role: builder.text(builder.roles.columns[role]).take(order)
        for role in ("product", "category")
        if role in builder.roles
    }
    lines["amount"] = builder.rows.amount.take(order)
    numbers = ("quantity", "unit_price", "discount", "cost")
    return lines | {role: builder.typed_column(role).take(order) for role in numbers if role in builder.roles}


def _clients(builder: Builder) -> dict[str, pa.Array]:
    codes, _ = builder.newest
    clients = {"client_id": _texts(codes, builder.rows.client_texts)}
    if "name" in builder.roles:
        clients["name"] = _newest_text(builder, builder.roles.columns["name"])
    elif builder.roles.profile is not None and builder.roles.profile.is_grouped:
        clients["name"] = clients["client_id"]
    for role in CLIENT_ROLES:
        if role in builder.roles:
            clients[role] = _attribute(builder, role)
    return clients


def _newest_text(builder: Builder, column: int) -> pa.StringArray:
    """Per client the newest text of a column that is not empty."""
    text = builder.text(column)
    codes, row = builder.newest_where(pc.and_(builder.attributed, pc.is_valid(text)))
    return text.take(row).take(pc.index_in(builder.newest[0], value_set=codes))


def _attribute(builder: Builder, role: str) -> pa.Array:
    if role == "created_on":
        return builder.typed_column(role).take(builder.newest[1])
    return _newest_text(builder, builder.roles.columns[role])


def _further(
    builder: Builder, clients: dict[str, pa.Array], invoices: dict[str, pa.Array], lines: dict[str, pa.Array]
) -> None:
    """Puts every other column where its values belong: to the client, the invoice or the line."""
    for role in CLIENT_ROLES[:-1]:
        column = builder.roles.get(role)
        if column is not None and not _is_of_client(builder, column):
            _warn(builder, column)
            # An invoice keeps the country it was sent to, whatever the client's newest one is.
            _keep(builder, "invoices", role, column, invoices)
    for column in builder.roles.rest(builder.grid):
        home = _home(builder, column)
        into = {"clients": clients, "invoices": invoices, "lines": lines}[home]
        name = _free_name(builder.grid.header[column], home, into)
        _keep(builder, home, name, column, into)
        builder.kept[home].append(name)
        builder.homes[normalised(builder.grid.header[column])] = home
    if not builder.has_lines() and "quantity" in builder.roles:
        _keep(builder, "invoices", "quantity", builder.roles.columns["quantity"], invoices)


def _keep(builder: Builder, home: str, name: str, column: int, into: dict[str, pa.Array]) -> None:
    if home == "clients":
        into[name] = _newest_text(builder, column)
    elif home == "invoices":
        into[name] = builder.text(column).take(builder.found.first)
    else:
        into[name] = builder.text(column).take(docs.line_numbers(builder.found)[0])


def _home(builder: Builder, column: int) -> str:
    """The table that the values prove; where several can hold them, the one of earlier files."""
    known = builder.known.get(normalised(builder.grid.header[column]))
    repeats = different(builder.newest[0]) < len(builder.found)
    if known in ("clients", None) and _is_of_client(builder, column) and (known or repeats):
        return "clients"
    if not builder.has_lines():
        return "invoices"
    is_of_invoice = depends(builder.codes(column), builder.found.of_row)
    return "invoices" if known != "lines" and is_of_invoice else "lines"


def _is_of_client(builder: Builder, column: int) -> bool:
    """Whether each client has one value in this column, empty cells aside."""
    filled = builder.grid.distinct(column)
    mask = filled.flags(bool(text) for text in filled.texts).take(builder.rows.index)
    mask = pc.and_(mask, builder.attributed)
    return depends(builder.codes(column).filter(mask), builder.rows.client.filter(mask))


def _warn(builder: Builder, column: int) -> None:
    """One sentence on the clients whose rows differ."""
    pairs = pa.table({"client": builder.rows.client, "value": builder.text(column)}).filter(builder.attributed)
    counts = pairs.group_by("client", use_threads=False).aggregate([("value", "count_distinct")])
    codes = counts["client"].filter(pc.greater(counts["value_count_distinct"], 1)).to_pylist()
    names = ", ".join(builder.rows.client_texts[code] for code in codes[:NAMED_CLIENTS])
    more = ", …" if len(codes) > NAMED_CLIENTS else ""
    subject = "1 client differs" if len(codes) == 1 else f"{len(codes):,} clients differ"
    builder.notices.append(
        f"{subject} in {builder.grid.header[column]} ({names}{more}): the newest row's value is used."
    )


def _free_name(header: str, home: str, taken: Container[str]) -> str:
    """A column name from a header: `Product Group` is product_group; one that is taken gets `_in_file`."""
    name = re.sub(r"\W+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", header)).strip("_").lower() or normalised(header)
    while name in RESERVED[home] or name in taken:
        name += "_in_file"
    return name
