"""How does somebody who looked at the sample come to a workspace of their own? In a new folder of this computer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cartera.app.workspace.importing.pending import safe
from cartera.app.workspace.start import start
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.app.scope import Scope


def folder_for(name: str) -> Path:
    """Where a workspace of this name would lie: a folder of its own in the one where the program was started."""
    beside, wanted = Path.cwd(), safe(name.strip().lower()) if name.strip() else "cartera"
    found, count = beside / wanted, 2
    while found.exists():
        found, count = beside / f"{wanted}-{count}", count + 1
    return found


def own(scope: Scope, name: str, *, currency: str, language: str) -> str:
    """The folder of a new, empty workspace. CarteraError: it has no name, or the folder cannot be written."""
    if not name.strip():
        raise CarteraError("the workspace has no name.", fix="Write the name of your company, such as Acme.")
    folder = str(folder_for(name))
    start(scope, folder, name=name, currency=currency, language=language)
    return folder
