"""The commands `audit` and `audit verify`: who changed what, and whether the list was changed."""

from __future__ import annotations

import sys
from typing import Annotated

from cartera.app.scope import EVERYTHING
from cartera.cli.options import ASKING, Printing, option
from cartera.cli.printing import check_format, deliver
from cartera.cli.workspace.options import Workspace, book

Client = Annotated[
    str | None, option("--client", panel=ASKING, metavar="CLIENT", text="Only what is about this client.")
]


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
