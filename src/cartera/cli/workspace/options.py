"""The options that the commands of a workspace share: which workspace, who decides, on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cartera.cli.options import option

if TYPE_CHECKING:
    from cartera.ledger.book import Book

PANEL = "The workspace"

Workspace = Annotated[
    str | None,
    option(
        "--workspace", "-w", panel=PANEL, metavar="DIR", text="The workspace; else CARTERA_WORKSPACE or this folder."
    ),
]
By = Annotated[str | None, option("--by", panel=PANEL, metavar="NAME", text="Who decides; the user of this computer.")]
Reason = Annotated[str, option("--reason", panel=PANEL, metavar="CODE", text="Why, as a word: price, closed, moved.")]
Remark = Annotated[str, option("--note", panel=PANEL, metavar="TEXT", text="What else should be remembered about it.")]


def book(workspace: str | None) -> Book:
    """The workspace that the command is about, open."""
    from cartera.app.workspace.place import chosen, open_workspace

    return open_workspace(chosen(workspace))
