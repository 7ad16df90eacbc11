"""When does the fiscal year begin? On the first of the month that the policy names."""

from __future__ import annotations

from datetime import date

from cartera.errors import PolicyError

FISCAL_YEAR_START = "fiscal_year_start"
MONTHS = 12


def fiscal_year(day: date, first_month: int) -> date:
    """The first day of the fiscal year that holds `day`; first_month: 1 for January to 12."""
    return date(day.year if day.month >= first_month else day.year - 1, first_month, 1)


def check_month(name: str, value: object) -> None:
    """Refuse what is no month; PolicyError says which are."""
    if type(value) is not int or not 1 <= value <= MONTHS:
        fix = f"It is a month, 1 to {MONTHS}: {name} = 4 for a year that begins on 1 April."
        raise PolicyError(f"{name} is {value!r}.", fix=fix)
