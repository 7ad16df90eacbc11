"""Which lines do the documents have? As columns in the order of the documents, and one digest per document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate, chain, compress, repeat
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cartera.app.workspace.importing.stored import json_texts, plain_texts, values

COLUMNS = ("line_no", "product", "category", "quantity", "amount", "cost", "more")  # after `document`
HALF = 8  # bytes: half of a digest
NONE = "0" * 2 * HALF


@dataclass(frozen=True)
class Lines:
    """The lines of a file. table: text and numbers as the ledger stores them, by document. sizes: of each document."""

    table: pa.Table
    sizes: list[int]

    def digests(self) -> list[str]:
        """Per document a digest of its lines, whatever their order."""
        texts = _said(self.table)
        found = []
        for start, size in zip(self._starts(), self.sizes, strict=True):
            own = texts[start : start + size]
            if size > 1:
                own.sort()
            found.append(blake2b("\x1e".join(own).encode("utf-8", "surrogatepass"), digest_size=HALF).hexdigest())
        return found

    def _starts(self) -> list[int]:
        return [0, *accumulate(self.sizes)][: len(self.sizes)]

    def rows(self, documents: Sequence[int | None]) -> Iterator[tuple[Any, ...]]:
        """The lines to store, of the documents that got a number."""
        numbers = list(chain.from_iterable(map(repeat, documents, self.sizes)))
        wanted = [number is not None for number in numbers]
        cells = [values(self.table.column(name)) for name in COLUMNS]
        rows = zip(numbers, *cells, strict=True)
        return rows if all(wanted) else compress(rows, wanted)


def lines_of(table: pa.Table | None, invoice_ids: pa.ChunkedArray) -> Lines | None:
    """The lines in the order of the invoices, None when the file tells none."""
    if table is None or not table.num_rows:
        return None
    home = pc.index_in(table.column("invoice_id"), value_set=invoice_ids.combine_chunks())
    if home.null_count:
        kept = pc.is_valid(home)
        table, home = table.filter(kept), home.filter(kept)
    home = home.combine_chunks() if isinstance(home, pa.ChunkedArray) else home
    order = pc.sort_indices(pa.table({"home": home, "at": pa.array(range(len(home)), pa.int64())}),
                            [("home", "ascending"), ("at", "ascending")])  # fmt: skip
    table = table.take(order)
    counted = pc.value_counts(home).to_pylist()
    sizes = [0] * len(invoice_ids)
    for one in counted:
        sizes[one["values"]] = one["counts"]
    return Lines(_stored(table), sizes)


def _stored(table: pa.Table) -> pa.Table:
    extra = [name for name in table.column_names if name not in (*COLUMNS, "invoice_id")]
    nothing = pa.nulls(table.num_rows, pa.string())
    made = {name: _column(table, name, nothing) for name in COLUMNS if name != "more"}
    return pa.table(made | {"more": json_texts(table, extra)})


def _column(table: pa.Table, name: str, nothing: pa.Array) -> pa.Array:
    if name not in table.column_names:
        return nothing
    column = table.column(name).combine_chunks()
    return column if name in ("line_no", "amount", "cost") else plain_texts(column)


def _said(table: pa.Table) -> list[str]:
    """What each line says as one text, its number in the document aside."""
    parts = [plain_texts(table.column(name)) for name in COLUMNS[1:]]
    joined = pc.binary_join_element_wise(*parts, "\x1f", null_handling="replace", null_replacement="\x00")
    texts: list[str] = joined.to_pylist()
    return texts
