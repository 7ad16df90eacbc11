"""The names of the cells of recency by frequency and money, as the map has them."""

from __future__ import annotations

from cartera.portfolio.cells import SCORES, cell_of, definitions
from tests.docs.markdown import table


def cells(what: str) -> str:
    """The map as a grid, best above and to the right, or each name with what it says."""
    if what == "names":
        return table(["a client is", "when it"], [[f"**{name}**", meaning] for name, meaning in definitions()])
    down = sorted(SCORES, reverse=True)
    head = ["recency \\ frequency and money", *map(str, SCORES)]
    return table(head, [[f"**{r}**", *(cell_of(r, fm) for fm in SCORES)] for r in down])
