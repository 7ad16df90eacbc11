"""The command `settings`: by what every answer of the workspace goes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import PRINTING, option
from cartera.cli.program import command
from cartera.cli.workspace.done import where, write_json
from cartera.cli.workspace.options import By, Workspace, book
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.ledger.book import Book

Name = Annotated[str | None, typer.Argument(metavar="NAME", help="currency, time_zone ...", show_default=False)]
Value = Annotated[str | None, typer.Argument(metavar="VALUE", show_default=False)]


def settings_command(
    name: Name = None,
    value: Value = None,
    *,
    workspace: Workspace = None,
    by: By = None,
    json: Annotated[bool, option("--json", panel=PRINTING, text="For a program.")] = False,
) -> None:
    """List the settings of the workspace, or set one."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.settings import set_setting

    opened = book(workspace)
    if name is None:
        listed(opened, as_json=json)
        return
    if value is None:
        raise CarteraError(f"{name} needs a value.", fix="For example: cartera settings currency EUR.")
    before, after = set_setting(EVERYTHING, opened, name, value, by=author(by))
    if before == after:
        sys.stdout.write(f"{name} is {after} already.\n")
        return
    back = f" To take it back: {command('settings', name, before, *where(workspace))}." if before else ""
    sys.stdout.write(f"{name} is {after} from now on; it was {before or 'not set'}.{back}\n")


def listed(opened: Book, *, as_json: bool) -> None:
    """Write every setting with its meaning."""
    from cartera.app.workspace.settings import settings

    rows = settings(EVERYTHING, opened)
    if as_json:
        write_json({name: value for name, value, _ in rows})
        return
    width = max(len(name) for name, _, _ in rows)
    most = max(len(value) for _, value, _ in rows)
    sys.stdout.writelines(f"{name:<{width}}  {value or '-':<{most}}  {meaning}\n" for name, value, meaning in rows)
