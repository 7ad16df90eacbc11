"""How is a person asked for the order of dates and the decimal sign? With both readings and what speaks for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from cartera.errors import Question
from cartera.sources.files import dates
from cartera.sources.files.dates import Evidence, Pending, Reading
from cartera.sources.files.grid import Grid
from cartera.sources.files.names import ENGLISH, KNOWN, OWN_ROLES, normalised
from cartera.sources.files.values import Unsigned
from cartera.tongue import day_text, say, spoken, text

ORDERS = {"dmy": text("day first"), "mdy": text("month first")}
SIGNS = {"point": text("a point divides the decimals"), "comma": text("a comma divides the decimals")}
DOLLARS = frozenset({"USD", "$", "US$"})
# Names of our own schema are English, and so may the last ones be: a column Article or Land tells nothing.
FOREIGN = KNOWN - ENGLISH - {role.replace("_", " ") for role in OWN_ROLES}
FOREIGN -= {"art", "article", "cap", "commercial", "data", "designation", "land"}
USUAL_TERMS = frozenset({0, 7, 8, 10, 14, 15, 20, 21, 28, 30, 31, 45, 60, 90})


def mixed_dates(header: str, column: Sequence[Reading], proof: Evidence) -> Question:
    """Some rows of a column fit day first only, others month first only."""
    fits = {order: sum(1 for r in column if isinstance(r, Pending) and r.day(order)) for order in ORDERS}
    only = {"dmy": _text(proof.day_first[0], "dmy"), "mdy": _text(proof.month_first[0], "mdy")}
    readings = {
        order: say(
            "{label}: {count} different values are dates ({example} is one), the others are refused",
            label=spoken(label),
            count=fits[order],
            example=only[order],
        )
        for order, label in ORDERS.items()
    }
    return Question(
        "date-order", say("Column {header} mixes day first and month first.", header=header), "--date-order", readings
    )


def open_dates(
    grid: Grid, columns: Mapping[str, int], readings: Mapping[str, list[Reading]], signs: set[str]
) -> Question:
    """Every date fits day first and month first."""
    role = next(role for role in readings if any(isinstance(r, Pending) for r in readings[role]))
    header = grid.header[columns[role]]
    example = next(r for r in readings[role] if isinstance(r, Pending) and r.first != r.second)
    text = grid.distinct(columns[role]).texts[readings[role].index(example)]
    meanings = {
        order: say(
            "{label}: {text} is {day}; {span}",
            label=spoken(label),
            text=text,
            day=_text(example, order),
            span=_span(readings[role], order),
        )
        for order, label in ORDERS.items()
    }
    likely, reasons = _likelier(grid, columns, readings, signs)
    unclear = say("The dates can be read in two ways: no day in column {header} is above 12.", header=header)
    return Question("date-order", unclear, "--date-order", meanings, likely, tuple(reasons))


def _text(pending: Pending, order: str) -> str:
    day = pending.day(order)
    return day_text(day) if day else say("no date")


def _days(readings: Sequence[Reading], order: str) -> list[date | None]:
    return [r.day(order) if isinstance(r, Pending) else r for r in readings]


def _span(readings: Sequence[Reading], order: str) -> str:
    days = [day for day in _days(readings, order) if day]
    return say("from {first} to {last}", first=min(days), last=max(days)) if days else say("no dates")


def _likelier(
    grid: Grid, columns: Mapping[str, int], readings: Mapping[str, list[Reading]], signs: set[str]
) -> tuple[str | None, list[str]]:
    """The order for which the surer evidence speaks, and that evidence."""
    against = {order: _contradictions(grid, columns, readings, order) for order in ORDERS}
    for order, other in (("dmy", "mdy"), ("mdy", "dmy")):
        if against[other] and not against[order]:
            return order, against[other] + (_habits(grid, signs, order))
    habits = {order: _habits(grid, signs, order) for order in ORDERS}
    likely = max(habits, key=lambda order: len(habits[order]))
    return (likely, habits[likely]) if len(habits["dmy"]) != len(habits["mdy"]) else (None, [])


def _contradictions(
    grid: Grid, columns: Mapping[str, int], readings: Mapping[str, list[Reading]], order: str
) -> list[str]:
    """What would be odd if this order were right."""
    label, days = spoken(ORDERS[order]), {role: _days(found, order) for role, found in readings.items()}
    odd = []
    issued = [day for day in days.get("issued_on", []) if day]
    own = min(filter(None, map(dates.last_named_day, (grid.texts, _footers(grid)))), default=None)
    if own and any(day > own for day in issued):
        odd.append(say("{label} puts {day} after the report's own date {own}", label=label, day=max(issued), own=own))
    rows = {
        role: [found[code] for code in grid.distinct(columns[role]).codes.to_pylist()] for role, found in days.items()
    }
    if "due_on" in rows and _is_due_first(rows["issued_on"], rows["due_on"]):
        odd.append(say("{label} puts a due date before its invoice", label=label))
    if not _is_sorted(rows["issued_on"]) and _is_sorted(
        _rows(grid, columns, readings, "mdy" if order == "dmy" else "dmy")
    ):
        odd.append(say("{label} breaks the order of time in the rows", label=label))
    if (
        "due_on" in rows
        and not _has_terms(rows)
        and _has_terms(_both(grid, columns, readings, "mdy" if order == "dmy" else "dmy"))
    ):
        odd.append(say("{label} leaves unusual payment terms", label=label))
    return odd


def _rows(
    grid: Grid, columns: Mapping[str, int], readings: Mapping[str, list[Reading]], order: str
) -> list[date | None]:
    found = _days(readings["issued_on"], order)
    return [found[code] for code in grid.distinct(columns["issued_on"]).codes.to_pylist()]


def _both(
    grid: Grid, columns: Mapping[str, int], readings: Mapping[str, list[Reading]], order: str
) -> dict[str, list[date | None]]:
    found = {role: _days(readings[role], order) for role in ("issued_on", "due_on")}
    return {
        role: [days[code] for code in grid.distinct(columns[role]).codes.to_pylist()] for role, days in found.items()
    }


def _is_due_first(issued: list[date | None], due: list[date | None]) -> bool:
    return any(i and d and d < i for i, d in zip(issued, due, strict=True))


def _is_sorted(days: list[date | None]) -> bool:
    known = [day for day in days if day]
    return len(known) > 2 and (known == sorted(known) or known == sorted(known, reverse=True))


def _has_terms(rows: Mapping[str, list[date | None]]) -> bool:
    gaps = [(d - i).days for i, d in zip(rows["issued_on"], rows["due_on"], strict=True) if i and d]
    return bool(gaps) and all(gap in USUAL_TERMS for gap in gaps)


def _footers(grid: Grid) -> list[str]:
    last = range(max(0, grid.height - 5), grid.height)
    return [cell for row in grid.rows(list(last)) for cell in row if cell]


def _habits(grid: Grid, signs: set[str], order: str) -> list[str]:
    """Customs that speak for an order: language, decimal sign, currency. They never decide."""
    if order == "mdy":
        return [say("the amounts are dollars")] if signs & DOLLARS else []
    foreign = {normalised(name) for name in grid.header} & FOREIGN
    found = [say("the header is not English")] if foreign else []
    if "comma" in signs:
        found.append(say("the decimal sign is a comma"))
    units = sorted(s for s in signs - DOLLARS - {"comma", "point"})
    return found + ([say("the currency is {currency}", currency=units[0])] if units else [])


def open_sign(header: str, column: Unsigned) -> Question:
    """Numbers such as 1.000 with one sign and three digits behind it, and nothing else to go by."""
    example = column.signs.either or ""
    meanings = {}
    for sign, label in SIGNS.items():
        numbers = column.read("point" if sign == "point" else "comma")
        one = numbers.found[numbers.distinct.texts.index(example)]
        total = sum((n for n in numbers.decimals if n is not None), Decimal(0))
        meanings[sign] = say(
            "{label}: {example} is {number}, the different values sum to {total}",
            label=spoken(label),
            example=example,
            number=_plain(Decimal(one or 0)),
            total=_plain(total),
        )
    unclear = say(
        "The numbers in column {header} can be read in two ways: {example} may be a thousand or a fraction.",
        header=header,
        example=example,
    )
    return Question("decimal", unclear, "--decimal", meanings)


def mixed_sign(header: str, column: Unsigned) -> Question:
    """Some numbers prove a decimal point, others a decimal comma."""
    both = {"point": str(column.signs.point), "comma": str(column.signs.comma)}
    meanings = {
        "point": say("a point divides the decimals, as in {point}; numbers such as {comma} are refused", **both),
        "comma": say("a comma divides the decimals, as in {comma}; numbers such as {point} are refused", **both),
    }
    return Question(
        "decimal", say("Column {header} mixes decimal points and commas.", header=header), "--decimal", meanings
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def order_said(order: str) -> str:
    """The order of the parts of a date, in words."""
    return spoken(ORDERS[order]) if order in ORDERS else say("year first")
