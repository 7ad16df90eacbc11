"""Which lists does Sage have, and what can each of them do? By its own description, v3.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST = 200  # records of a page; 20 unless more are asked for
ALL = {"attributes": "all"}  # without it a record is an id, a name and an address
PAID = ALL | {"show_payments_allocations": "true"}
# Reading a single document would mark it as sent, unless it is asked not to. We only read.
UNSENT = {"mark_as_sent": "false"}
PERSON = ALL | {"nested_attributes": "all", "show_unfinished_recurring_invoices_status": "true"}


@dataclass(frozen=True)
class Listed:
    """One list. words: of every request. single: of one for a single record. is_sorted: by update time, when asked.

    is_told: what was deleted is told.
    """

    path: str
    words: Mapping[str, str] = field(default_factory=dict)
    single: Mapping[str, str] = field(default_factory=dict)
    is_sorted: bool = False
    is_told: bool = False


LISTS: Mapping[str, Listed] = {
    "statuses": Listed("/artefact_statuses"),
    "clients": Listed("/contacts", PERSON | {"contact_type_id": "CUSTOMER"}, PERSON, is_told=True),
    "invoices": Listed("/sales_invoices", PAID, PAID | UNSENT, is_sorted=True, is_told=True),
    "quick_entries": Listed("/sales_quick_entries", PAID, PAID, is_sorted=True, is_told=True),
    "corrective_invoices": Listed("/sales_corrective_invoices", PAID, PAID | UNSENT, is_sorted=True, is_told=True),
    "credit_notes": Listed("/sales_credit_notes", PAID, PAID | UNSENT, is_sorted=True, is_told=True),
    "payments": Listed("/contact_payments", ALL, ALL, is_sorted=True, is_told=True),
    "quotes": Listed("/sales_quotes", ALL, ALL, is_sorted=True),
    "estimates": Listed("/sales_estimates", ALL, ALL),
}


def stream_of(artefact: Mapping[str, object] | None) -> str | None:
    """The list of a document that another one names: its $path says /sales_invoices/7. None: another's, or unsaid."""
    path = str((artefact or {}).get("$path") or "")
    return next((name for name, one in LISTS.items() if one.path in (path, path.rpartition("/")[0])), None)
