"""The commands `connect` and `sync`: let Cartera into an accounting system, and read what is new there."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cartera.app.day import parse_day
from cartera.app.scope import EVERYTHING
from cartera.cli.options import Printing, option
from cartera.cli.printing import check_format, deliver, tell
from cartera.cli.program import command
from cartera.cli.progress import waiting
from cartera.cli.spread import spread
from cartera.cli.workspace.done import where
from cartera.cli.workspace.group import Usual
from cartera.cli.workspace.options import PANEL, By, Workspace, book
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.app.workspace.connecting.authorising import Opened
    from cartera.ledger.book import Book
    from cartera.ledger.models import Source as SourceRow
    from cartera.sources.kit.contract import Company as CompanyOf
    from cartera.sources.kit.contract import Connector
    from cartera.sources.kit.oauth import App

PORT, PATH = 8766, "/callback"
SQL = "sql"
System = Annotated[
    str,
    typer.Argument(metavar="SYSTEM", help="xero, quickbooks, sage, harvest or sql.", show_default=False),
]
Demo = Annotated[
    bool, option("--demo", panel=PANEL, text="Connect made-up books, served on this computer: no account is needed.")
]
Name = Annotated[
    str, option("--name", panel=PANEL, metavar="NAME", text="The word for this source; else the system's name.")
]
Company = Annotated[
    str | None, option("--company", panel=PANEL, metavar="KEY", text="Which company, when you may see several.")
]
Redirect = Annotated[
    str | None,
    option(
        "--redirect", panel=PANEL, metavar="URL", text="The address registered at the vendor, if not this computer."
    ),
]
Setting = Annotated[
    list[str] | None,
    option("--set", panel=PANEL, metavar="NAME=VALUE", text="A setting of the source, such as estimates=none."),
]
SourceName = Annotated[
    str | None, option("--source", panel=PANEL, metavar="NAME", text="Only this source; else all of them.")
]
SyncDay = Annotated[
    str | None, option("--day", panel=PANEL, metavar="DATE", text="As if it were this day: plans begin after it.")
]
Full = Annotated[bool, option("--full", panel=PANEL, text="Read every list from its beginning; nothing is doubled.")]
Queries = Annotated[
    str | None,
    option("--queries", panel=PANEL, metavar="FILE.toml", text="Of sql: the address of a database, and its queries."),
]
NotNow = Annotated[bool, option("--no-sync", panel=PANEL, text="Only connect; the next sync reads.")]


class Sources(Usual):
    """sources list, sources syncs, sources problems, sources set, sources disconnect."""

    usual = "list"


def add_sources(app: typer.Typer) -> None:
    """The commands about accounting systems."""
    app.command("connect", epilog="Example: cartera connect xero --demo -w acme")(connect_command)
    app.command("sync", epilog="Example: cartera sync --source xero")(sync_command)
    family = typer.Typer(cls=Sources)
    family.command("list", epilog="Example: cartera sources")(spread(sources_command))
    family.command("syncs", epilog="Example: cartera sources syncs --format csv")(spread(syncs_command))
    family.command("problems", epilog="Example: cartera sources problems")(spread(problems_command))
    family.command("set", epilog="Example: cartera sources set xero estimates none")(set_command)
    family.command("disconnect", epilog="Example: cartera sources disconnect xero")(disconnect_command)
    app.add_typer(family, name="sources", help="Which systems are connected, how their syncs ended, what is open.")


def connect_command(
    system: System,
    *,
    workspace: Workspace = None,
    by: By = None,
    demo: Demo = False,
    name: Name = "",
    company: Company = None,
    redirect: Redirect = None,
    settings: Setting = None,
    queries: Queries = None,
    no_sync: NotNow = False,
) -> None:
    """Connect an accounting system, which is only ever read, and bring its clients and invoices in."""
    from cartera.app.clock import now, today
    from cartera.app.workspace.author import author
    from cartera.app.workspace.connecting.connecting import connect, settings_of
    from cartera.app.workspace.connecting.demonstration import connect_demo
    from cartera.sources.registry import connector

    found = connector(system)
    opened = book(workspace)
    given = settings_of(found, settings or [])
    if demo:
        made = connect_demo(
            EVERYTHING, opened, system, now=now(), today=today(), by=author(by), called=name, settings=given
        )
    elif system == SQL:
        made = _database(opened, queries, name, settings or [], author(by))
    else:
        from cartera.app.workspace.connecting.authorising import chosen

        access = _opened(found, redirect, company)
        one = _in_currency(chosen(found, access.companies, company))
        made = connect(
            EVERYTHING, opened, found, one, access.secrets, now=now(), by=author(by), name=name, settings=given,
            expires_at=access.expires_at,
        )  # fmt: skip
    sys.stdout.write(f"Connected {str(made.label) or made.name} as {made.name}. It is only read, never written to.\n")
    if no_sync:
        sys.stdout.write(f"To read it: {command('sync', '--source', str(made.name), *where(workspace))}.\n")
        return
    raise typer.Exit(_synced(opened, [made], workspace, is_full=False))


def _database(opened: Book, queries: str | None, name: str, settings: list[str], by: str) -> SourceRow:
    """A database with its queries; its password is asked for where its address has none and it may need one."""
    from pathlib import Path

    from cartera.app.clock import now
    from cartera.app.workspace.connecting.databases import connect_database, needs_password, read_queries
    from cartera.sources.sql.address import is_tried

    if queries is None:
        raise CarteraError(
            "a database is connected by a file.", fix="Name it: --queries FILE.toml; the guide shows how it looks."
        )
    password, address = "", read_queries(Path(queries))[0]
    if not is_tried(address):
        tell(["This kind of database was tried on none: look at what was read."])
    if needs_password(address):
        password = str(typer.prompt("Password", hide_input=True, default="", show_default=False, err=True))
    return connect_database(
        EVERYTHING, opened, Path(queries), password=password, name=name, words=settings, now=now(), by=by
    )


def _opened(found: Connector, redirect: str | None, company: str | None) -> Opened:
    """What the person at the keyboard lets us into."""
    from cartera.app.workspace.connecting.authorising import with_token

    grant = found.grant_at(None)
    if grant is None:
        tell([f"Make a token at {found.register_at} and paste it here. It is kept encrypted."])
        token = str(typer.prompt("Token", hide_input=True, err=True)).strip()
        account = company or str(typer.prompt("Account id", err=True)).strip()
        return with_token(found, token, company=account)
    to = redirect or (f"http://localhost:{PORT}{PATH}" if grant.is_local else None)
    if to is None:
        raise CarteraError(
            f"{found.label} sends people to an https address only.",
            fix="Register one of yours, which need not exist, and name it: --redirect https://example.com/cartera.",
        )
    tell(
        [
            f"1. Register an app of your own at {found.register_at}.",
            f"2. Give it exactly this redirect address: {to}",
            "3. Paste its id and its secret here. They are kept encrypted.",
        ]
    )
    from cartera.sources.kit.oauth import App

    client_id = str(typer.prompt("Client id", err=True)).strip()
    # An app of a person's own computer may have none, where the proof of PKCE stands for it.
    usual = "" if grant.has_pkce else None
    secret = str(typer.prompt("Client secret", usual, hide_input=True, show_default=False, err=True)).strip()
    return _let_in(found, App(client_id, secret, to), is_local=grant.is_local and redirect is None)


def _in_currency(company: CompanyOf) -> CompanyOf:
    """The company with the currency of its books, asked where the system does not say it."""
    from dataclasses import replace

    if company.currency or not company.currencies:
        return company
    usual = ", ".join(company.currencies)
    tell([f"{company.label} does not say in which currency its books are kept. Its invoices are in {usual}."])
    wanted = str(typer.prompt("Currency of the books", company.currencies[0], err=True)).strip().upper()
    return replace(company, currency=wanted)


def _let_in(found: Connector, app: App, *, is_local: bool) -> Opened:
    """Asked with each set of rights until one is accepted."""
    from cartera.app.clock import now
    from cartera.app.workspace.connecting.authorising import WRONG_SCOPE, answered, begin, scopes
    from cartera.cli.workspace.callback import came_back
    from cartera.sources.kit.oauth import RefusedError

    last = scopes(found)[-1]
    for scope in scopes(found):
        address, asked = begin(found, app, scope=scope)
        tell(["Open this address, sign in and allow it:", address])
        if is_local:
            sent_to = came_back(PORT, address)
        else:
            sent_to = str(typer.prompt("Paste the whole address you were sent to", err=True))
        try:
            return answered(found, app, asked, sent_to, now=now())
        except RefusedError as problem:
            if problem.code != WRONG_SCOPE or scope == last:
                raise
            tell([f"{found.label} knows other rights than these; once more, with the older ones."])
    raise AssertionError("the last set of rights returns or raises")


def sync_command(
    *, workspace: Workspace = None, source: SourceName = None, full: Full = False, day: SyncDay = None
) -> None:
    """Read what is new; ends with 3 when it asks something, 5 when one must be connected again, 6 when not all came."""
    from cartera.app.workspace.connecting.connecting import every, found

    opened = book(workspace)
    chosen = [found(opened, source)] if source else every(opened)
    if not chosen:
        raise CarteraError("nothing is connected yet.", fix=f"Try it: {command('connect', 'xero', '--demo')}.")
    raise typer.Exit(_synced(opened, chosen, workspace, is_full=full, day=day))


def _synced(
    opened: Book, chosen: list[SourceRow], workspace: str | None, *, is_full: bool, day: str | None = None
) -> int:
    from cartera.app.clock import now
    from cartera.app.workspace.connecting.running import status_of, sync, told
    from cartera.app.workspace.connecting.syncing import Outcome
    from cartera.app.workspace.day import day_there
    from cartera.app.workspace.source_states import FAILED

    today = parse_day(day, "--day") if day else day_there(opened)
    outcomes = []
    for one in chosen:
        try:
            with waiting(f"Reading {one.name}"):
                outcome = sync(EVERYTHING, opened, one, now=now, today=today, is_full=is_full)
        except CarteraError as problem:  # the others are read all the same
            outcome = Outcome(FAILED, problems=[problem.sentence])
        outcomes.append(outcome)
        sys.stdout.write(f"{told(one, outcome)}\n")
        tell(outcome.problems)
    if any(one.new for one in outcomes):
        sys.stdout.write(f"To see the portfolio: {command('show', 'composition', workspace or '.')}.\n")
    return status_of(outcomes)


def sources_command(*, printing: Printing, workspace: Workspace = None) -> None:
    """List the connected systems: when they were read, and whether all is there."""
    tell_list("sources", workspace, printing)


def syncs_command(*, printing: Printing, workspace: Workspace = None) -> None:
    """List the syncs, the newest first."""
    tell_list("syncs", workspace, printing)


def problems_command(*, printing: Printing, workspace: Workspace = None) -> None:
    """List records that are not facts as they should be, each with what to do."""
    tell_list("problems", workspace, printing)


def tell_list(which: str, workspace: str | None, printing: Any) -> None:
    """Print one of the lists about sources."""
    from cartera.app.clock import today
    from cartera.app.workspace.connecting.listing import LISTS

    check_format(printing)
    deliver(LISTS[which](EVERYTHING, book(workspace), day=today()), printing)


def set_command(
    source: Annotated[str, typer.Argument(metavar="SOURCE", show_default=False)],
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    value: Annotated[str, typer.Argument(metavar="VALUE", show_default=False)],
    *,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Change a setting of a source; what was read is mapped anew with the next sync, without reading it again."""
    from cartera.app.clock import now
    from cartera.app.workspace.author import author
    from cartera.app.workspace.connecting.connecting import change_setting, found

    opened = book(workspace)
    change_setting(EVERYTHING, opened, found(opened, source), name, value, now=now(), by=author(by))
    sys.stdout.write(f"{source}: {name} is {value} from the next sync on.\n")


def disconnect_command(
    source: Annotated[str, typer.Argument(metavar="SOURCE", show_default=False)],
    *,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Forget the secrets of a source and read it no more; its facts stay."""
    from cartera.app.clock import now
    from cartera.app.workspace.author import author
    from cartera.app.workspace.connecting.connecting import disconnect, found

    opened = book(workspace)
    disconnect(EVERYTHING, opened, found(opened, source), now=now(), by=author(by))
    sys.stdout.write(f"{source} is not read any more. Its facts stay.\n")
