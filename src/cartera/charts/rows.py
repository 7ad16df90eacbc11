"""What must a row hold to be drawn? NEEDS says it per kind; the rest is filled in here: colours, ranks, names, ends.

The only place where amounts become floats and dates become text: positions in a picture, never numbers that are read.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cartera import words
from cartera.charts.tokens import COLOURS, Token

Row = dict[str, Any]
HOST = "https://cartera.invalid"  # links of rows begin with it: a bare path would be led to a host of Vega's
NOWHERE = f"{HOST}/#"  # the link of a row without one: Vega makes an address of a missing link too

# Beside these every row may carry `segment` (an id), `colour` (a role: "good", "muted", "leaving"), `label` and `href`;
# `across` says in words what the x axis measures.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "ranked_bars": ("clients", "clients_text"),  # and `name`, else the segment's label stands beside the bar
    "stacked_months": ("month", "segment", "clients"),  # and `unfinished`, `rank`
    "grid": ("x", "y", "share", "text"),  # and `stayed`, `unfinished`, `x_rank`, `y_rank`; a segment's id: its label
    "bridge": ("step", "to", "text"),  # and `from` (none: a level bar), `after`, `top`
    "curve": ("x", "share"),  # and `kind`: step (else) or point, with its `text` above the line, or `below`
    "strip": ("kind", "from_on"),  # and `until_on`, `expected`, `amount`, `planned`, `text`; kind: see `strip`
}
SEGMENTS = {segment.id: segment for segment in (*words.SALESCOPE, *words.KOPILOT)}
BY_LABEL = {segment.label: segment for segment in SEGMENTS.values()}
LADDER = {segment: rank for rank, segment in enumerate((*words.SALESCOPE, *words.KOPILOT))}
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]+")


def drawable(kind: str, rows: Iterable[Mapping[str, Any]], paint: Token) -> list[Row]:
    """New rows with every field that the builder of `kind` reads.

    ValueError: a row lacks a field of NEEDS; KeyError: no such kind or colour.
    """
    plain = [{key: _plain(value) for key, value in row.items()} for row in rows]
    for row in plain:
        missing = [key for key in NEEDS[kind] if key not in row]
        if missing:
            raise ValueError(f"a row for {kind} lacks {', '.join(missing)}; it has {', '.join(row)}")
    _FILL[kind](plain)
    return [_common(row, paint) for row in plain]


def segment_of(row: Mapping[str, Any]) -> words.Segment | None:
    """The segment that a row speaks of, by id or by label; None when it speaks of something else."""
    found = row.get("segment")
    return SEGMENTS.get(found) or BY_LABEL.get(found) if isinstance(found, str) else None


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    # A control character makes the whole SVG unreadable, a direction override turns its words around.
    return _UNPRINTABLE.sub(" ", value) if isinstance(value, str) else value


def _common(row: Row, paint: Token) -> Row:
    told = [str(row[key]) for key in ("name", "step", "y", "x", "month", "clients_text", "text") if row.get(key)]
    return row | {
        "colour": _colour(row, paint),
        "label": row.get("label") or ", ".join(told),
        "href": row.get("href") or NOWHERE,
    }


def _colour(row: Row, paint: Token) -> str:
    segment = segment_of(row)
    role = row.get("colour") or (segment.colour if segment else "accent")
    return paint(role if role in COLOURS else f"seg-{role}")


def _ranked(rows: list[Row]) -> None:
    """Two clients of one name are two bars: an axis of names would lay them on top of each other."""
    seen: Counter[str] = Counter()
    for row in rows:
        name = str(row.get("name") or _shown(row.get("segment")))
        seen[name] += 1
        row["name"] = name if seen[name] == 1 else f"{name} ({seen[name]})"


def _stacked(rows: list[Row]) -> None:
    for row in rows:
        segment = segment_of(row)
        row.setdefault("rank", LADDER[segment] if segment else len(LADDER))
        row["unfinished"] = bool(row.get("unfinished"))


def _grid(rows: list[Row]) -> None:
    for axis in ("x", "y"):
        ranks = _ranks([row[axis] for row in rows])
        for row in rows:
            row.setdefault(f"{axis}_rank", ranks[row[axis]])
            row[axis] = _shown(row[axis])
    for row in rows:
        row |= {key: bool(row.get(key)) for key in ("stayed", "unfinished")}
        row["share"] = min(1.0, max(0.0, row["share"] or 0.0))


def _ranks(names: Sequence[Any]) -> dict[Any, int]:
    """Segments in the order of the ladder, everything else as it comes."""
    distinct = list(dict.fromkeys(names))
    if all(name in SEGMENTS for name in distinct):
        distinct.sort(key=lambda name: LADDER[SEGMENTS[name]])
    return {name: rank for rank, name in enumerate(distinct)}


def _bridge(rows: list[Row]) -> None:
    foot = _foot([row[end] for row in rows for end in ("from", "to") if row.get(end) is not None])
    for row, following in zip(rows, [*rows[1:], *rows[-1:]], strict=True):
        row.setdefault("after", following["step"])
        if row.get("from") is None:
            row |= {"from": foot, "colour": row.get("colour") or (None if segment_of(row) else "muted")}
        row.setdefault("top", max(row["from"], row["to"]))


def _foot(ends: Sequence[float]) -> float:
    """Where level bars begin: 0, or near the changes when these would be slivers on top of two towers."""
    low, high = min(ends, default=0), max(ends, default=0)
    if low < high / 2 or low == high:
        return min(low, 0.0)
    step: float = 10.0 ** math.floor(math.log10(high - low))
    return max(0.0, math.floor((low - (high - low) / 4) / step) * step)


def _curve(rows: list[Row]) -> None:
    for row in rows:
        row.setdefault("kind", "step")
        row |= {"text": row.get("text") or "", "below": bool(row.get("below"))}


def _strip(rows: list[Row]) -> None:
    edge = _edge([date.fromisoformat(row[key]) for row in rows for key in ("from_on", "until_on") if row.get(key)])
    for row in rows:
        if row["kind"] == "segment" and not row.get("until_on"):
            row["until_on"] = edge
        row |= {"is_day": row["kind"] == "day", "is_usual": row["kind"] == "usual", "text": row.get("text") or ""}
        row["amount"] = max(row.get("amount") or 0, 0)
        row |= {key: bool(row.get(key)) for key in ("expected", "planned")}


def _edge(dates: Sequence[date]) -> str | None:
    """Where an interval without an end is cut: some way behind the last date, so that it can be seen."""
    if not dates:
        return None
    first, last = min(dates).toordinal(), max(dates).toordinal()
    return date.fromordinal(last + max(7, (last - first) // 20)).isoformat()


def _shown(name: Any) -> str:
    return words.SEGMENT_LABELS.get(name, "" if name is None else str(name))


_FILL: Mapping[str, Callable[[list[Row]], None]] = {
    "ranked_bars": _ranked,
    "stacked_months": _stacked,
    "grid": _grid,
    "bridge": _bridge,
    "curve": _curve,
    "strip": _strip,
}
