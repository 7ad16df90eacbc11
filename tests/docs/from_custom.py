"""What may a rule of one's own look at, and which rules do we ship? As the program has them."""

from __future__ import annotations

from cartera.portfolio.custom_columns import SOURCES
from cartera.portfolio.custom_shipped import shipped_text
from cartera.portfolio.policy import Policy
from tests.docs.markdown import code, table

HOLDS = {
    "text": "text", "class": "one of its classes", "segment": "a segment", "flag": "true or false", "date": "date",
    "days": "whole days", "count": "whole number", "money": "money", "number": "number", "share": "share, 0.2 for 20 %",
}  # fmt: skip


def custom(what: str) -> str:
    """The columns that rules may name beside those of the facts, or our examples as the file that they would be in."""
    if what == "examples":
        return f"```toml\n{shipped_text(Policy.kopilot())}```"
    known = [(name, one) for source in SOURCES for name, one in source.columns.items()]
    return table(["column", "holds", "in words"], [[code(name), HOLDS[one.kind], one.words] for name, one in known])
