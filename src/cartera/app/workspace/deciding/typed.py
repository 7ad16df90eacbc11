"""What day, what amount, what currency did a person type? Read as written, refused where it says two things."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from cartera.app.day import parse_day
from cartera.calendar import add_months
from cartera.errors import CarteraError, UnknownNameError
from cartera.money import QUANTUM, SCALE
from cartera.tongue import say, spoken, text

if TYPE_CHECKING:
    from datetime import date

EXAMPLE = text("For example 1200 or 1200.50.")
STEPS = {"month": 1, "quarter": 3, "year": 12}
MOST_TIMES = 120  # ten years of months: a longer series is a slip of the finger


def amount(text: str, decimal: str = "") -> Decimal:
    """The amount, above zero, with at most four decimals: 1200, 1200.50, 1.200,50. CarteraError: it is none.

    decimal: the sign of whoever types, which settles what 1.200 means; without it that is refused.
    """
    from cartera.sources.files.decimals import shape, written

    found = shape(text.strip())
    if found.hint in ("bad", "missing"):
        raise CarteraError(say("{text} is no amount.", text=repr(text)), fix=spoken(EXAMPLE))
    if found.hint == "either" and not decimal:
        raise CarteraError(
            say(
                "{text} may be {point} or {comma}.",
                text=repr(text),
                point=str(written(found, "point")),
                comma=str(written(found, "comma")),
            ),
            fix=say("Write it plainly. {example}", example=spoken(EXAMPLE)),
        )
    is_comma = found.hint == "comma" or (found.hint == "either" and decimal == ",")
    number = written(found, "comma" if is_comma else "point")
    if number is None:
        raise CarteraError(say("{text} is no amount.", text=repr(text)), fix=spoken(EXAMPLE))
    value = Decimal(number)
    if value <= 0:
        raise CarteraError(
            say("{text} is not above zero.", text=repr(text)),
            fix=say("A plan is for an invoice. {example}", example=spoken(EXAMPLE)),
        )
    if value != value.quantize(QUANTUM):
        raise CarteraError(
            say("{text} has more than {count} decimals.", text=repr(text), count=SCALE), fix=spoken(EXAMPLE)
        )
    return value


def coming_day(text: str, today: date) -> date:
    """The day, after today. CarteraError: it is none, or it has come: such a plan would count for nothing."""
    found = parse_day(text, "DAY")
    if found <= today:
        raise CarteraError(
            say("{day} is today, and a plan counts until its day comes.", day=found)
            if found == today
            else say("{day} is over, and a plan counts until its day comes.", day=found),
            fix=say("Give a day after {today}; what is invoiced already is imported.", today=today),
        )
    return found


def past_day(text: str | None, today: date, option: str) -> date:
    """The day, today when not given. CarteraError: it is none, or still to come."""
    if text is None:
        return today
    found = parse_day(text, option)
    if found > today:
        raise CarteraError(
            say("{day} is still to come.", day=found),
            where=option,
            fix=say("Give {today} or an earlier day.", today=today),
        )
    return found


def series(first: date, every: str | None, times: int | None) -> list[date]:
    """The days of a series, each counted from the first and held inside its month: 31 Jan, 28 Feb, 31 Mar."""
    if every is None and times is None:
        return [first]
    if every is None or times is None:
        raise CarteraError(say("a series needs --every and --times."), fix=say("For example --every month --times 12."))
    if every not in STEPS:
        raise UnknownNameError("period", every, tuple(STEPS), where="--every")
    if not 1 <= times <= MOST_TIMES:
        raise CarteraError(
            say("{times} is no number of plans.", times=times),
            where="--times",
            fix=say("Give 1 to {count}.", count=MOST_TIMES),
        )
    return [add_months(first, STEPS[every] * n) for n in range(times)]
