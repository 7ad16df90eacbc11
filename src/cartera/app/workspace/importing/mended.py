"""Is this file a list of refused rows that comes back mended? Its hidden column says which rows of which import."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cartera.errors import InputError
from cartera.facts.guard import unguarded
from cartera.tongue import say

if TYPE_CHECKING:
    import pyarrow as pa

    from cartera.ledger.book import Book
    from cartera.sources.files.grid import Grid

HIDDEN = "cartera_row"
DIGITS = 18  # of a number that every database knows
ADDED = ("line", "reason", "column", "hint", HIDDEN)  # the columns that we wrote beside the file's own


@dataclass(frozen=True)
class Mended:
    """Refused rows that come back. number, file: of the import they were refused in, fingerprint: of its header.

    grid: the file's own columns.

    rows: the hidden id of each, 0 for a row that somebody added. keys: id -> the key that its document got when it was
    mended before.
    """

    number: int
    file: str
    source: str
    batch_id: int
    options: dict[str, Any]
    fingerprint: str
    grid: Grid
    rows: list[int]
    keys: dict[int, str]


def mended(book: Book, grid: Grid) -> Mended | None:
    """The import that the rows belong to, None for any other file. InputError: it is not one of this workspace."""
    if grid.column(HIDDEN) is None:
        return None
    from cartera.ledger.models import RejectedRow

    ids = [_id(text) for text in grid.text(grid.header.index(HIDDEN)).to_pylist()]
    rows = RejectedRow.objects.using(book.alias).filter(
        pk__in=[one for one in ids if one][:1], batch__change__workspace_id=book.workspace_id
    )  # one is enough: a list is of one import
    first = rows.select_related("batch__change", "batch__file").first()
    if first is None:
        fix = say("Import it where it came from, or take the column {column} out.", column=HIDDEN)
        raise InputError(say("these are refused rows of another workspace."), where=grid.name, fix=fix)
    batch = first.batch
    told = batch.told
    if told.get("is_tables"):
        fix = say("Mend them in its tables and import the folder again.")
        raise InputError(
            say("these are refused rows of the folder {name}.", name=told["name"]), where=grid.name, fix=fix
        )
    return Mended(
        batch.change.number, told.get("name", ""), batch.source, batch.pk, told.get("options", {}),
        batch.fingerprint, _own_columns(grid), ids, _keys(book, batch.pk),
    )  # fmt: skip


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0


def _own_columns(grid: Grid) -> Grid:
    """The grid without our columns, its cells without the apostrophe that kept a spreadsheet from running them."""
    kept = [i for i, name in enumerate(grid.header) if name not in ADDED]
    header = [unguarded(grid.header[i]) for i in kept]
    return replace(grid, header=header, columns=[_unguarded(grid.columns[i]) for i in kept], repeated=[], _distinct={})


def _unguarded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa

    cells = [unguarded(cell) for cell in column.to_pylist()]
    return pa.chunked_array([cells], pa.string())


def _keys(book: Book, batch_id: int) -> dict[int, str]:
    from cartera.ledger.models import RejectedRow

    rows = RejectedRow.objects.using(book.alias).filter(batch_id=batch_id, mended_by__isnull=False)
    found: dict[int, str] = {}
    for told in rows.values_list("mended_by__told", flat=True).distinct():
        found |= {int(row): key for row, key in told.get("mended", {}).items()}
    return found
