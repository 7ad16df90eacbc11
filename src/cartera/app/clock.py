"""Which day, which moment is it? The only place that looks at a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """Today's date where the machine stands."""
    return date.today()  # noqa: DTZ011 - a calendar date, as the person at the keyboard reads it


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
