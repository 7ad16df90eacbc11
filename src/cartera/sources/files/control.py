"""Do the file's own sums agree with its rows? Subtotals, the grand total, a running balance, a total per invoice."""

from __future__ import annotations

from decimal import Decimal

import pyarrow.compute as pc

from cartera import money
from cartera.sources.files.documents import Documents, Rows, total
from cartera.sources.files.grid import Grid
from cartera.sources.files.interpret import Typed
from cartera.sources.files.keys import joined
from cartera.sources.files.names import normalised
from cartera.sources.files.reading import Control
from cartera.sources.files.roles import Roles
from cartera.sources.files.sorting import Sorted
from cartera.sources.files.values import number_column

PER_ROW = Decimal("0.005")


def controls(
    grid: Grid, roles: Roles, typed: Typed, column: str, sorted_rows: Sorted, amounts: object
) -> list[Control]:
    """The file's sums over the column that makes the amount."""
    if not {"subtotal", "total"} & set(sorted_rows.furniture.values()):
        return []
    stated = typed.numbers[column].array.to_pylist()
    values = amounts.to_pylist()  # type: ignore[attr-defined]
    accepted = set(sorted_rows.accepted.to_pylist())
    found, part, whole, part_rows, all_rows = [], Decimal(0), Decimal(0), 0, 0
    for index in range(grid.height):
        kind = sorted_rows.furniture.get(index)
        if kind == "group":
            part, part_rows = Decimal(0), 0
        elif kind in ("subtotal", "total") and stated[index] is not None:
            total, count = (part, part_rows) if kind == "subtotal" else (whole, all_rows)
            found.append(_control(_label(grid, index), stated[index], total, count))
        elif index in accepted:
            part, whole = part + values[index], whole + values[index]
            part_rows, all_rows = part_rows + 1, all_rows + 1
    return found + _balance(grid, roles, values, sorted_rows)


def _label(grid: Grid, index: int) -> str:
    return next(cell.strip() for cell in grid.rows([index])[0] if cell.strip())


def _control(name: str, stated: Decimal, found: Decimal, rows: int) -> Control:
    agreed = stated if abs(stated - found) <= PER_ROW * max(rows, 1) else found
    return Control(name, money.text(stated), money.text(agreed))


def _balance(grid: Grid, roles: Roles, values: list[Decimal], sorted_rows: Sorted) -> list[Control]:
    """The running balance at the end of each group."""
    column = next((i for i, name in enumerate(grid.header) if normalised(name) == "balance"), None)
    if roles.profile is None or not roles.profile.is_grouped or column is None:
        return []
    read = number_column(grid, column, "point")
    stated = read.array.to_pylist() if hasattr(read, "array") else []
    running, found, accepted = Decimal(0), [], set(sorted_rows.accepted.to_pylist())
    last: tuple[Decimal, Decimal] | None = None
    for index in range(grid.height if stated else 0):
        if sorted_rows.furniture.get(index) in ("group", "subtotal"):
            found += [last] if last else []
            running, last = Decimal(0), None
        elif index in accepted and stated[index] is not None:
            running += values[index]
            last = (stated[index], running)
    agrees = all(abs(a - b) <= PER_ROW * grid.height for a, b in found)
    return (
        [Control("running balance", "at the end of each client", "at the end of each client" if agrees else "differs")]
        if found
        else []
    )


def invoice_totals(typed: Typed, rows: Rows, found: Documents) -> list[Control]:
    """The invoice's total that is repeated on each line, against the sum of its lines and their tax."""
    if "invoice_total" not in typed.numbers:
        return []
    stated = typed.numbers["invoice_total"].array.take(rows.index).take(found.first).to_pylist()
    nets = found.amount.to_pylist()
    taxes = _taxes(typed, rows, found)
    with_tax = sum(
        1 for s, n, t in zip(stated, nets, taxes, strict=True) if s is not None and abs(s - n - t) <= PER_ROW * 2
    )
    inside = sum(1 for s, n in zip(stated, nets, strict=True) if s is not None and abs(s - n) <= PER_ROW * 2)
    return [Control("invoices whose total is the sum of their lines", str(len(stated)), str(max(with_tax, inside)))]


def _taxes(typed: Typed, rows: Rows, found: Documents) -> list[Decimal]:
    if "tax" not in typed.numbers:
        return [Decimal(0)] * len(found)

    return [tax or Decimal(0) for tax in total(found, typed.numbers["tax"].array.take(rows.index)).to_pylist()]


def spread_numbers(rows: Rows, found: Documents) -> int:
    """How many invoice numbers stand on several documents."""
    pairs = joined(rows.number.take(found.first), found.of_row.take(found.first))
    return len(pairs) - int(pc.count_distinct(rows.number.take(found.first)).as_py())
