"""What is the net amount of a row? The first of: net, quantity x price, total - tax, total; exact, rounded once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from cartera.sources.files import values
from cartera.sources.files.grid import Grid
from cartera.sources.files.interpret import Typed
from cartera.sources.files.options import ReadOptions
from cartera.sources.files.roles import Roles
from cartera.sources.files.values import MONEY, WIDE, Numbers
from cartera.tongue import say

LARGEST = Decimal(10) ** 14
Formula = Callable[[tuple[Decimal | None, ...]], Decimal | None]


@dataclass(frozen=True)
class Plan:
    """Which columns make the amount. inputs: roles that must hold a number. how, notice: sentences about it."""

    inputs: tuple[str, ...]
    optional: tuple[str, ...] = ()
    how: str = ""
    notice: str = ""
    repeats: bool = False  # the column could state one total of the invoice on each of its lines


@dataclass(frozen=True)
class Amounts:
    """The amount of each row; which rows have an unreadable or a missing input. rounded: rows with more decimals."""

    array: pa.Decimal128Array
    bad: dict[str, pa.BooleanArray]
    missing: pa.BooleanArray
    rounded: int = 0


def plan(grid: Grid, roles: Roles, options: ReadOptions) -> Plan:
    """How this file's amounts are made."""
    label = {role: grid.header[column] for role, column in roles.columns.items()}
    by_price = "quantity" in roles and "unit_price" in roles
    if "net" in roles:
        return Plan(("net",), how=_net(label["net"]))
    if "amount" in roles and ("total" in roles or by_price or roles.profile is not None):
        return Plan(("amount",), how=_net(label["amount"]))
    if by_price and "amount" not in roles:
        return _by_price(label)
    role = "total" if "total" in roles else "amount"
    taxes = tuple(tax for tax in ("tax", "tax2") if tax in roles)
    if taxes and options.gross_rate is None:
        return Plan((role,), taxes, _net(" - ".join(label[one] for one in (role, *taxes))))
    told = options.amounts is not None
    notice = (
        ""
        if told
        else say(
            "No tax column: the amounts in {column} are taken as net (--amounts gross:20 takes 20 % off).",
            column=label[role],
        )
    )
    how = say("{column} is taken as the net amount", column=label[role])
    return Plan((role,), how=how, notice=notice, repeats=True)


def _net(columns: str) -> str:
    return say("{columns} is the net amount", columns=columns)


def _by_price(label: dict[str, str]) -> Plan:
    how = f"{label['quantity']} x {label['unit_price']}"
    if "discount" not in label:
        return Plan(("quantity", "unit_price"), how=_net(how))
    return Plan(("quantity", "unit_price"), ("discount",), how=_net(f"{how} - {label['discount']}"))


def amounts(typed: Typed, plan: Plan, options: ReadOptions) -> Amounts:
    """The net amount of every row at four decimals."""
    columns = [typed.numbers[role] for role in (*plan.inputs, *plan.optional)]
    rate = options.gross_rate
    if len(columns) == 1 and rate is None:
        array, rounded = columns[0].array, _too_fine(columns[0])
    else:
        formula = _formula(typed, plan)
        array, rounded = _combined(
            columns, formula if rate is None else lambda cells: _without_tax(formula(cells), rate)
        )
    bad = {role: typed.numbers[role].bad for role in (*plan.inputs, *plan.optional)}
    blanks = [typed.numbers[role].blank for role in plan.inputs]
    missing = blanks[0] if len(blanks) == 1 else pc.or_(blanks[0], blanks[1])
    overflow = pc.and_(pc.is_null(array), pc.invert(missing))
    bad[plan.inputs[-1]] = pc.or_(bad[plan.inputs[-1]], _and_not(overflow, list(bad.values())))
    return Amounts(array, bad, missing, rounded)


def _and_not(mask: pa.BooleanArray, others: list[pa.BooleanArray]) -> pa.BooleanArray:
    for other in others:
        mask = pc.and_(mask, pc.invert(other))
    return mask


def _without_tax(gross: Decimal | None, rate: Decimal) -> Decimal | None:
    return None if gross is None else WIDE.divide(gross, 1 + rate)


def _formula(typed: Typed, plan: Plan) -> Formula:
    if plan.inputs == ("quantity", "unit_price"):
        return _discounted(typed.numbers["discount"]) if plan.optional else _product
    return _difference


def _product(cells: tuple[Decimal | None, ...]) -> Decimal | None:
    quantity, price = cells
    return None if quantity is None or price is None else WIDE.multiply(quantity, price)


def _difference(cells: tuple[Decimal | None, ...]) -> Decimal | None:
    total, *taxes = cells
    return None if total is None else total - sum((tax for tax in taxes if tax is not None), Decimal(0))


def is_rate(discount: Numbers) -> bool:
    """Whether discounts are shares such as 0.15: none is above 1."""
    return all(value is None or 0 <= value <= 1 for value in discount.decimals)


def _discounted(discount: Numbers) -> Formula:
    rate = is_rate(discount)

    def formula(cells: tuple[Decimal | None, ...]) -> Decimal | None:
        full, off = _product(cells[:2]), cells[2] or Decimal(0)
        return full if full is None else (WIDE.multiply(full, 1 - off) if rate else full - off)

    return formula


def _combined(columns: list[Numbers], formula: Formula) -> tuple[pa.Decimal128Array, int]:
    """The formula over each different combination of cells, spread to the rows; and how many rows were rounded."""
    codes = columns[0].distinct.codes.cast(pa.int64())
    for column in columns[1:]:
        codes = pc.add(pc.multiply(codes, len(column.found)), column.distinct.codes)
    different = codes.dictionary_encode()
    exact = [formula(_cells(columns, code)) for code in different.dictionary.to_pylist()]
    kept = [None if value is None or abs(value) >= LARGEST else value for value in exact]
    array = values.amounts(kept)
    fine = pa.array([value is not None and _decimals(value) > MONEY.scale for value in kept], pa.bool_())
    rounded = pc.sum(fine.take(different.indices)).as_py() or 0
    return array.take(different.indices), rounded


def _cells(columns: list[Numbers], code: int) -> tuple[Decimal | None, ...]:
    cells = []
    for column in reversed(columns):
        code, index = divmod(code, len(column.found))
        cells.append(column.decimals[index])
    return tuple(reversed(cells))


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))


def _too_fine(column: Numbers) -> int:
    fine = [text is not None and len(text.partition(".")[2].rstrip("0")) > MONEY.scale for text in column.found]
    return (pc.sum(column.distinct.flags(fine)).as_py() or 0) if any(fine) else 0
