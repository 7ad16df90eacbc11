"""The command `demo`: a made-up company, told so that a newcomer sees what a portfolio is for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cartera.app.day import parse_day
from cartera.app.scope import EVERYTHING
from cartera.cli.options import ASKING, option
from cartera.cli.program import program
from cartera.cli.progress import waiting
from cartera.cli.serve import APP, LOCAL, PORT, Host, Port
from cartera.cli.serve import tell as tell_address

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from cartera.app.demo import Demo, Outlook

NAMED = 5
Day = Annotated[str | None, option("--day", panel=ASKING, metavar="DATE", text="As of which day; today if not given.")]
Serve = Annotated[bool, option("--serve", panel=APP, text="Open it in the browser.")]
Company = Annotated[str, typer.Argument(metavar="COMPANY", help="demo (a services firm) or demo:distributor.")]


def demo_command(
    company: Company = "demo", *, day: Day = None, serve: Serve = False, port: Port = PORT, host: Host = LOCAL
) -> None:
    """Show a believable company, its portfolio, and what to do next; with --serve in the browser."""
    from cartera.app.demo import demo

    if serve:
        serve_demo(company, parse_day(day) if day else None, host=host, port=port)
        return
    with waiting("Making up a company"):
        told = demo(EVERYTHING, company, parse_day(day) if day else None)
    tell(told)


def serve_demo(company: str, day: date | None, *, host: str, port: int) -> None:
    """The company as a workspace of its own in the browser, gone when the server stops."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from cartera.app.clock import today
    from cartera.app.sources import company_kind
    from cartera.app.tongues import language_here
    from cartera.app.workspace.sample import sample
    from cartera.web.server import hosts, run, set_up

    set_up(hosts=hosts(host, ""))
    with TemporaryDirectory(prefix="cartera-demo-") as folder:
        path = str(Path(folder) / "demo")
        with waiting("Making up a company"):
            sample(EVERYTHING, path, company_kind(company), day=day or today(), language=language_here())
        run(path, host=host, port=port, is_demo=True, told=tell_and_open)


def tell_and_open(address: str) -> None:
    """Write where the sample is, and open it for whoever sits at this computer."""
    from cartera.app.browsing import browse

    tell_address(address)
    browse(address)


def tell(told: Demo) -> None:
    """Write the demonstration to standard output."""
    from rich.console import Console

    from cartera.cli.render.table import print_table

    print_table(told.composition, sys.stdout)
    console = Console(file=sys.stdout, highlight=False)
    tell_calls(console, told)
    tell_outlook(console, told.outlook, told)
    heading(console, "Can these rules be trusted?")
    console.print(told.backtest, markup=False)
    heading(console, "Try next")
    for line in commands(told):
        console.print(f"  {line}", markup=False, soft_wrap=True)


def tell_calls(console: Console, told: Demo) -> None:
    """Whom to call, with the money at stake and why."""
    from rich.padding import Padding
    from rich.text import Text

    from cartera.cli.render.cells import SEGMENT_STYLES, clean
    from cartera.words import SEGMENT_LABELS

    heading(console, "Call these five first")
    for number, row in enumerate(told.calls, start=1):
        line = Text(f"{number}. {clean(row['name'])}  ", style="bold")
        line.append(SEGMENT_LABELS[row["segment"]], style=f"not bold {SEGMENT_STYLES[row['segment']]}")
        line.append(f"  {money(row['at_stake'], told)} at stake", style="not bold")
        console.print(line)
        reach = row["phone"] or row["email"]
        contact = " · ".join(clean(word) for word in (row["rep"], reach, row["city"]) if word)
        console.print(Padding(Text(clean(row["explanation"])), (0, 0, 0, 3)))
        console.print(Padding(Text(contact, style="dim"), (0, 0, 0, 3)))


def tell_outlook(console: Console, outlook: Outlook, told: Demo) -> None:
    """What happens if nobody acts."""
    heading(console, f"If nobody acts until {outlook.day}")
    lost = (
        f"{len(outlook.leavers)} clients leave the portfolio, worth {money(outlook.at_stake, told)} in their last year:"
    )
    console.print(f"{lost} {named(outlook)}.", markup=False)
    console.print(" · ".join(changes(told)), markup=False)


def named(outlook: Outlook) -> str:
    """The clients that leave, the most valuable first; the others are counted."""
    ranked = sorted(outlook.leavers, key=lambda row: (-row["at_stake"], row["client_id"]))
    names = [str(row["name"]) for row in ranked[:NAMED]]
    more = len(ranked) - len(names)
    return ", ".join(names) + (f" and {more} more" if more else "")


def changes(told: Demo) -> list[str]:
    """Each segment's number of clients, now and then, where it changes."""
    from cartera.words import SEGMENT_LABELS

    counts = [
        {row["segment"]: row["client_count"] for row in answer.rows.to_pylist()}
        for answer in (told.composition, told.outlook.composition)
    ]
    now, then = counts
    return [f"{SEGMENT_LABELS[one]} {now[one]} → {then[one]}" for one in now if now[one] != then[one]]


def commands(told: Demo) -> list[str]:
    """The commands to try now."""
    name = f'"{told.calls[0]["name"]}"' if told.calls else "CLIENT"
    tries = (
        "demo --serve" if told.company == "demo" else f"demo {told.company} --serve",
        f"explain {name} {told.company}",
        f"show coming {told.company}",
        f"show composition {told.company} --by rep",
        f"whatif {told.company} --policy salescope",
        "views",
        "show composition YOUR-INVOICES.csv",
    )
    return [f"{program()} {one}" for one in tries]


def money(amount: object, told: Demo) -> str:
    """The amount with its currency."""
    return f"{amount:,.2f} {told.composition.currency or ''}".strip()


def heading(console: Console, text: str) -> None:
    """A line that begins a part."""
    console.print()
    console.print(text, style="bold", markup=False)
