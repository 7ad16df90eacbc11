"""Is there a browser with windows on this computer, for a person who sits at it? Then an address is opened in it."""

from __future__ import annotations

import os
import sys
import webbrowser

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
WITH_WINDOWS = ("darwin", "win32")


def can_browse() -> bool:
    """Whether somebody looks at a screen with windows here; over ssh or in a pipe nothing is opened."""
    has_screen = sys.platform in WITH_WINDOWS or any(os.environ.get(name) for name in SCREENS)
    return has_screen and sys.stdout.isatty() and "SSH_CONNECTION" not in os.environ


def browse(address: str) -> bool:
    """Whether the address was opened."""
    return can_browse() and webbrowser.open(address)
