"""What day, what amount, what currency did a person type? Read as written, refused where it says two things."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from cartera.app.day import parse_day
from cartera.calendar import add_months
from cartera.errors import CarteraError, UnknownNameError
from cartera.money import QUANTUM, SCALE

if TYPE_CHECKING:
    from datetime import date

EXAMPLE = "For example 1200 or 1200.50."
STEPS = {"month": 1, "quarter": 3, "year": 12}
MOST_TIMES = 120  # ten years of months: a longer series is a slip of the finger


def amount(text: str, decimal: str = "") -> Decimal:
    """The amount, above zero, with at most four decimals: 1200, 1200.50, 1.200,50. CarteraError: it is none.

    decimal: the sign of whoever types, which settles what 1.200 means; without it that is refused.
    """
    from cartera.sources.files.decimals import shape, written

    found = shape(text.strip())
    if found.hint in ("bad", "missing"):
        raise CarteraError(f"{text!r} is no amount.", fix=EXAMPLE)
    if found.hint == "either" and not decimal:
        raise CarteraError(
            f"{text!r} may be {written(found, 'point')} or {written(found, 'comma')}.",
            fix=f"Write it plainly. {EXAMPLE}",
        )
    is_comma = found.hint == "comma" or (found.hint == "either" and decimal == ",")
    number = written(found, "comma" if is_comma else "point")
    if number is None:
        raise CarteraError(f"{text!r} is no amount.", fix=EXAMPLE)
    value = Decimal(number)
    if value <= 0:
        raise CarteraError(f"{text!r} is not above zero.", fix=f"A plan is for an invoice. {EXAMPLE}")
    if value != value.quantize(QUANTUM):
        raise CarteraError(f"{text!r} has more than {SCALE} decimals.", fix=EXAMPLE)
    return value


def coming_day(text: str, today: date) -> date:
    """The day, after today. CarteraError: it is none, or it has come: such a plan would count for nothing."""
    found = parse_day(text, "DAY")
    if found <= today:
        when = "today" if found == today else "over"
        raise CarteraError(
            f"{found} is {when}, and a plan counts until its day comes.",
            fix=f"Give a day after {today}; what is invoiced already is imported.",
        )
    return found


def past_day(text: str | None, today: date, option: str) -> date:
    """The day, today when not given. CarteraError: it is none, or still to come."""
    if text is None:
        return today
    found = parse_day(text, option)
    if found > today:
        raise CarteraError(f"{found} is still to come.", where=option, fix=f"Give {today} or an earlier day.")
    return found


def series(first: date, every: str | None, times: int | None) -> list[date]:
    """The days of a series, each counted from the first and held inside its month: 31 Jan, 28 Feb, 31 Mar."""
    if every is None and times is None:
        return [first]
    if every is None or times is None:
        raise CarteraError("a series needs --every and --times.", fix="For example --every month --times 12.")
    if every not in STEPS:
        raise UnknownNameError("period", every, tuple(STEPS), where="--every")
    if not 1 <= times <= MOST_TIMES:
        raise CarteraError(f"{times} is no number of plans.", where="--times", fix=f"Give 1 to {MOST_TIMES}.")
    return [add_months(first, STEPS[every] * n) for n in range(times)]
