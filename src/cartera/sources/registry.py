"""Which connectors are there? Ours in a tuple, others by the entry point `cartera.sources`."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from cartera.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import date

    from cartera.sources.kit.contract import Connector

OURS: tuple[tuple[str, str], ...] = (  # name, where it is: loaded when it is asked for
    ("xero", "cartera.sources.xero.connector:XERO"),
    ("quickbooks", "cartera.sources.quickbooks.connector:QUICKBOOKS"),
    ("quickbooks-sandbox", "cartera.sources.quickbooks.connector:TRIAL"),
    ("harvest", "cartera.sources.harvest.connector:HARVEST"),
    ("sage", "cartera.sources.sage.connector:SAGE"),
    ("sql", "cartera.sources.sql.connector:SQL"),
)
GROUP = "cartera.sources"


def names() -> tuple[str, ...]:
    """The words by which connectors are asked for."""
    return (*(name for name, _ in OURS), *sorted(one.name for one in entry_points(group=GROUP)))


def connector(name: str) -> Connector:
    """The connector of this name. UnknownNameError: there is none."""
    for own, where in OURS:
        if own == name:
            module, _, what = where.partition(":")
            found: Connector = getattr(import_module(module), what)
            return found
    for one in entry_points(group=GROUP):
        if one.name == name:
            made: Connector = one.load()
            return made
    raise UnknownNameError("system", name, names())


def pretend(name: str) -> Callable[[date], AbstractContextManager[str]]:
    """Serves made-up books of a system on this machine, as they are on a day; gives their address."""
    _, where = next((one for one in OURS if one[0] == name), (name, ""))
    if not where:
        raise UnknownNameError("system", name, [one for one, _ in OURS])
    found: Callable[[date], AbstractContextManager[str]] = import_module(f"{where.rpartition('.')[0]}.pretend").served
    return found
