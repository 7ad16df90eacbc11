"""Under which address do people find the app? The one given, else CARTERA_URL, else wherever it listens."""

from __future__ import annotations

import os
from ipaddress import ip_address
from urllib.parse import urlsplit

from cartera.errors import InputError

PUBLIC, PROXY = "CARTERA_URL", "CARTERA_PROXY"


def public_address(given: str | None) -> str:
    """https://cartera.example.com, or nothing where nobody says so. InputError: it is no address of a site."""
    found = (given or os.environ.get(PUBLIC) or "").rstrip("/")
    parts = urlsplit(found)
    if found and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
        raise InputError(
            f"{found!r} is no address of a site.", where=PUBLIC, fix="Write such as https://cartera.example.com."
        )
    return found


def proxy_address(given: str | None) -> str:
    """The network address of the proxy in front, or nothing where nobody says so. InputError: it is none."""
    found = given or os.environ.get(PROXY) or ""
    try:
        return str(ip_address(found)) if found else ""
    except ValueError:
        raise InputError(f"{found!r} is no network address.", where=PROXY, fix="Write such as 10.0.0.2.") from None
