"""Which rows belong together? Whole-number codes over columns, joined without ever building a text key."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

GLANCE = 10_000  # most columns that do not depend on a key show it in the first rows


def count_up(length: int, start: int = 0) -> pa.Int64Array:
    """start, start + 1, …"""
    return pa.array(range(start, start + length), pa.int64())


def joined(*codes: pa.Array) -> pa.Int64Array:
    """One code per different combination, counted from 0 in the order of appearance."""
    key = _compact(codes[0])
    for other in codes[1:]:
        width = (pc.max(other).as_py() or 0) + 1
        key = _compact(pc.add(pc.multiply(key, width), other.cast(pa.int64())))
    return key


def _compact(codes: pa.Array) -> pa.Int64Array:
    return codes.dictionary_encode().indices.cast(pa.int64())


def own_where(codes: pa.Array, mask: pa.BooleanArray) -> pa.Int64Array:
    """The codes, but a code of its own for every row in the mask."""
    own = count_up(len(codes), (pc.max(codes).as_py() or 0) + 1)
    return pc.if_else(mask, own, codes.cast(pa.int64()))


def different(codes: pa.Array) -> int:
    """How many different codes there are."""
    return int(pc.count_distinct(codes).as_py())


def depends(value: pa.Array, key: pa.Array) -> bool:
    """Whether each key has one value only."""
    head = slice(None, GLANCE)
    if len(key) > GLANCE and not depends(value[head], key[head]):
        return False
    return different(joined(key, value)) == different(key)


def last_by(key: pa.Array, rank: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Per different key, in order of appearance, the key and the row with the highest rank. Ranks must differ."""
    table = pa.table({"key": key, "rank": rank}).group_by("key", use_threads=False).aggregate([("rank", "max")])
    row = pc.index_in(table["rank_max"].combine_chunks(), value_set=rank)
    return table["key"].combine_chunks(), row
