"""By what may a page be split? The columns of the clients, without those that name a single one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.tongue import say
from cartera.web.asking import columns
from cartera.web.frame import Chip, address
from cartera.web.labels import label as label  # noqa: PLC0414 - pages call it splits.label

if TYPE_CHECKING:
    from cartera.web.door import Visit

NAMES_ONE = frozenset(
    ("client_id", "name", "email", "phone", "street", "postcode", "website", "tax_id", "vat_id", "currency", "source")
)


def splits(visit: Visit, *, none: bool = True) -> list[Chip]:
    """A chip per column that the page can be split by, and one for the whole."""
    by = visit.asked.by[:1]
    names = [name for name in columns(visit) if name not in NAMES_ONE]
    whole = [Chip(say("Not split"), address(visit, asked=visit.asked.but(by=())), is_current=not by)] if none else []
    chips = [
        Chip(label(name), address(visit, asked=visit.asked.but(by=(name,))), is_current=by == (name,))
        for name in names
    ]  # fmt: skip
    return [*whole, *chips] if chips else []
