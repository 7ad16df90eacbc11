"""Which companies can be shown without anybody's data? Their names, as a person types them, and what each one is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

EARLIEST, LATEST = date(10, 1, 1), date(9990, 12, 31)  # room in the calendar for the years before and the plans after


@dataclass(frozen=True)
class Company:
    """An invented company. name: as in SOURCE `demo:NAME`; title, description: for a list of what can be shown."""

    name: str
    title: str
    description: str


COMPANIES = (
    Company(
        "services", "Services firm", "120 clients in five countries, from advice to care plans; three years of invoices"
    ),
    Company("distributor", "Distributor", "400 clients buying supplies, many of them weekly; three years of invoices"),
)
