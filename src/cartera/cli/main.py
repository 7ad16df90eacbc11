"""The command `cartera`: its help, its commands, and how every run ends: 0 done, 2 wrong input, 3 a question first."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from cartera.cli import commands
from cartera.cli.demo import demo_command
from cartera.cli.light import end, start_light
from cartera.cli.serve import serve_command
from cartera.cli.spread import spread
from cartera.cli.suggesting import about
from cartera.cli.workspace.backup import backup_command, restore_command
from cartera.cli.workspace.commands import add_decisions
from cartera.cli.workspace.connecting import add_sources
from cartera.cli.workspace.doctor import doctor_command
from cartera.cli.workspace.export import export_command
from cartera.cli.workspace.imports import add_imports
from cartera.cli.workspace.init import init_command
from cartera.cli.workspace.link import link_command
from cartera.cli.workspace.members import people_app
from cartera.cli.workspace.people import contact_app, log_command
from cartera.cli.workspace.person import person_app
from cartera.cli.workspace.rates import rates_app
from cartera.cli.workspace.settings import settings_command
from cartera.errors import CarteraError, suggest_by

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
HELP = """A portfolio of clients from real invoices: who is active, who is cooling, who leaves next, and why."""
EXAMPLES = """Examples:

cartera demo

cartera show composition invoices.csv

cartera show activity invoices.xlsx --day 2026-03-31 --format csv

cartera explain "Acme Ltd" invoices.csv"""
SHOW_EXAMPLES = """Examples:

cartera show composition demo

cartera show composition invoices.csv --by country --where rep=Ana

cartera show composition invoices.csv --since 2025-01-01 --every month --format svg --output year.svg

cartera show clients shop.csv --map issued_on=InvoiceDate --date-order dmy

cartera show activity facts/ --policy salescope --output activity.xlsx"""

app = typer.Typer(
    name="cartera",
    help=HELP,
    epilog=EXAMPLES,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def version(asked: bool) -> None:
    """Print the installed version and stop."""
    if asked:
        from importlib.metadata import version as installed

        sys.stdout.write(f"cartera {installed('cartera')}\n")
        raise typer.Exit


@app.callback()
def root(
    _: Annotated[bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Hold the options that belong to no command."""


app.command("demo", epilog="Example: cartera demo demo:distributor")(demo_command)
app.command("show", epilog=SHOW_EXAMPLES)(spread(commands.show_command))
app.command("explain", epilog='Example: cartera explain "Acme Ltd" invoices.csv --day 2026-03-31')(
    spread(commands.explain_command)
)
app.command("check", epilog="Example: cartera check invoices.csv --format csv")(spread(commands.check_command))
app.command("whatif", epilog="Example: cartera whatif demo --policy salescope")(spread(commands.whatif_command))
app.command("backtest", epilog="Example: cartera backtest invoices.csv")(spread(commands.backtest_command))
app.command("views")(commands.views_command)
app.command("init", epilog="Example: cartera init acme --currency EUR")(init_command)
app.command("backup", epilog="Example: cartera backup /media/stick -w acme --encrypt")(backup_command)
app.command("serve", epilog="Example: cartera serve acme")(serve_command)
app.command("doctor", epilog="Example: cartera doctor -w acme")(doctor_command)
app.command("export", epilog="Example: cartera export -w acme --output tables")(export_command)
app.command("restore", epilog="Example: cartera restore acme-2026-03-31.cartera acme2 --key acme/secret.key")(
    restore_command
)
add_imports(app)
add_sources(app)
add_decisions(app)
app.command("link", epilog="Example: cartera link suggest")(spread(link_command))
app.add_typer(contact_app, name="contact")
app.command("log", epilog="Example: cartera log Acme call --about 'the new offer'")(spread(log_command))
app.add_typer(people_app, name="people")
app.add_typer(person_app, name="person")
app.add_typer(rates_app, name="rates")
app.command("settings", epilog="Example: cartera settings time_zone Europe/Lisbon")(spread(settings_command))


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that the words name; the exit status. Expected errors are told on standard error, in full."""
    about()
    try:
        return ran(words)
    finally:
        suggest_by(None)


def ran(words: Sequence[str] | None) -> int:
    """The status of the run."""
    try:
        status: int = app(words, prog_name="cartera", standalone_mode=False) or 0
        return told("Stopped.", status) if status == INTERRUPTED else status  # Typer turns Ctrl-C into that status
    except CarteraError as problem:
        return told(str(problem), problem.exit_status)
    except TyperException as problem:
        return told(f"{ended(problem.format_message())} {help_hint(problem)}".strip(), 2)
    except (KeyboardInterrupt, typer.Abort):
        return told("Stopped.", INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # Typer itself exits when nobody reads its output any more
        return silenced()
    except Exception as problem:
        if (refusal := refused(problem)) is None:
            raise
        return refusal


def refused(problem: Exception) -> int | None:
    """The status after telling what the engine, the database or the disk refused; None for what nobody expects."""
    if stopped_query(problem):
        return told("Stopped.", INTERRUPTED)
    from cartera.app.workspace.faults import explained

    found = explained(problem)
    return None if found is None else told(str(found), found.exit_status)


def stopped_query(problem: Exception) -> bool:
    """Whether the engine tells that Ctrl-C reached it in the middle of a query; it has no class of its own for that."""
    is_named = type(problem).__name__ == "InterruptException" or str(problem) == "Query interrupted"
    return is_named or (
        type(problem).__module__.startswith(("duckdb", "_duckdb")) and "KeyboardInterrupt" in str(problem)
    )


def ended(message: str) -> str:
    """The sentence, with the full stop that some of the library's lack."""
    return message if message.endswith((".", "?", "!")) else f"{message}."


def help_hint(problem: TyperException) -> str:
    """Which help explains the command that was typed wrong."""
    context = getattr(problem, "ctx", None)
    return f"See: {context.command_path} --help" if context else ""


def told(message: str, status: int) -> int:
    """The status, after the message was written to standard error."""
    sys.stdout.flush()
    if message:
        sys.stderr.write(f"{message}\n")
    return status


def silenced() -> int:
    """0: the reader of our output, `head` for one, has seen enough; what is left in the buffer goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def run() -> NoReturn:
    """The entry point: exit with the status of `main`."""
    start_light()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name with letters that the screen lacks must not end the run
    end(main())


if __name__ == "__main__":
    run()
