"""What do people call a column? Those of our own in the language in force, those of a company in its words."""

from __future__ import annotations

from cartera.tongue import spoken, text

LABELS = {
    "rep": text("Rep", "column"), "city": text("City", "column"), "region": text("Region", "column"),
    "country": text("Country", "column"), "industry": text("Industry", "column"), "segment": text("Segment", "column"),
    "category": text("Category", "column"), "product": text("Product", "column"), "source": text("Source", "column"),
    "currency": text("Currency", "column"), "kind": text("Kind", "column"), "state": text("State", "column"),
    "parent": text("Parent", "column"), "team": text("Team", "column"), "custom": text("Custom segment", "column"),
    "client_id": text("Id", "column"), "language": text("Language", "column"), "number": text("Number", "column"),
}  # fmt: skip


def label(name: str) -> str:
    """What people call a column of the clients."""
    if name in LABELS:
        return spoken(LABELS[name], "column")
    return spoken(name.replace("_", " ").capitalize(), "column")
