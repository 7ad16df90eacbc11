"""The command `undo`: any change taken back by its number."""

from __future__ import annotations

from typing import Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.workspace.deciding import AsJson, tell
from cartera.cli.workspace.options import By, Remark, Workspace, book

Number = Annotated[str, typer.Argument(metavar="CHANGE", help="The number that it told.", show_default=False)]


def undo_command(
    number: Number, *, workspace: Workspace = None, by: By = None, note: Remark = "", json: AsJson = False
) -> None:
    """Take a change back: a decision, an import, or an undo. Nothing is erased, and this can be undone as well."""
    from cartera.app.workspace.deciding.act import acting
    from cartera.app.workspace.deciding.undoing import undo

    opened = book(workspace)
    tell(undo(EVERYTHING, opened, number, acting(opened, by, note=note)), workspace, as_json=json)
