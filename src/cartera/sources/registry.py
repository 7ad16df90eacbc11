"""Which connectors are there? Ours in a tuple, others by the entry point `cartera.sources`."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from cartera.errors import UnknownNameError

if TYPE_CHECKING:
    from cartera.sources.kit.contract import Connector

OURS: tuple[tuple[str, str], ...] = ()  # name, where it is: loaded when it is asked for
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
