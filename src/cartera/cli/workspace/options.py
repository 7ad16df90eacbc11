"""The options that the commands of a workspace share: which workspace, who decides, on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cartera.cli.options import option
from cartera.cli.suggesting import about_workspace

if TYPE_CHECKING:
    from cartera.ledger.book import Book

PANEL = "The workspace"

Workspace = Annotated[
    str | None,
    typer.Option(
        "--workspace",
        "-w",
        rich_help_panel=PANEL,
        metavar="DIR",
        help="The workspace; else CARTERA_WORKSPACE or this folder.",
        callback=about_workspace,  # every sentence that suggests a command names it
    ),
]
By = Annotated[str | None, option("--by", panel=PANEL, metavar="NAME", text="Who decides; the user of this computer.")]
Reason = Annotated[str, option("--reason", panel=PANEL, metavar="CODE", text="Why, as a word: price, closed, moved.")]
Remark = Annotated[str, option("--note", panel=PANEL, metavar="TEXT", text="What else should be remembered about it.")]


def book(workspace: str | None) -> Book:
    """The workspace that the command is about, open."""
    from cartera.app.workspace.place import chosen, open_workspace

    return open_workspace(chosen(workspace))
