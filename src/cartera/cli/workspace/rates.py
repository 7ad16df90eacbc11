"""The commands `rates`: what foreign currencies are worth, added by hand, taken from a file, listed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cartera.app.day import parse_day
from cartera.app.scope import EVERYTHING
from cartera.cli.options import PRINTING, READING, Printing, option
from cartera.cli.printing import check_format, tell
from cartera.cli.spread import spread
from cartera.cli.workspace.done import tell_done
from cartera.cli.workspace.lists import tell_list
from cartera.cli.workspace.options import By, Workspace, book
from cartera.errors import suggested

if TYPE_CHECKING:
    from cartera.views.view import Unit

rates_app = typer.Typer(no_args_is_help=True, help="What foreign currencies are worth on which day.")
Direction = Annotated[
    str | None,
    option(
        "--direction", panel=READING, metavar="per-foreign|per-base",
        text="per-foreign: 1 USD = 0.92 EUR. per-base: 1 EUR = 1.09 USD.",
    ),
]  # fmt: skip
RATES: dict[str, Unit] = {"day": "text", "currency": "text", "rate": "text"}
MOST_TOLD = 5  # refused rows that are told one by one


@rates_app.command("add", epilog="Example: cartera rates add 2026-03-31 USD 0.92")
def add_command(
    day: Annotated[str, typer.Argument(metavar="DAY", show_default=False)],
    currency: Annotated[str, typer.Argument(metavar="CURRENCY", show_default=False)],
    rate: Annotated[str, typer.Argument(metavar="RATE", help="Your currency for one of CURRENCY.", show_default=False)],
    *,
    direction: Direction = None,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Add one rate: units of the workspace's currency for one unit of CURRENCY."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.rates.adding import add_rate, typed

    quote = typed(parse_day(day, "DAY"), currency, rate)
    number, sentence = add_rate(EVERYTHING, book(workspace), quote, by=author(by), direction=direction)
    tell_done(sentence, number, workspace)


@rates_app.command("import", epilog="Example: cartera rates import eurofxref-hist.csv")
def import_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False)],
    *,
    direction: Direction = None,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Take rates from a file: day, currency, rate; or one column per currency as the European Central Bank has it."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.rates.adding import import_rates

    found = import_rates(EVERYTHING, book(workspace), file, by=author(by), direction=direction)
    empty = f", {found.empty:,} empty cells" if found.empty else ""
    tell_done(f"{found.taken.account.equation}. Rates: {found.taken.counts}{empty}", found.taken.number, workspace)
    tell([f"Read as: {found.read_as}.", *found.notices, *refused(found.problems)])


def list_command(
    *,
    printing: Printing,
    currency: Annotated[str | None, option("--currency", panel=PRINTING, metavar="USD", text="Only this one.")] = None,
    workspace: Workspace = None,
) -> None:
    """List the rates, the newest first, each as what one foreign unit is worth."""
    from cartera.app.workspace.rates.adding import listed

    check_format(printing)
    opened = book(workspace)
    rows, base = listed(EVERYTHING, opened, currency), opened.workspace.currency
    shown = rows[: printing.most_rows or None]
    lines = (f"{row['day']}  1 {row['currency']} = {row['rate']} {base}" for row in shown)
    tell_list("rates", RATES, rows, lines, printing)
    tell([] if rows else [f"No rates yet. For example: {suggested('rates', 'add', '2026-03-31', 'USD', '0.92')}"])


rates_app.command("list", epilog="Example: cartera rates list --currency USD")(spread(list_command))


def refused(problems: tuple[object, ...]) -> list[str]:
    """The first refused rows, and how many more there are."""
    told = [getattr(one, "sentence", str(one)) for one in problems[:MOST_TOLD]]
    more = len(problems) - MOST_TOLD
    return [*told, f"... and {more:,} more."] if more > 0 else told
