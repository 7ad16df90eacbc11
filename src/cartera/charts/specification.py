"""Where does the specification of a picture come from? From Altair, which a process that draws need not keep.

A process that draws for long asks another one for all specifications of a mode once: Altair alone is 44 MB.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_args

from cartera.charts.tokens import Mode

Specification = dict[str, Any]
Templates = Callable[[str, Mode], Specification]
LABELS = 0.35  # of the width, that the names beside an axis may take
SECONDS = 60.0  # for the other process, on a machine with other work


def fitted(template: Specification, width: int, title: str) -> Specification:
    """The specification for a width in pixels, with its title; the template stays as it is."""
    config = template["config"]
    axis = config["axis"] | {"labelLimit": width * LABELS}
    return template | {"width": width, "description": title, "config": config | {"axis": axis}}


def own(kind: str, mode: Mode) -> Specification:
    """The template of a kind, by Altair in this process. KeyError: no such kind."""
    from cartera.charts import draw  # half a second that only a picture is worth

    return draw.template(kind, mode)


def fetched(kind: str, mode: Mode) -> Specification:
    """The same, by Altair in a process that ends when it has told all kinds of the mode. KeyError: no such kind."""
    return _all_of(mode)[kind]


@cache
def _all_of(mode: Mode) -> Mapping[str, Specification]:
    program = (sys.executable, "-P", "-m", "cartera.charts.specification", mode)
    told = subprocess.run(program, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 - our own program
    templates: dict[str, Specification] = json.loads(told.stdout)
    return templates


def main(mode: str) -> None:
    """Tell all kinds of a mode on standard output."""
    from cartera.charts import draw

    chosen: Mode = next(known for known in get_args(Mode) if known == mode)
    json.dump({kind: draw.template(kind, chosen) for kind in draw.BUILDERS}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
