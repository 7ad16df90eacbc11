"""The commands `backup` and `restore`: a workspace in one file, and back again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import option
from cartera.cli.program import command
from cartera.cli.progress import waiting
from cartera.cli.workspace.options import PANEL, By, Workspace, book
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.app.workspace.backup.make import Made
    from cartera.app.workspace.backup.restore import Restored

LEAST = 12  # characters of a passphrase

NewFile = Annotated[
    str | None,
    typer.Argument(metavar="FILE", help="The new file, or a folder for it; named after the workspace if not given."),
]
BackupFile = Annotated[str, typer.Argument(metavar="FILE", help="A backup.", show_default=False)]
Into = Annotated[
    str, typer.Argument(metavar="DIR", help="A new folder, or an empty PostgreSQL database.", show_default=False)
]
Encrypt = Annotated[bool, option("--encrypt", panel=PANEL, text="Ask for a passphrase that alone opens the file.")]
KeyFile = Annotated[
    str | None, option("--key", panel=PANEL, metavar="FILE", text="The secret.key of the workspace that was backed up.")
]
NewKey = Annotated[bool, option("--new-key", panel=PANEL, text="Make a new key, because the old one is lost for good.")]


def backup_command(
    file: NewFile = None, *, workspace: Workspace = None, encrypt: Encrypt = False, by: By = None
) -> None:
    """Write everything in a workspace into one file, proved by restoring it."""
    from cartera.app.workspace.backup.make import backup

    opened = book(workspace)
    phrase = passphrase(is_new=True) if encrypt else ""
    with waiting("Backing up"):
        made = backup(EVERYTHING, opened, file, by=by, passphrase=phrase)
    sys.stdout.write(told(made))


def told(made: Made) -> str:
    """What was backed up, and what else is needed one day."""
    restoring = command("restore", str(made.file), "NEW-DIR")
    sealed = " and the passphrase" if made.is_sealed else ""
    return (
        f"Backed up {made.label.workspace} into {made.file}: {made.rows:,} rows, facts version"
        f" {made.label.figures['facts_version']}; restored once to prove it.\n"
        f"To put it back: {restoring}. It needs the workspace's secret.key{sealed} as well, which"
        f" {'are' if sealed else 'is'} not in the file.\n"
    )


def restore_command(
    file: BackupFile, into: Into, *, key: KeyFile = None, new_key: NewKey = False, by: By = None
) -> None:
    """Put a backup into a new place."""
    from cartera.app.workspace.backup.restore import needs_passphrase, restore

    phrase = passphrase(is_new=False) if needs_passphrase(file) else None
    with waiting("Restoring"):
        made = restore(EVERYTHING, file, into, passphrase=phrase, key=key, is_new_key=new_key, by=by)
    sys.stdout.write(told_restored(made))


def told_restored(made: Restored) -> str:
    """From which moment the facts are, and what must be done before they can be used."""
    label = made.label
    when = label.made_at.replace("T", " ").replace("+00:00", " UTC")
    version = label.figures["facts_version"]
    said = f"Restored {label.workspace} into {made.place.text}: facts version {version}, as of {when}."
    if made.key_missing is None:
        return f"{said}\nWhat was imported or decided after that moment is not in it.\n"
    return (
        f"{said}\nOne thing is missing: copy the workspace's secret.key (its fingerprint is {label.key})"
        f" to {made.key_missing}. If it is lost for good, restore again with --new-key.\n"
    )


def passphrase(*, is_new: bool) -> str:
    """The passphrase as typed, twice when it is new; from standard input where there is no keyboard."""
    if not sys.stdin.isatty():
        given = sys.stdin.readline().rstrip("\n")
    else:
        given = typer.prompt("Passphrase", hide_input=True, confirmation_prompt=is_new)
    if not given:
        raise CarteraError("the passphrase is empty.", fix="Type one, or give it on standard input.")
    if is_new and len(given) < LEAST:
        raise CarteraError(
            f"a passphrase of {len(given)} {'character' if len(given) == 1 else 'characters'} can be guessed"
            " by trying: whoever has the file may try for years.",
            fix=f"Take at least {LEAST}, such as four words that nobody would put together.",
        )
    return given
