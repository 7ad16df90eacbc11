"""How are the settings of sources called on a page? A word per name and value; unknown ones stay as they are."""

from __future__ import annotations

from cartera.tongue import spoken, text

NAMES = {
    "rep": text("Where the sales rep stands (its name there)"),
    "rep_from": text("What the sales rep is read from"),
    "estimates": text("Accepted estimates"),
    "rate": text("How an exchange rate is meant"),
    "inferred": text("Invoices that come back in a series"),
    "retainers": text("Money in advance (retainers)"),
    "written_off": text("Invoices that were written off"),
    "date_order": text("Order of a date kept as text"),
}
VALUES = {
    "estimates": {"accepted": text("are planned invoices"), "none": text("are left out")},
    "rep_from": {
        "tracking": text("a tracking category"), "group": text("a group of contacts"), "none": text("nothing"),
    },
    "rate": {
        "unconfirmed": text("nobody has said it: foreign money stays apart"),
        "foreign_per_base": text("foreign money for one of ours"),
        "base_per_foreign": text("our money for one foreign"),
    },
    "inferred": {"proposed": text("are proposed and planned by nobody"), "planned": text("are planned invoices")},
    "retainers": {"revenue": text("counts as invoiced"), "ignore": text("is left out")},
    "written_off": {"counts": text("count"), "taken_off": text("count for nothing")},
    "date_order": {
        "ymd": text("year, month, day"), "dmy": text("day, month, year"), "mdy": text("month, day, year"),
    },
}  # fmt: skip


def name_said(name: str) -> str:
    """The setting in words."""
    return spoken(NAMES[name]) if name in NAMES else name


def value_said(name: str, value: str) -> str:
    """The value in words."""
    found = VALUES.get(name, {}).get(value)
    return spoken(found) if found else value
