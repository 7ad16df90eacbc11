"""The commands `contact` and `log`: the people at a client, and what was said with them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import PRINTING, option
from cartera.cli.printing import tell
from cartera.cli.workspace.done import tell_done, write_json
from cartera.cli.workspace.options import PANEL, By, Workspace, book
from cartera.cli.workspace.rates import refused
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.app.workspace.people.file import Found

contact_app = typer.Typer(no_args_is_help=True, help="The people at a client.")
Client = Annotated[str, typer.Argument(metavar="CLIENT", help="The client's id or name.", show_default=False)]
File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]
AsJson = Annotated[bool, option("--json", panel=PRINTING, text="For a program.")]
USES = "For example: cartera log Acme call --about 'the new offer', or cartera log import calls.csv."


@contact_app.command("add", epilog='Example: cartera contact add Acme "Jo Smith" --email jo@acme.com --primary')
def add_command(
    client: Client,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The contact's name.", show_default=False)],
    *,
    role: Annotated[str | None, option("--role", panel=PANEL, text="What they do there.")] = None,
    email: Annotated[str | None, option("--email", panel=PANEL, text="Their mail address.")] = None,
    phone: Annotated[str | None, option("--phone", panel=PANEL, text="Their telephone number.")] = None,
    primary: Annotated[bool | None, option("--primary/--not-primary", panel=PANEL, text="The first to ask.")] = None,
    prefers: Annotated[str | None, option("--prefers", panel=PANEL, text="call, e-mail, meeting, chat, visit.")] = None,
    consent: Annotated[str | None, option("--consent", panel=PANEL, text="To what they agreed, and when.")] = None,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Add a contact, or change the one of this name; what is not given stays."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.people.contacts import add_contact

    number, sentence = add_contact(
        EVERYTHING, book(workspace), client, name, by=author(by), role=role, email=email, phone=phone,
        is_primary=primary, preferred_channel=prefers, consent=consent,
    )  # fmt: skip
    tell_done(sentence, number, workspace)


@contact_app.command("import", epilog="Example: cartera contact import contacts.csv")
def import_command(file: File, *, workspace: Workspace = None, by: By = None) -> None:
    """Take contacts from a file with the columns client, contact, role, email, phone and so on."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.people.contacts import import_contacts

    tell_found(import_contacts(EVERYTHING, book(workspace), file, by=author(by)), "Contacts", workspace)


@contact_app.command("list", epilog="Example: cartera contact list Acme --json")
def list_command(
    client: Annotated[str | None, typer.Argument(metavar="CLIENT", help="Of this client.", show_default=False)] = None,
    *,
    workspace: Workspace = None,
    json: AsJson = False,
) -> None:
    """List the contacts of a client, or of all."""
    from cartera.app.workspace.people.contacts import contacts

    opened = book(workspace)
    tell_rows(
        contacts(EVERYTHING, opened, client_id(opened, client)), ("client_id", "name", "role", "email", "phone"), json
    )


def log_command(
    words: Annotated[
        list[str], typer.Argument(metavar="CLIENT CHANNEL | import FILE | list [CLIENT]", show_default=False)
    ],
    *,
    on: Annotated[str | None, option("--on", panel=PANEL, metavar="DATE", text="When; now if not given.")] = None,
    about: Annotated[str, option("--about", panel=PANEL, metavar="TEXT", text="What it was about.")] = "",
    direction: Annotated[
        str | None, option("--direction", panel=PANEL, metavar="in|out", text="Who began: the client, or we.")
    ] = None,
    workspace: Workspace = None,
    by: By = None,
    json: AsJson = False,
) -> None:
    """Log a call, e-mail, meeting, chat or visit with a client; take many from a file; list them."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.people import interactions

    opened = book(workspace)
    match words:
        case ["import", file]:
            found = interactions.import_interactions(EVERYTHING, opened, Path(file), by=author(by))
            tell_found(found, "Interactions", workspace)
        case ["list", *client] if len(client) < 2:
            rows = interactions.interactions(EVERYTHING, opened, client_id(opened, client[0] if client else None))
            tell_rows(rows, ("at", "client_id", "channel", "direction", "subject", "by"), json)
        case [client, channel]:
            number, sentence = interactions.log(
                EVERYTHING, opened, client, channel, by=author(by), on=on, about=about, direction=direction
            )
            tell_done(sentence, number, workspace)
        case _:
            raise CarteraError(f"log does not understand {' '.join(words)!r}.", fix=USES)


def tell_found(found: Found, what: str, workspace: str | None) -> None:
    """Write the account of a file, what is not kept of it and what was refused."""
    tell_done(f"{found.taken.account.equation}. {what}: {found.taken.counts}", found.taken.number, workspace)
    unused = [f"Not kept: the columns {', '.join(found.unused)}."] if found.unused else []
    tell([*unused, *refused(found.problems)])


def tell_rows(rows: list[dict[str, Any]], columns: tuple[str, ...], as_json: bool) -> None:
    """Write rows as JSON, or some of their columns as lines."""
    if as_json:
        write_json(rows)
        return
    for row in rows:
        told = [f"{row[name]:%Y-%m-%d %H:%M}" if name == "at" else str(row[name]) for name in columns if row[name]]
        sys.stdout.write("  ".join(told) + "\n")
    tell([] if rows else ["None yet."])


def client_id(opened: Any, client: str | None) -> str | None:
    """The leading id of the client that is meant, None for all."""
    from cartera.app.workspace.identity.who import who

    return who(EVERYTHING, opened, client).client_id if client else None
