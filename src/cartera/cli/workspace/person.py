"""The commands `person`: everything that is known of somebody, and to forget them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import Printing, option
from cartera.cli.printing import check_format, deliver, tell
from cartera.cli.program import command
from cartera.cli.spread import spread
from cartera.cli.words import whole
from cartera.cli.workspace.done import where
from cartera.cli.workspace.options import PANEL, By, Reason, Workspace, book
from cartera.errors import CarteraError

person_app = typer.Typer(
    no_args_is_help=True, help="One person's rights: everything known of them, and to be forgotten."
)
Client = Annotated[str, typer.Argument(metavar="CLIENT", help="The client's id or name.", show_default=False)]
Contact = Annotated[
    str | None,
    option("--contact", panel=PANEL, metavar="NAME", text="Only this contact of the client: name or address."),
]


@person_app.command("export", epilog="Example: cartera person export 'Jo Smith' --output jo/")
def export_command(
    client: Client,
    *,
    output: Annotated[Path, option("--output", "-o", panel=PANEL, metavar="DIR", text="A new folder to write into.")],
    contact: Contact = None,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Write everything that is known of a person: JSON with all of it, and a CSV per table."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.privacy.export import export_person

    found = export_person(EVERYTHING, book(workspace), client, output, by=author(by), contact=contact)
    rows = ", ".join(counted(count, name.replace("_", " ")) for name, count in found.rows.items())
    sys.stdout.write(f"Wrote all that is known of {found.called} into {found.folder}: {rows}.\n")


@person_app.command("rectify", epilog="Example: cartera person rectify 'Jo Smith' --email jo@smith.example")
def rectify_command(
    client: Client,
    *,
    name: Annotated[str | None, option("--name", panel=PANEL, metavar="TEXT", text="What it is called.")] = None,
    email: Annotated[str | None, option("--email", panel=PANEL, metavar="TEXT", text="Its address for e-mail.")] = None,
    phone: Annotated[str | None, option("--phone", panel=PANEL, metavar="TEXT", text="Its telephone.")] = None,
    website: Annotated[str | None, option("--website", panel=PANEL, metavar="TEXT", text="Its website.")] = None,
    street: Annotated[str | None, option("--street", panel=PANEL, metavar="TEXT", text="Street and number.")] = None,
    city: Annotated[str | None, option("--city", panel=PANEL, metavar="TEXT", text="Town.")] = None,
    postcode: Annotated[str | None, option("--postcode", panel=PANEL, metavar="TEXT", text="Postcode.")] = None,
    country: Annotated[str | None, option("--country", panel=PANEL, metavar="TEXT", text="Country.")] = None,
    reason: Reason = "",
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Say otherwise than the source what a client is called or where it is reached: the next import leaves it so."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.privacy.rectify import rectify

    given = {
        "name": name, "email": email, "phone": phone, "website": website, "street": street, "city": city,
        "postcode": postcode, "country": country,
    }  # fmt: skip
    number, called, said = rectify(EVERYTHING, book(workspace), client, given, by=author(by), reason=reason)
    told = ", ".join(f"{column} {text}" for column, text in said.items())
    back = command("undo", str(number), *where(workspace))
    sys.stdout.write(
        f"From now on {called} has {told}, whatever its sources say (change {number}). To take it back: {back}.\n"
    )


@person_app.command("erase", epilog="Example: cartera person erase 'Jo Smith' --yes")
def erase_command(
    client: Client,
    *,
    contact: Contact = None,
    yes: Annotated[bool, option("--yes", panel=PANEL, text="Yes, for ever: this cannot be undone.")] = False,
    reason: Reason = "",
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Forget a person: contacts, interactions, notes, addresses, kept files. Amounts stay, under a pseudonym."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.place import chosen
    from cartera.app.workspace.privacy.erase import erase_person
    from cartera.app.workspace.privacy.whom import subject_called

    opened = book(workspace)
    _, called = subject_called(EVERYTHING, opened, client, contact)
    if not yes:
        again = ["--contact", contact] if contact else []
        fix = f"If that is meant: {command('person', 'erase', client, *again, *where(workspace), '--yes')}."
        raise CarteraError(f"this forgets {called} for ever and cannot be undone.", fix=fix)
    done, is_gone = erase_person(
        EVERYTHING, opened, chosen(workspace), client, by=author(by), contact=contact, reason=reason
    )
    forgotten = f"{counted(done.rows, 'rows')}, {counted(done.files, 'kept files')} emptied"
    sys.stdout.write(
        f"Forgot {called} (change {done.number}): {forgotten}."
        f"{'' if contact else f' Its invoices stay under {done.mask}.'}\n"
    )
    tell(
        []
        if is_gone
        else [f"Another program has the ledger open: run {command('person', 'shred', *where(workspace))}."]
    )


@person_app.command("shred", epilog="Example: cartera person shred")
def shred_command(*, workspace: Workspace = None) -> None:
    """Overwrite what erasing left on the disk because another program had the ledger open."""
    from cartera.app.workspace.place import chosen
    from cartera.app.workspace.privacy.erase import shred

    if not shred(book(workspace), chosen(workspace)):
        raise CarteraError("another program still has the ledger open.", fix="Close it, then try again.")
    sys.stdout.write("Nothing erased is left on the disk.\n")


@person_app.command("again", epilog="Example: cartera person again acme -w acme-restored")
def again_command(
    earlier: Annotated[str, typer.Argument(metavar="DIR", help="The workspace before it was restored.")],
    *,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Forget in a restored workspace whom the earlier one had forgotten."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.place import chosen, open_workspace
    from cartera.app.workspace.privacy.erase import erased_again, shred

    opened = book(workspace)
    count = erased_again(EVERYTHING, opened, open_workspace(earlier), by=author(by))
    is_gone = shred(opened, chosen(workspace))
    sys.stdout.write(f"Forgot {counted(count, 'persons')} again.\n")
    tell(
        []
        if is_gone
        else [f"Another program has the ledger open: run {command('person', 'shred', *where(workspace))}."]
    )


Days = Annotated[
    str | None, option("--raw-rows", panel=PANEL, metavar="DAYS", text="Keep imported files and refused rows so long.")
]
Words = Annotated[
    str | None, option("--words", panel=PANEL, metavar="DAYS", text="Keep notes, interactions and remarks so long.")
]


def retention_command(
    *,
    printing: Printing,
    raw_rows: Days = None,
    words: Words = None,
    yes: Annotated[bool, option("--yes", panel=PANEL, text="Yes, for ever: this cannot be undone.")] = False,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """List what has been kept for long enough, or take it away: imported files, refused rows, what people wrote."""
    from cartera.app.clock import today
    from cartera.app.workspace.author import author
    from cartera.app.workspace.place import chosen
    from cartera.app.workspace.privacy.retention import forget_due, retention

    asked = {"raw data": days(raw_rows, "--raw-rows"), "free text": days(words, "--words")}
    opened = book(workspace)
    if not yes:
        check_format(printing)
        deliver(retention(EVERYTHING, opened, asked, day=today()), printing)
        return
    number, count, is_gone = forget_due(EVERYTHING, opened, chosen(workspace), asked, by=author(by))
    sys.stdout.write(
        "Nothing is older than it is kept.\n" if number is None else f"Took away {count:,} (change {number}).\n"
    )
    tell(
        []
        if is_gone
        else [f"Another program has the ledger open: run {command('person', 'shred', *where(workspace))}."]
    )


person_app.command("retention", epilog="Example: cartera person retention --words 1095")(spread(retention_command))


def days(word: str | None, option: str) -> int | None:
    """A number of days, None where none is given."""
    return None if word is None else whole(word, option)


def counted(count: int, plural: str) -> str:
    """1 row, 3 rows; 1 audit."""
    return f"{count:,} {plural.removesuffix('s') if count == 1 else plural}"
