"""The commands `imports`, `imports rejects` and `reconcile`: what came in, what did not, and whether it adds up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import Printing, option
from cartera.cli.printing import check_format, deliver
from cartera.cli.spread import spread
from cartera.cli.words import whole
from cartera.cli.workspace.group import Usual
from cartera.cli.workspace.importing import import_command
from cartera.cli.workspace.options import PANEL, Workspace, book
from cartera.errors import CarteraError

Number = Annotated[str, typer.Argument(metavar="N", help="The number of the import.", show_default=False)]
Month = Annotated[str | None, option("--month", panel=PANEL, metavar="2026-03", text="The month of --total.")]
Total = Annotated[str | None, option("--total", panel=PANEL, metavar="1234.56", text="What the books say, net.")]
Currency = Annotated[str | None, option("--currency", panel=PANEL, metavar="EUR", text="The currency of --total.")]
Totals = Annotated[
    str | None, option("--file", panel=PANEL, metavar="FILE", text="Totals in columns month, total, currency.")
]


class Imports(Usual):
    """imports list, imports rejects."""

    usual = "list"


def add_imports(app: typer.Typer) -> None:
    """The commands that bring files in and account for them."""
    app.command("import", epilog="Example: cartera import invoices.csv --dry-run")(spread(import_command))
    family = typer.Typer(cls=Imports)
    family.command("list", epilog="Example: cartera imports --format csv")(spread(imports_command))
    family.command("rejects", epilog="Example: cartera imports rejects 7 --output mend.csv")(spread(rejects_command))
    app.add_typer(family, name="imports", help="What was imported, and which rows were refused.")
    app.command("reconcile", epilog="Example: cartera reconcile --month 2026-03 --total 1234.56")(
        spread(reconcile_command)
    )


def imports_command(*, printing: Printing, workspace: Workspace = None) -> None:
    """List what was imported, by whom, and where every row went."""
    from cartera.app.clock import today
    from cartera.app.workspace.imports import imports

    check_format(printing)
    deliver(imports(EVERYTHING, book(workspace), day=today()), printing)


def rejects_command(number: Number, *, printing: Printing, workspace: Workspace = None) -> None:
    """List the rows that an import refused, to be mended and imported again."""
    from cartera.app.clock import today
    from cartera.app.workspace.rejects import rejects

    check_format(printing)
    deliver(rejects(EVERYTHING, book(workspace), whole(number, "N"), day=today()), printing)


def reconcile_command(
    *,
    printing: Printing,
    workspace: Workspace = None,
    month: Month = None,
    total: Total = None,
    currency: Currency = None,
    file: Totals = None,
) -> None:
    """Compare our sum of each month with what the books say; ends with 2 when they differ."""
    from cartera.app.clock import today
    from cartera.app.workspace.reconcile import reconcile, stated_in, stated_total

    check_format(printing)
    if (month is None) != (total is None):
        raise CarteraError("--month and --total belong together.", fix="Example: --month 2026-03 --total 1234.56.")
    stated = stated_in(Path(file)) if file else {}
    if month is not None and total is not None:
        stated |= stated_total(month, total, currency)
    compared = reconcile(EVERYTHING, book(workspace), stated, day=today())
    deliver(compared.answer, printing)
    if compared.differences:
        count = len(compared.differences)
        raise CarteraError(
            f"{count:,} month{' differs' if count == 1 else 's differ'} from what is stated.",
            fix="Import what is missing, or undo what is too much.",
        )
