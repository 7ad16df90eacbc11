"""How does one parameter become several options? A command takes a dataclass, Typer sees its fields."""

from __future__ import annotations

import inspect
from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_type_hints

from cartera.cli.measuring import Measuring
from cartera.cli.options import Asking, Choosing, Printing, Reading, Standing

if TYPE_CHECKING:
    from collections.abc import Callable

GROUPS = (Reading, Standing, Choosing, Asking, Measuring, Printing)


def spread(command: Callable[..., None]) -> Callable[..., None]:
    """The command with its dataclass parameters spread into single options, as Typer wants them."""
    hints = get_type_hints(command, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if kind in GROUPS}

    def typed(**given: Any) -> None:
        """Gather the options into their dataclasses."""
        built = {name: kind(**{f.name: given.pop(f.name) for f in fields(kind)}) for name, kind in groups.items()}
        command(**given, **built)

    own = [one for one in inspect.signature(command).parameters.values() if one.name not in groups]
    parameters = [one.replace(annotation=hints[one.name]) for one in own]
    parameters += [one for kind in groups.values() for one in spread_out(kind)]
    vars(typed)["__signature__"] = inspect.Signature(parameters)
    typed.__doc__ = command.__doc__
    typed.__annotations__ = {one.name: one.annotation for one in parameters}
    return typed


def spread_out(kind: Any) -> list[inspect.Parameter]:
    """The dataclass's fields as keyword parameters."""
    hints = get_type_hints(kind, include_extras=True)
    only = inspect.Parameter.KEYWORD_ONLY
    return [inspect.Parameter(f.name, only, default=f.default, annotation=hints[f.name]) for f in fields(kind)]
