"""Which invoices do the rows make? Rows of one kind, number, client and day are one document, which is their sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from cartera.sources.files.keys import count_up, joined, own_where
from cartera.sources.files.values import MONEY

FEWEST_REPEATS = 2  # one invoice with two equal lines proves nothing


@dataclass(frozen=True)
class Rows:
    """The accepted rows, column by column. client, number: codes, spelled by `*_texts`; empty where there is none.

    kind: "invoice", "credit_note" or null where only the sign tells. currency: code per row or null.
    """

    index: pa.Int64Array
    day: pa.Date32Array
    amount: pa.Decimal128Array
    client: pa.Int64Array
    client_texts: list[str]
    number: pa.Int64Array
    number_texts: list[str]
    kind: pa.StringArray
    currency: pa.StringArray

    def __len__(self) -> int:
        return len(self.index)

    @property
    def is_unattributed(self) -> pa.BooleanArray:
        """Rows without a client."""
        return spelled(self.client, [not text for text in self.client_texts])


def spelled(codes: pa.Array, flags: list[bool]) -> pa.BooleanArray:
    """Per row the flag of its code."""
    return pa.array(flags, pa.bool_()).take(codes)


@dataclass(frozen=True)
class Documents:
    """The documents in order of appearance. of_row: the document of each row. first: the first row of each."""

    of_row: pa.Int64Array
    first: pa.Int64Array
    amount: pa.Decimal128Array
    size: pa.Int64Array
    ids: list[str]
    spread_count: int

    def __len__(self) -> int:
        return len(self.first)


def documents(rows: Rows, lines: list[int], unit: str, repeats: bool = False) -> Documents:
    """Groups the rows. lines: of each row, to name what has no number. repeats: one total stands on each line."""
    unnumbered = spelled(rows.number, [not text for text in rows.number_texts])
    number = own_where(rows.number, unnumbered)
    kind, currency = _codes(rows.kind), _codes(rows.currency)
    day = rows.day.cast(pa.int32())
    of_row = joined(number, rows.client, pc.subtract(day, pc.min(day)) if len(day) else day, kind, currency)
    table = pa.table({"doc": of_row, "row": count_up(len(rows)), "amount": rows.amount})
    sums = [("row", "min"), ("amount", "sum"), ("row", "count")]
    grouped = table.group_by("doc", use_threads=False).aggregate(sums).sort_by("doc")
    first = grouped["row_min"].combine_chunks()
    amount = rows.amount.take(first) if repeats else grouped["amount_sum"].combine_chunks().cast(MONEY)
    ids, spread_count = _ids(rows, first, lines, unit)
    return Documents(of_row, first, amount, grouped["row_count"].combine_chunks(), ids, spread_count)


def _codes(texts: pa.StringArray) -> pa.Int64Array:
    return texts.fill_null("").dictionary_encode().indices.cast(pa.int64())


def _ids(rows: Rows, first: pa.Int64Array, lines: list[int], unit: str) -> tuple[list[str], int]:
    """A readable unique id per document, and how many numbers stand on several documents."""
    numbers = [rows.number_texts[code] for code in rows.number.take(first).to_pylist()]
    repeated = {number for number, count in Counter(numbers).items() if count > 1 and number}
    if not repeated and "" not in numbers:
        return numbers, 0
    taken, seen, ids = set(numbers) - repeated, Counter[str](), []
    for number, row in zip(numbers, first.to_pylist(), strict=True):
        ids.append(_unique(number or f"{unit} {lines[row]}", bool(number) and number not in repeated, taken, seen))
    return ids, len(repeated)


def _unique(name: str, is_sure: bool, taken: set[str], seen: Counter[str]) -> str:
    if is_sure:
        return name
    while True:
        seen[name] += 1
        candidate = name if seen[name] == 1 else f"{name} ({seen[name]})"
        if candidate not in taken:
            taken.add(candidate)
            return candidate


def seems_repeated(rows: Rows, found: Documents) -> bool:
    """Whether every document of several rows shows one amount on all of them: perhaps the invoice's total, repeated."""
    several = pc.greater(found.size, 1)
    if (pc.sum(several).as_py() or 0) < FEWEST_REPEATS:
        return False
    table = pa.table({"doc": found.of_row, "amount": rows.amount})
    ends = table.group_by("doc", use_threads=False).aggregate([("amount", "min"), ("amount", "max")]).sort_by("doc")
    low, high = ends["amount_min"].combine_chunks().filter(several), ends["amount_max"].combine_chunks().filter(several)
    same = pc.and_(pc.equal(low, high), pc.not_equal(low, pa.scalar(0, MONEY)))
    return bool(pc.all(same).as_py())


def total(found: Documents, column: pa.Array) -> pa.Array:
    """A row column of money, summed per document."""
    table = pa.table({"doc": found.of_row, "value": column})
    sums = table.group_by("doc", use_threads=False).aggregate([("value", "sum")]).sort_by("doc")
    return sums["value_sum"].combine_chunks().cast(MONEY)


def kinds(rows: Rows, found: Documents) -> pa.StringArray:
    """The kind of each document: what the file says, but a negative sum is a credit note."""
    said = rows.kind.take(found.first).fill_null("invoice")
    return pc.if_else(pc.less(found.amount, pa.scalar(0, MONEY)), pa.scalar("credit_note"), said)


def line_numbers(found: Documents) -> tuple[pa.Int64Array, pa.Int64Array]:
    """The rows ordered by document, and the place of each within its document, from 1."""
    order = pc.sort_indices(found.of_row)
    starts = pc.subtract(pc.cumulative_sum(found.size), found.size)
    ordered = found.of_row.take(order)
    return order, pc.add(pc.subtract(count_up(len(order)), starts.take(ordered)), 1)
