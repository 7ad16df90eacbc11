"""Under which address do people find the app? The one given, else CARTERA_URL, else wherever it listens."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from cartera.errors import InputError

PUBLIC = "CARTERA_URL"


def public_address(given: str | None) -> str:
    """https://cartera.example.com, or nothing where nobody says so. InputError: it is no address of a site."""
    found = (given or os.environ.get(PUBLIC) or "").rstrip("/")
    parts = urlsplit(found)
    if found and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
        raise InputError(
            f"{found!r} is no address of a site.", where=PUBLIC, fix="Write such as https://cartera.example.com."
        )
    return found
