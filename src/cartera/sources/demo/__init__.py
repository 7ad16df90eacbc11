"""What would Cartera say about a believable company? Invented facts, the same for the same day, ending on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.errors import InputError, UnknownNameError
from cartera.sources.demo.companies import COMPANIES, EARLIEST, LATEST, Company
from cartera.sources.demo.voices import voice_of

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa

__all__ = ["COMPANIES", "Company", "company"]


def company(name: str, day: date, *, language: str = "en") -> dict[str, pa.Table]:
    """Tables `clients`, `invoices`, `lines` and `marks` of one invented company, as known on `day`; amounts in EUR.

    language: of whoever looks; one of `voices.SPOKEN` gives names, places and money of its own to the same lives.
    Equal arguments give equal tables. Lives are told in days before `day`, so the segments count the same on any day.
    Raises UnknownNameError for a name that is not in COMPANIES, InputError for a day at an end of the calendar.
    """
    names = [each.name for each in COMPANIES]
    if name not in names:
        raise UnknownNameError("demo company", name, names)
    if not EARLIEST <= day <= LATEST:
        fix = f"Choose a day from {EARLIEST} to {LATEST}, for example --day 2026-03-31."
        raise InputError(f"the demo companies have no history that ends on {day}.", fix=fix)
    from cartera.sources.demo.tables import tables  # listing the companies needs no Arrow

    found = tables(name, day)
    spoken = voice_of(language)
    if spoken is None:
        return found
    from cartera.sources.demo.telling import told

    return told(found, spoken)
