"""The command `settings`: by what every answer of the workspace goes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import Printing
from cartera.cli.printing import check_format
from cartera.cli.program import command
from cartera.cli.workspace.done import where, write_json
from cartera.cli.workspace.lists import is_json, tell_list
from cartera.cli.workspace.options import By, Workspace, book
from cartera.errors import CarteraError, suggested

if TYPE_CHECKING:
    from cartera.ledger.book import Book
    from cartera.views.view import Unit

COLUMNS: dict[str, Unit] = {"name": "text", "value": "text", "meaning": "text"}
Name = Annotated[str | None, typer.Argument(metavar="NAME", help="currency, time_zone ...", show_default=False)]
Value = Annotated[str | None, typer.Argument(metavar="VALUE", show_default=False)]


def settings_command(
    name: Name = None,
    value: Value = None,
    *,
    printing: Printing,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """List the settings of the workspace, or set one."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.settings import set_setting

    check_format(printing)
    opened = book(workspace)
    if name is None:
        listed(opened, printing)
        return
    if value is None:
        raise CarteraError(f"{name} needs a value.", fix=f"For example: {suggested('settings', 'currency', 'EUR')}.")
    before, after = set_setting(EVERYTHING, opened, name, value, by=author(by))
    if is_json(printing):
        write_json({"name": name, "before": before, "after": after})
        return
    if before == after:
        sys.stdout.write(f"{name} is {after} already.\n")
        return
    back = f" To take it back: {command('settings', name, before, *where(workspace))}." if before else ""
    sys.stdout.write(f"{name} is {after} from now on; it was {before or 'not set'}.{back}\n")


def listed(opened: Book, how: Printing) -> None:
    """Write every setting with its meaning."""
    from cartera.app.workspace.settings import settings

    rows = settings(EVERYTHING, opened)
    width = max(len(name) for name, _, _ in rows)
    most = max(len(value) for _, value, _ in rows)
    lines = (f"{name:<{width}}  {value or '-':<{most}}  {meaning}" for name, value, meaning in rows)
    tell_list("settings", COLUMNS, [dict(zip(COLUMNS, row, strict=True)) for row in rows], lines, how)
