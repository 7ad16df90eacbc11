"""What does each column mean, row by row? Days and numbers, one convention each; what stays open is asked."""

from __future__ import annotations

from dataclasses import dataclass

from cartera.errors import Ambiguous, Question
from cartera.sources.files import dates, questions, values
from cartera.sources.files.decimals import Sign
from cartera.sources.files.grid import Grid
from cartera.sources.files.names import DATE_ROLES, NUMBER_ROLES
from cartera.sources.files.options import ReadOptions
from cartera.sources.files.roles import Roles
from cartera.sources.files.values import Days, Numbers, Unsigned
from cartera.tongue import say

MONEY_ROLES = frozenset({"net", "amount", "total"})
EXTRA_NUMBERS = ("invoice_total", "invoice_tax")


@dataclass(frozen=True)
class Typed:
    """The date and number columns of a grid, by role. how: sentences on the order and the sign, and their proof."""

    grid: Grid
    roles: Roles
    days: dict[str, Days]
    numbers: dict[str, Numbers]
    how: tuple[str, ...] = ()


def typed(grid: Grid, roles: Roles, options: ReadOptions) -> Typed:
    """All date and number columns. Ambiguous: the order of day and month or a decimal sign is open."""
    numbers, open_numbers = _numbers(grid, roles.only(*NUMBER_ROLES, *EXTRA_NUMBERS), options.decimal)
    asked = _settle(grid, roles, numbers, open_numbers)
    columns = roles.only(*DATE_ROLES)
    readings = values.day_readings(grid, columns)
    order, how, question = _order(grid, columns, readings, _signs(grid, roles, numbers), options.date_order)
    if question or asked:
        raise Ambiguous(([question] if question else []) + _first_of_each(asked), where=grid.name)
    days = {role: values.days(grid, column, readings[role], order) for role, column in columns.items()}
    return Typed(grid, roles, days, numbers, (*how, *_said_signs(grid, roles, numbers)))


def _numbers(grid: Grid, columns: dict[str, int], sign: Sign | None) -> tuple[dict[str, Numbers], dict[str, Unsigned]]:
    settled: dict[str, Numbers] = {}
    unsettled: dict[str, Unsigned] = {}
    for role, column in columns.items():
        found = values.number_column(grid, column, sign)
        if isinstance(found, Numbers):
            settled[role] = found
        else:
            unsettled[role] = found
    return settled, unsettled


def _settle(grid: Grid, roles: Roles, settled: dict[str, Numbers], unsettled: dict[str, Unsigned]) -> list[Question]:
    """What to ask about number columns. Quantities such as 1.000 may follow the sign that the amounts prove."""
    proven = {found.sign for found in settled.values() if found.sign}
    sign = next(iter(proven)) if len(proven) == 1 else None
    asked = []
    for role, column in unsettled.items():
        header = grid.header[roles.columns[role]]
        if column.signs.is_mixed:
            asked.append(questions.mixed_sign(header, column))
        elif role in MONEY_ROLES or sign is None:
            asked.append(questions.open_sign(header, column))
        settled[role] = column.read(sign or "point")
    return asked


def _first_of_each(asked: list[Question]) -> list[Question]:
    """One question per option: its answer holds for the whole file."""
    return list({question.option: question for question in reversed(asked)}.values())


def _order(
    grid: Grid, columns: dict[str, int], readings: dict[str, list[dates.Reading]], signs: set[str], told: str | None
) -> tuple[str, list[str], Question | None]:
    """The order of day and month with its proof, or the question."""
    if told is not None:
        return told, [say("dates are read as {order}, as told", order=questions.order_said(told))], None
    proof = dates.evidence(r for column in readings.values() for r in column)
    if proof.is_mixed:
        role = next((r for r in readings if dates.evidence(readings[r]).is_mixed), next(iter(readings)))
        return "dmy", [], questions.mixed_dates(grid.header[columns[role]], readings[role], proof)
    if proof.is_open:
        return "dmy", [], questions.open_dates(grid, columns, readings, signs)
    order = proof.order or "dmy"
    decisive = (*proof.day_first, *proof.month_first)
    return order, _proven(grid, columns, readings, order, decisive[0]) if decisive else [], None


def _signs(grid: Grid, roles: Roles, numbers: dict[str, Numbers]) -> set[str]:
    """Decimal signs and currencies of the file: what its author is used to."""
    column = roles.get("currency")
    units = {text.upper() for text in grid.distinct(column).texts if text} if column is not None else set()
    return units | {sign for n in numbers.values() for sign in (n.sign, *(n.units or ())) if sign}


def _proven(
    grid: Grid, columns: dict[str, int], readings: dict[str, list[dates.Reading]], order: str, by: dates.Pending
) -> list[str]:
    """Which row decides the order."""
    for role, column in columns.items():
        if by in readings[role]:
            distinct = grid.distinct(column)
            code = readings[role].index(by)
            row = distinct.codes.index(code).as_py()
            where = f"{grid.unit} {grid.lines[row]}"
            return [
                say(
                    "dates are {order}, decided by {value} in {place}",
                    order=questions.order_said(order), value=distinct.texts[code], place=where,
                )
            ]  # fmt: skip
    return []


def _said_signs(grid: Grid, roles: Roles, numbers: dict[str, Numbers]) -> list[str]:
    commas = [grid.header[roles.columns[role]] for role, found in numbers.items() if found.sign == "comma"]
    return [say("a comma divides the decimals in {columns}", columns=", ".join(commas))] if commas else []
