"""The commands `audit`, `audit verify` and `history`: who changed what, whether that holds, what of one client."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import ASKING, Printing, option
from cartera.cli.printing import check_format, deliver
from cartera.cli.workspace.options import Workspace, book

Client = Annotated[
    str | None, option("--client", panel=ASKING, metavar="CLIENT", text="Only what is about this client.")
]
OneClient = Annotated[str, typer.Argument(metavar="CLIENT", help="The client's id or name.", show_default=False)]


def audit_command(*, printing: Printing, client: Client = None, workspace: Workspace = None) -> None:
    """Who changed what, when and why, with what was before and after; the newest first."""
    from cartera.app import clock
    from cartera.app.workspace.deciding.journal import audit
    from cartera.app.workspace.identity.who import who

    check_format(printing)
    opened = book(workspace)
    about = who(EVERYTHING, opened, client).client_id if client else None
    deliver(audit(EVERYTHING, opened, day=clock.today(), client=about), printing)


def verify_command(*, workspace: Workspace = None) -> None:
    """Whether any line of the audit was edited, removed or moved: each holds the hash of the line before it."""
    from cartera.app.workspace.deciding.journal import verify

    sys.stdout.write(f"{verify(EVERYTHING, book(workspace))}\n")


def history_command(client: OneClient, *, printing: Printing, workspace: Workspace = None) -> None:
    """Everything that was said of one client, by whom and when: documents, plans, marks, notes, reps, dealings."""
    from cartera.app import clock
    from cartera.app.workspace.deciding.history import history
    from cartera.app.workspace.deciding.whom import client_called

    check_format(printing)
    opened = book(workspace)
    deliver(history(EVERYTHING, opened, client_called(EVERYTHING, opened, client), day=clock.today()), printing)
