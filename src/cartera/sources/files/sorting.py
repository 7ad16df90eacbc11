"""Which rows are invoices, which are the file's furniture, and which are refused, with what reason?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from cartera.sources.files import dates
from cartera.sources.files.amounts import Amounts, Plan
from cartera.sources.files.grid import Grid
from cartera.sources.files.interpret import Typed
from cartera.sources.files.names import normalised
from cartera.sources.files.reading import HINTS, Account, Problem
from cartera.sources.files.roles import Roles

TOTALS = frozenset(
    (
        "total, grand total, overall total, totals, sum, total geral, total general, suma, soma, somme, summe, gesamt, "
        "gesamtsumme, totale, totaal"
    ).split(", ")
)
SUBTOTAL = re.compile(
    r"(sub ?total|zwischensumme|sous total|subtotale|subtotaal|total (for|de|do|da|for|pour|fur|per|voor)\b).*"
)


@dataclass
class Sorted:
    """accepted: indices of the rows that are about an invoice. furniture: index -> kind. problems: of refused rows."""

    accepted: pa.Int64Array
    furniture: dict[int, str]
    problems: list[Problem] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def account(self, grid: Grid, left_out: int = 0) -> Account:
        """The row equation."""
        structure = grid.before + Counter(self.furniture.values())
        return Account(
            rows_in=grid.height + grid.before.total(),
            accepted=len(self.accepted),
            rejected=len(self.problems),
            structural=structure.total(),
            left_out=left_out,
            structure=structure,
            reasons=self.reasons,
        )


@dataclass(frozen=True)
class Refusal:
    """Why a row is refused, before it becomes a Problem."""

    code: str
    column: int | None = None


Check = tuple[str, int | None, pa.BooleanArray]


def sort_rows(typed: Typed, amounts: Amounts, plan: Plan, extra: list[Check]) -> Sorted:
    """Every row in one bucket. extra: more reasons as (code, column, rows)."""
    grid = typed.grid
    furniture = _furniture(typed)
    refusals: dict[int, Refusal] = _misfits(grid, _needed(typed.roles, plan))
    for code, column, mask in (*_checks(typed, amounts, plan, bool(furniture)), *extra):
        for index in pc.indices_nonzero(mask).to_pylist():
            refusals.setdefault(index, Refusal(code, column))
    refusals = {index: refusal for index, refusal in refusals.items() if index not in furniture}
    _complete(typed, refusals, furniture)
    return _sorted(grid, refusals, furniture)


def _sorted(grid: Grid, refusals: Mapping[int, Refusal], furniture: dict[int, str]) -> Sorted:
    out = pa.array([*refusals, *furniture], pa.int64())
    every = pa.array(range(grid.height), pa.int64()) if len(out) else None
    accepted = every.filter(pc.invert(pc.is_in(every, value_set=out))) if every is not None else _all(grid.height)
    reasons = Counter(refusal.code for refusal in refusals.values())
    return Sorted(accepted, furniture, _problems(grid, refusals), reasons)


def _all(height: int) -> pa.Int64Array:
    return pa.array(range(height), pa.int64())


def _problems(grid: Grid, refusals: Mapping[int, Refusal]) -> list[Problem]:
    indices = sorted(refusals)
    return [_problem(grid, i, row, refusals[i]) for i, row in zip(indices, grid.rows(indices), strict=True)]


def _problem(grid: Grid, index: int, row: list[str], refusal: Refusal) -> Problem:
    misfit = grid.misfits.get(index)
    if refusal.code in ("TOO_SHORT", "TOO_LONG", "NOT_TEXT") and misfit is not None:
        column, value = "", ",".join(misfit.cells)[:200]
    else:
        column = grid.header[refusal.column] if refusal.column is not None else ""
        value = row[refusal.column].strip() if refusal.column is not None else ""
    hint = dates.hint(value) if refusal.code == "BAD_DATE" and dates.NULL_DATE.match(value) else ""
    told = hint or HINTS.get(refusal.code, "")
    cells = misfit.cells if misfit is not None else tuple(row)
    return Problem(refusal.code, grid.where(index), column, value, told, grid.lines[index], cells)


def _needed(roles: Roles, plan: Plan) -> list[int]:
    """Columns that a short row must still reach."""
    return list(roles.only("issued_on", "client_id", "name", "number", "invoice_id", *plan.inputs).values())


def _misfits(grid: Grid, needed: list[int]) -> dict[int, Refusal]:
    reach = max(needed, default=-1) + 1
    refused = (i for i, misfit in grid.misfits.items() if misfit.code != "TOO_SHORT" or misfit.width < reach)
    return {i: Refusal(grid.misfits[i].code) for i in refused}


def _checks(typed: Typed, amounts: Amounts, plan: Plan, has_groups: bool) -> list[Check]:
    """Reasons in the order in which they are told: one per row."""
    roles = typed.roles
    checks: list[Check] = []
    for role, days in typed.days.items():
        checks.append(("BAD_DATE", roles.columns[role], days.bad))
    issued = roles.columns.get("issued_on")
    if issued is not None:
        checks.append(("MISSING_DATE", issued, typed.days["issued_on"].blank))
    for role, mask in amounts.bad.items():
        checks.append(("BAD_NUMBER", roles.columns[role], mask))
    for role, numbers in typed.numbers.items():
        if role not in amounts.bad:
            checks.append(("BAD_NUMBER", roles.columns[role], numbers.bad))
    checks.append(("MISSING_AMOUNT", roles.columns[plan.inputs[-1]], amounts.missing))
    if (
        roles.only("client_id", "name", "number", "invoice_id")
        and not has_groups
        and (roles.profile is None or roles.profile.name != "cartera")
    ):
        checks.append(("MISSING_CLIENT_AND_NUMBER", None, _nameless(typed.grid, roles)))
    return checks


def _nameless(grid: Grid, roles: Roles) -> pa.BooleanArray:
    """Rows with neither a client nor a number."""
    return _all_empty(grid, list(roles.only("client_id", "name", "number", "invoice_id").values()))


def empty(grid: Grid, column: int) -> pa.BooleanArray:
    """Rows whose cell is empty."""
    distinct = grid.distinct(column)
    return distinct.flags(not text for text in distinct.texts)


def _furniture(typed: Typed) -> dict[int, str]:
    """Rows that are no data: blank, group, subtotal, total, repeated header, footer."""
    grid, roles = typed.grid, typed.roles
    days = typed.days.get("issued_on")
    undated = pc.or_(days.bad, days.blank) if days is not None else _all_empty(grid, list(range(len(grid.columns))))
    indices = pc.indices_nonzero(undated).to_pylist()
    number = roles.key
    grouped = roles.profile is not None and roles.profile.is_grouped
    found: dict[int, str] = {}
    for index, row in zip(indices, grid.rows(indices), strict=True):
        if index in grid.misfits and grid.misfits[index].code != "TOO_SHORT":
            continue
        kind = _kind(grid, row, number, grouped, roles.get("issued_on"))
        if kind:
            found[index] = kind
    return _with_footers(grid, indices, found)


def _all_empty(grid: Grid, columns: list[int]) -> pa.BooleanArray:
    """Rows in which all of these cells are empty."""
    return reduce(pc.and_, (empty(grid, column) for column in columns))


def _kind(grid: Grid, row: list[str], number: int | None, grouped: bool, issued: int | None) -> str | None:
    filled = [cell.strip() for cell in row if cell.strip()]
    if not filled:
        return "blank"
    if [cell.strip() for cell in row] == grid.header:
        return "repeated header"
    if grouped and len(filled) == 1 and row[0].strip() and not _is_sum(filled[0]):
        return "group"
    if issued is not None and row[issued].strip() and not _is_sum(row[issued]):
        return None
    numbered = number is not None and row[number].strip() and not _is_sum(row[number])
    if numbered or not _is_sum(filled[0]) or (len(filled) == 1 and not grouped):
        return None
    return "total" if normalised(filled[0]) in TOTALS else "subtotal"


def _is_sum(cell: str) -> bool:
    label = normalised(cell)
    return label in TOTALS or SUBTOTAL.fullmatch(label) is not None


def _with_footers(grid: Grid, undated: list[int], found: dict[int, str]) -> dict[int, str]:
    """Lone cells below the last data row, once a blank or total row closed the table, are its footer."""
    last, undated_set = grid.height - 1, set(undated)
    tail = []
    while last >= 0 and last in undated_set:
        tail.append(last)
        last -= 1
    closed = False
    for index, row in zip(reversed(tail), grid.rows(tail[::-1]), strict=True):
        lone = sum(1 for cell in row if cell.strip()) == 1
        if closed and lone and found.get(index, "group") == "group":
            found[index] = "footer"
        closed = closed or found.get(index) in ("blank", "total")
    return found


def _complete(typed: Typed, refusals: dict[int, Refusal], furniture: Mapping[int, str]) -> None:
    """Refuses the other rows of an invoice that has a refused row: half an invoice is never read."""
    grid, number = typed.grid, typed.roles.key
    if number is None or not refusals:
        return
    siblings = _siblings(grid, number, sorted(refusals), furniture)
    numbers, keys = _keys(typed, number, siblings)
    bad = {(n, key) for i, n, key in zip(siblings, numbers, keys, strict=True) if i in refusals}
    loose = {n for i, n in zip(siblings, numbers, strict=True) if i in refusals and _is_vague(refusals[i])}
    for index, n, key in zip(siblings, numbers, keys, strict=True):
        if index not in refusals and (n in loose or (n, key) in bad):
            refusals[index] = Refusal("INVOICE_INCOMPLETE", number)


def _siblings(grid: Grid, number: int, refused: list[int], furniture: Mapping[int, str]) -> list[int]:
    """All rows that carry the number of a refused row."""
    distinct = grid.distinct(number)
    broken = {code for code in distinct.codes.take(pa.array(refused, pa.int64())).to_pylist() if distinct.texts[code]}
    rows = pc.indices_nonzero(pc.is_in(distinct.codes, value_set=pa.array(sorted(broken), pa.int32())))
    return [index for index in rows.to_pylist() if index not in furniture]


def _is_vague(refusal: Refusal) -> bool:
    """Whether the refused row does not tell its client and day surely: its number alone must do."""
    return refusal.code in ("BAD_DATE", "MISSING_DATE", "TOO_LONG", "TOO_SHORT")


def _keys(typed: Typed, number: int, rows: list[int]) -> tuple[list[int], list[tuple[object, object]]]:
    """Per row its number, and its client and day."""
    grid, roles = typed.grid, typed.roles
    at = pa.array(rows, pa.int64())
    client = roles.get("client_id") if "client_id" in roles else roles.get("name")
    clients = grid.distinct(client).codes.take(at).to_pylist() if client is not None else [None] * len(rows)
    days = typed.days["issued_on"].array.take(at).to_pylist() if "issued_on" in typed.days else [None] * len(rows)
    return grid.distinct(number).codes.take(at).to_pylist(), list(zip(clients, days, strict=True))
