"""The parts of the sales bridge and the sales figures in words, as the program has them."""

from __future__ import annotations

from cartera.portfolio.compared import PARTS
from cartera.portfolio.figures import FigureLimits, definitions
from cartera.portfolio.prices import DEFINITIONS
from tests.docs.markdown import code, table


def sales_parts() -> str:
    """Every part of the bridge and which clients are in it."""
    return table(["part", "when"], [[f"**{part}**", meaning] for part, meaning in PARTS.items()])


def sales_effects() -> str:
    """What the lines tell of clients who bought in both periods."""
    return table(["part", "what it is"], [[f"**{effect}**", meaning] for effect, meaning in DEFINITIONS.items()])


def sales_figures() -> str:
    """Every figure with its unit and its definition."""
    rows = [[code(one.id), one.label, one.unit, one.definition] for one in definitions(FigureLimits())]
    return table(["figure", "on screen", "unit", "what it is"], rows)
