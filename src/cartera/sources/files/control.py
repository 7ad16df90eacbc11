"""Do the file's own sums agree with its rows? Subtotals, the grand total, a running balance, a total per invoice."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from cartera import money
from cartera.sources.files.documents import Documents, Rows, total
from cartera.sources.files.grid import Grid
from cartera.sources.files.interpret import Typed
from cartera.sources.files.names import normalised
from cartera.sources.files.reading import Control
from cartera.sources.files.sorting import Sorted
from cartera.sources.files.values import Numbers, number_column

PER_ROW = Decimal("0.005")  # a report may round each of its rows


@dataclass
class Sum:
    """A sum of rows so far."""

    value: Decimal = Decimal(0)
    rows: int = 0

    def add(self, value: Decimal | None) -> None:
        """Counts one more row."""
        self.value, self.rows = self.value + (value or 0), self.rows + 1

    def control(self, name: str, stated: Decimal) -> Control:
        """The sum against what the file states."""
        near = abs(stated - self.value) <= PER_ROW * max(self.rows, 1)
        return Control(name, money.text(stated), money.text(stated if near else self.value))


def controls(typed: Typed, column: str, rows: Sorted, turned: list[int]) -> list[Control]:
    """Subtotals, the grand total and the running balance of the file, against the rows of the column of amounts.

    turned: rows that are read with the other sign; the file may have summed them either way.
    """
    if not {"subtotal", "total"} & set(rows.furniture.values()):
        return []
    values = typed.numbers[column].array.to_pylist()
    found = _controls(typed, values, rows)
    if not turned or all(control.agrees for control in found):
        return found
    for index in turned:
        values[index] = -values[index]
    return _controls(typed, values, rows)


def _controls(typed: Typed, values: list[Decimal | None], rows: Sorted) -> list[Control]:
    kinds, accepted = rows.furniture, set(rows.accepted.to_pylist())
    found, part, whole = [], Sum(), Sum()
    for index, value in enumerate(values):
        kind = kinds.get(index)
        if index in accepted:
            part.add(value)
            whole.add(value)
        elif kind in ("subtotal", "total") and value is not None:
            found.append((part if kind == "subtotal" else whole).control(_label(typed.grid, index), value))
        if kind in ("group", "subtotal"):
            part = Sum()
    return found + _balance(typed, values, rows, accepted)


def _label(grid: Grid, index: int) -> str:
    return next(cell.strip() for cell in grid.rows([index])[0] if cell.strip())


def _balance(typed: Typed, values: list[Decimal | None], rows: Sorted, accepted: set[int]) -> list[Control]:
    """The running balance at the last row of each group."""
    grid, profile = typed.grid, typed.roles.profile
    column = next((i for i, name in enumerate(grid.header) if normalised(name) == "balance"), None)
    if profile is None or not profile.is_grouped or column is None:
        return []
    read = number_column(grid, column, "point")
    stated = read.array.to_pylist() if isinstance(read, Numbers) else []
    running, last, found = Sum(), None, []
    for index, balance in enumerate(stated):
        if index in accepted:
            running.add(values[index])
            last = balance
        elif rows.furniture.get(index) == "subtotal" and last is not None:
            found.append(running.control("running balance", last))
            running, last = Sum(), None
    wrong = [control for control in found if not control.agrees]
    return wrong or [Control("running balance of", _groups(found), _groups(found))] if found else []


def _groups(found: list[Control]) -> str:
    return f"{len(found):,} client" + ("" if len(found) == 1 else "s")


def invoice_totals(typed: Typed, rows: Rows, found: Documents) -> list[Control]:
    """The totals that the lines repeat against the sums of their lines: all of them, or each one that differs."""
    if "invoice_total" not in typed.numbers:
        return []
    stated = typed.numbers["invoice_total"].array.take(rows.index).take(found.first).to_pylist()
    nets, kinds = found.amount.to_pylist(), rows.kind.take(found.first).to_pylist()
    taxes = _taxes(typed, rows, found)
    told = [
        Stated(f"the total of {name}", *(_credited(total, net, tax) if kind == "credit_note" else (total, net, tax)))
        for name, kind, total, net, tax in zip(found.ids, kinds, stated, nets, taxes, strict=True)
        if total is not None
    ]
    with_tax = sum(one.agrees(one.net + one.tax) for one in told) >= sum(one.agrees(one.net) for one in told)
    wrong = [one for one in told if not one.agrees(one.read(with_tax))]
    if wrong:
        return [Control(one.name, money.text(one.total), money.text(one.read(with_tax))) for one in wrong]
    whole = money.text(sum((one.total for one in told), Decimal(0)))
    return [Control(f"the total of {len(told):,} document{'s'[: len(told) != 1]}", whole, whole)] if told else []


@dataclass(frozen=True)
class Stated:
    """One document's own total, and the net and tax of its lines."""

    name: str
    total: Decimal
    net: Decimal
    tax: Decimal

    def read(self, with_tax: bool) -> Decimal:
        """What the lines give."""
        return self.net + self.tax if with_tax else self.net

    def agrees(self, value: Decimal) -> bool:
        """Whether a sum is the total, a cent of rounding aside."""
        return abs(self.total - value) <= 2 * PER_ROW


def _credited(total: Decimal, net: Decimal, tax: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """All three negative: a credit note whose lines were turned negative still repeats a positive total."""
    return (-abs(total), net, -abs(tax)) if net < 0 else (total, net, tax)


def _taxes(typed: Typed, rows: Rows, found: Documents) -> list[Decimal]:
    if "tax" not in typed.numbers:
        return [Decimal(0)] * len(found)
    return [tax or Decimal(0) for tax in total(found, typed.numbers["tax"].array.take(rows.index)).to_pylist()]
