"""The commands `contact` and `log`: the people at a client, and what was said with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import Printing, option
from cartera.cli.printing import check_format, tell
from cartera.cli.spread import spread
from cartera.cli.workspace.done import tell_done
from cartera.cli.workspace.lists import is_json, tell_list
from cartera.cli.workspace.options import PANEL, By, Workspace, book
from cartera.cli.workspace.rates import refused
from cartera.errors import CarteraError, suggested

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cartera.app.workspace.people.file import Found
    from cartera.views.view import Unit

contact_app = typer.Typer(no_args_is_help=True, help="The people at a client.")
Client = Annotated[str, typer.Argument(metavar="CLIENT", help="The client's id or name.", show_default=False)]
File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False)]
CONTACTS: dict[str, Unit] = {
    "client_id": "text", "name": "text", "role": "text", "email": "text", "phone": "text", "is_primary": "flag",
    "preferred_channel": "text", "consent": "text",
}  # fmt: skip
INTERACTIONS: dict[str, Unit] = dict.fromkeys(("at", "client_id", "channel", "direction", "subject", "by"), "text")


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


def list_command(
    client: Annotated[str | None, typer.Argument(metavar="CLIENT", help="Of this client.", show_default=False)] = None,
    *,
    printing: Printing,
    workspace: Workspace = None,
) -> None:
    """List the contacts of a client, or of all."""
    from cartera.app.workspace.people.contacts import contacts

    check_format(printing)
    opened = book(workspace)
    rows = contacts(EVERYTHING, opened, client_id(opened, client))
    tell_rows("contacts", CONTACTS, rows, ("client_id", "name", "role", "email", "phone"), printing)


contact_app.command("list", epilog="Example: cartera contact list Acme --format json")(spread(list_command))


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
    printing: Printing,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Log a call, e-mail, meeting, chat or visit with a client; take many from a file; list them."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.people import interactions

    check_format(printing)
    opened = book(workspace)
    match words:
        case ["import", file]:
            found = interactions.import_interactions(EVERYTHING, opened, Path(file), by=author(by))
            tell_found(found, "Interactions", workspace, as_json=is_json(printing))
        case ["list", *client] if len(client) < 2:
            rows = interactions.interactions(EVERYTHING, opened, client_id(opened, client[0] if client else None))
            rows = [row | {"at": f"{row['at']:%Y-%m-%d %H:%M}"} for row in rows]
            tell_rows("interactions", INTERACTIONS, rows, tuple(INTERACTIONS), printing)
        case [client, channel]:
            number, sentence = interactions.log(
                EVERYTHING, opened, client, channel, by=author(by), on=on, about=about, direction=direction
            )
            tell_done(sentence, number, workspace, as_json=is_json(printing))
        case _:
            one, many = (
                suggested("log", "Acme", "call", "--about", "the new offer"),
                suggested("log", "import", "calls.csv"),
            )
            raise CarteraError(f"log does not understand {' '.join(words)!r}.", fix=f"For example: {one}, or {many}.")


def uses() -> str:
    """Two of the ways in which it is used."""
    one, many = ("log", "Acme", "call", "--about", "the new offer"), ("log", "import", "calls.csv")
    return f"For example: {suggested(*one)}, or {suggested(*many)}."


def tell_found(found: Found, what: str, workspace: str | None, *, as_json: bool = False) -> None:
    """Write the account of a file, what is not kept of it and what was refused."""
    sentence = f"{found.taken.account.equation}. {what}: {found.taken.counts}"
    tell_done(sentence, found.taken.number, workspace, as_json=as_json)
    unused = [f"Not kept: the columns {', '.join(found.unused)}."] if found.unused else []
    tell([*unused, *refused(found.problems)])


def tell_rows(
    name: str, columns: Mapping[str, Unit], rows: list[dict[str, Any]], shown: tuple[str, ...], how: Printing
) -> None:
    """Write rows, on a screen some of their columns as lines."""
    lines = ("  ".join(str(row[one]) for one in shown if row[one]) for row in rows)
    tell_list(name, columns, rows, lines, how)
    tell([] if rows else ["None yet."])


def client_id(opened: Any, client: str | None) -> str | None:
    """The leading id of the client that is meant, None for all."""
    from cartera.app.workspace.identity.who import who

    return who(EVERYTHING, opened, client).client_id if client else None
