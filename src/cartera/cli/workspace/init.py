"""The command `init`: a new, empty workspace, and the command to go on with."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import option
from cartera.cli.program import command
from cartera.cli.workspace.options import PANEL

Folder = Annotated[
    str,
    typer.Argument(metavar="DIR", help="A new folder, or the address of a PostgreSQL database.", show_default=False),
]
Name = Annotated[str | None, option("--name", panel=PANEL, metavar="TEXT", text="Of the company; the folder's name.")]
Currency = Annotated[
    str | None, option("--currency", panel=PANEL, metavar="EUR", text="In which its money is reported.")
]
Zone = Annotated[
    str | None, option("--time-zone", panel=PANEL, metavar="ZONE", text="Where its days begin; this computer's.")
]
Language = Annotated[str, option("--language", panel=PANEL, metavar="en|pt-BR|fr|es", text="Of its pages and mails.")]


def init_command(
    folder: Folder, *, name: Name = None, currency: Currency = None, time_zone: Zone = None, language: Language = "en"
) -> None:
    """Make a workspace: a place that remembers invoices and what people decide about clients."""
    from cartera.app.workspace.place import place
    from cartera.app.workspace.start import start

    made = start(EVERYTHING, folder, name=name, currency=currency, time_zone=time_zone, language=language)
    where = place(folder)
    sys.stdout.write(
        f"Made the workspace {made.name} in {where.text}. Its key is {where.key}:"
        " keep a copy of it in another place than your backups.\n"
        f"Next: {command('import', 'invoices.csv', '-w', where.text)}\n"
    )
