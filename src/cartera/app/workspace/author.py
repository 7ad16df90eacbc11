"""Who decides, when nobody says who? The person signed in at this computer."""

from __future__ import annotations

import getpass


def author(given: str | None) -> str:
    """The name given, else the name of this computer's user."""
    if given and given.strip():
        return given.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
