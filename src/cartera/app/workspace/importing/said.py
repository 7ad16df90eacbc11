"""How is the preview told to a person? In lines: how it was read, what would change, what deserves a look."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from cartera.app.workspace.importing.preview import Changed, Preview, Sample, Sum

SHOWN_ROWS = 8
WIDEST = 28


def told(preview: Preview, rows: int = SHOWN_ROWS) -> Iterator[str]:
    """The preview in lines."""
    yield from preview.understood
    yield ""
    yield from table([("kind", "currency", "documents", "sum", "from", "to"), *map(_sum, preview.sums)], right=(2, 3))
    yield ""
    yield from would_change(preview)
    if preview.removed:
        yield f"Taken away (--replace period): {len(preview.removed):,}"
        yield from (f"  {one}" for one in preview.removed)
    if preview.sample:
        yield ""
        yield "The first rows, as they came and as they were read:"
        yield from _rows(preview.sample[:rows])
    if preview.notices:
        yield ""
        yield "Notices:"
        yield from (f"  {one}" for one in preview.notices)


def _sum(one: Sum) -> tuple[str, ...]:
    return one.kind, one.currency or "", f"{one.count:,}", f"{Decimal(one.amount):,}", one.first_on, one.last_on


def would_change(preview: Preview) -> Iterator[str]:
    """What the import would do, in counts, and some of what it would change."""
    changes, clients = preview.changes, preview.clients
    yield (
        f"Documents of {preview.source}: {changes['new']:,} new, {changes['changed']:,} changed,"
        f" {changes['unchanged']:,} unchanged. Clients: {clients['new']:,} new, {clients['matched']:,} known"
        + (f", {clients['changed']:,} of them with new data" if clients["changed"] else "")
        + "."
    )
    if preview.said:
        yield f"What people said: {'; '.join(_words(*one) for one in preview.said.items())}."
    yield from (f"  {line}" for line in map(_changed, preview.changed))
    if len(preview.changed) < changes["changed"]:
        yield f"  and {changes['changed'] - len(preview.changed):,} more"


def _words(table: str, counts: dict[str, int]) -> str:
    told = ", ".join(f"{count:,} {home.replace('_', ' ')}" for home, count in counts.items() if count)
    return f"{table} {told or 'none'}"


def _changed(one: Changed) -> str:
    told = "; ".join(f"{name} {old or 'nothing'} → {new or 'nothing'}" for name, (old, new) in one.values.items())
    return f"{one.document} ({one.client or 'without a client'}): {told}"


def _rows(sample: list[Sample]) -> Iterator[str]:
    for one in sample:
        yield f"  {one.line}: {' | '.join(_short(cell) for cell in one.raw)}"
        yield f"     {one.problem}" if one.problem else f"     = {_typed(one.typed)}"


def _typed(cells: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in cells.items() if value)


def _short(cell: str) -> str:
    flat = " ".join(cell.split())
    return flat if len(flat) <= WIDEST else flat[: WIDEST - 1] + "…"


def table(rows: list[tuple[str, ...]], right: tuple[int, ...] = ()) -> Iterator[str]:
    """The rows as aligned lines."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = (
            cell.rjust(w) if i in right else cell.ljust(w) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
