"""The commands that ask: each parses its words, calls one verb of the app and prints the answer."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from cartera.app.day import parse_day
from cartera.app.export.formats import BARE
from cartera.app.opened import Opened
from cartera.app.policies import policy as policy_called
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import open_source
from cartera.app.taken import check_taken
from cartera.cli.measuring import Measuring
from cartera.cli.options import ASKING, Asking, Choosing, Day, Printing, Reading, Standing, Where, option
from cartera.cli.printing import check_format, deliver, tell_source
from cartera.cli.progress import waiting
from cartera.cli.suggesting import about
from cartera.cli.workspace.connecting import tell_list
from cartera.errors import CarteraError

OF_SOURCES = ("sources", "syncs", "problems")  # lists about a workspace's sources, which are no views
ViewName = Annotated[
    str, typer.Argument(metavar="VIEW", help="The question: cartera views lists them.", show_default=False)
]
Source = Annotated[
    str | None,
    typer.Argument(
        metavar="SOURCE",
        help="A file, a folder of fact tables, a workspace, demo or demo:distributor;"
        " else CARTERA_WORKSPACE or this folder.",
        show_default=False,
    ),
]
Client = Annotated[str, typer.Argument(metavar="CLIENT", help="The client's id or name.", show_default=False)]
Subject = Annotated[
    str | None,
    option(
        "--subject", panel=ASKING, metavar="COLUMN", text="What is classified instead of clients: city, rep, country."
    ),
]
RulesFile = Annotated[
    str | None,
    option("--rules", panel=ASKING, metavar="FILE.toml", text="Custom segments of your own; see --where custom=NAME."),
]
NewPolicy = Annotated[
    str, option("--policy", panel=ASKING, metavar="kopilot|salescope|FILE.toml", text="The policy to try.")
]
BasePolicy = Annotated[
    str | None,
    option(
        "--from", "--against", panel=ASKING, metavar="POLICY", text="To compare with; the workspace's, else kopilot."
    ),
]
EndDay = Annotated[
    str | None,
    option("--day", panel=ASKING, metavar="DATE", text="The day on which demo ends; other facts are checked whole."),
]
KnownDay = Annotated[
    str | None,
    option("--known", panel=ASKING, metavar="DATE", text="Of a workspace: what was recorded by the end of that day."),
]


def show_command(
    view: ViewName,
    source: Source = None,
    *,
    reading: Reading,
    asking: Asking,
    measuring: Measuring,
    printing: Printing,
    subject: Subject = None,
    rules: RulesFile = None,
    known: KnownDay = None,
) -> None:
    """Answer one question about a portfolio."""
    if view in OF_SOURCES:
        tell_list(view, source, printing)
        return
    named = ({"subject": subject} if subject else {}) | rules_in(rules)
    ask = replace(asking.ask(), options=named | measuring.options())
    answer(view, source, ask, reading, printing, known=parse_day(known, "--known") if known else None)


def rules_in(file: str | None) -> dict[str, Any]:
    """The custom segments in a file, as an option of the question; nothing without a file."""
    if file is None:
        return {}
    from cartera.app.rules import from_file

    return {"rules": from_file(Path(file))}


def explain_command(
    client: Client, source: Source = None, *, reading: Reading, asking: Standing, printing: Printing
) -> None:
    """Why is this client where it is, since when, and what comes next?"""
    from cartera.app.client import client_called
    from cartera.app.explain import explain

    check_format(printing)
    ask = asking.ask()
    opened = read(source, ask, reading)
    deliver(explain(EVERYTHING, opened, client_called(opened.facts, opened.id_now(client)), ask), printing)


def whatif_command(
    source: Source = None,
    *,
    reading: Reading,
    printing: Printing,
    policy: NewPolicy,
    base: BasePolicy = None,
    day: Day = None,
    where: Where = None,
) -> None:
    """What would change under another policy?"""
    ask = replace(Choosing(day, base, where).ask(), against=policy_called(policy))
    answer("whatif", source, ask, reading, printing)


def backtest_command(source: Source = None, *, reading: Reading, asking: Choosing, printing: Printing) -> None:
    """Would the rules have announced the departures of the last year?"""
    answer("backtest", source, asking.ask(), reading, printing)


def check_command(source: Source = None, *, reading: Reading, printing: Printing, day: EndDay = None) -> None:
    """What in the facts should be mended?"""
    from cartera.app.check import check

    check_format(printing)
    ask = Standing(day).ask()
    opened = read(source, ask, reading)
    with waiting(f"Checking {opened.name}"):
        found = check(EVERYTHING, opened, ask)
    deliver(found, printing)


def views_command() -> None:
    """Every question that can be asked."""
    from cartera.views.registry import VIEWS

    width = max(len(view.name) for view in VIEWS)
    for view in VIEWS:
        sys.stdout.write(f"{view.name:<{width}}  {view.question}\n")


def answer(
    view: str, source: str | None, ask: Ask, reading: Reading, printing: Printing, *, known: date | None = None
) -> None:
    """Read the source, ask the view, print the answer; what is typed wrong is refused before anything is read."""
    check_taken(view_called(view), ask)
    check_format(printing)
    print_answer(view, read(source, ask, reading, known), ask, printing)


def read(given: str | None, ask: Ask, reading: Reading, known: date | None = None) -> Opened:
    """The source's facts; what was understood goes to standard error."""
    from cartera.app.workspace.place import is_workspace

    source = given if given is not None else workspace_here()
    about(source if given and is_workspace(source) else None, given)
    with waiting(f"Reading {source}") as share:
        options = reading.given | {"progress": share}
        opened = open_source(EVERYTHING, source, day=ask.day, options=options, known=known)
    tell_source(opened)
    return opened


def workspace_here() -> str:
    """What is asked where no source is named: CARTERA_WORKSPACE, else this folder. CarteraError: it is none."""
    from cartera.app.workspace.place import chosen

    try:
        return chosen(None)
    except CarteraError as problem:
        raise CarteraError(
            f"SOURCE is missing, and {problem.what}",
            fix="Name a file, a folder of fact tables, a workspace, or demo: cartera show composition demo.",
        ) from None


def print_answer(view: str, opened: Opened, ask: Ask, printing: Printing) -> None:
    """Ask the view about the facts and print what it says."""
    asked = view_called(view)
    with waiting(asked.question):
        found = show(EVERYTHING, opened, asked, ask, told=check_format(printing) not in BARE)
    deliver(found, printing)
