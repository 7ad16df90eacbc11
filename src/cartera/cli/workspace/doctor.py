"""The command `doctor`: what is well with a workspace and what is not; a status that a script can ask for."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import PRINTING, option
from cartera.cli.progress import waiting
from cartera.cli.workspace.done import write_json
from cartera.cli.workspace.options import Workspace

if TYPE_CHECKING:
    from cartera.app.workspace.doctor.finding import Finding

AsJson = Annotated[bool, option("--json", panel=PRINTING, text="For a program.")]
RED = 2
SIGNS = {"ok": "ok  ", "warn": "look", "red": "RED "}


def doctor_command(*, workspace: Workspace = None, json: AsJson = False) -> None:
    """Look whether a workspace is well: its disk, its key, its pages, its audit, its backups."""
    from cartera.app.workspace.doctor.examine import examine
    from cartera.app.workspace.place import chosen

    with waiting("Looking"):
        found = examine(EVERYTHING, chosen(workspace))
    if json:
        write_json([asdict(one) for one in found])
    else:
        sys.stdout.writelines(line(one, max(len(each.name) for each in found)) for one in found)
    if any(one.level == "red" for one in found):
        raise typer.Exit(RED)


def line(one: Finding, width: int) -> str:
    """A finding as it is printed; what to do stands under it."""
    said = f"{SIGNS[one.level]}  {one.name:<{width}}  {one.told}\n"
    indent = " " * (len(SIGNS[one.level]) + width + 4)
    return f"{said}{indent}{one.fix}\n" if one.fix else said
