"""May this server start? Not where it would be open to others: it refuses, because nobody reads a warning."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

from cartera.errors import CarteraError

ENOUGH_LETTERS = 10  # different bytes in a key that was drawn by chance; 64 hexadecimal digits have 16 of them
PUBLISHED = ("django-insecure", "changeme", "change me", "secret", "a key of the tests", "example", "password")
INSIDE = (".local", ".lan", ".internal", ".home.arpa", ".localhost", ".test")
EVERYWHERE = ("0.0.0.0", "::", "[::]", "*", "")  # noqa: S104 - to be recognised


def refuse_unsafe(*, host: str, url: str, key: bytes) -> None:
    """Nothing where the server may start. host: where it listens. url: what people type. CarteraError: why not."""
    _refuse_weak(key)
    _refuse_nameless(host, url)
    _refuse_readable(url)


def _refuse_weak(key: bytes) -> None:
    known = key.lower()
    if len(set(key)) < ENOUGH_LETTERS or any(one.encode() in known for one in PUBLISHED):
        raise CarteraError(
            "the workspace's secret.key can be guessed: nobody's sign-in would be safe.",
            fix="Make a backup, and restore it with a new key: cartera restore BACKUP NEW-DIR --new-key.",
        )


def _refuse_nameless(host: str, url: str) -> None:
    """Beyond this computer a server answers only under the name that people type."""
    name = urlsplit(url).hostname or ""
    if "*" in url:
        raise CarteraError(
            f"{url!r} stands for many names.", where="CARTERA_URL", fix="Write the one that people type."
        )
    if host in EVERYWHERE and not name:
        raise CarteraError(
            f"--host {host} opens the app to everybody who reaches this computer, under any name.",
            fix="Say under which address: --url https://cartera.example.com, with a proxy in front that has TLS.",
        )
    if not name and not _is_this_computer(host):
        raise CarteraError(
            f"--host {host} opens the app to others, and passwords would be sent in the clear.",
            fix="Say under which address people come: --url https://cartera.example.com.",
        )


def _refuse_readable(url: str) -> None:
    """Without TLS only inside of a house."""
    parts = urlsplit(url)
    if parts.scheme == "http" and not _is_inside(parts.hostname or ""):
        raise CarteraError(
            f"{url} is public and without TLS: passwords would be sent in the clear.",
            where="CARTERA_URL", fix=f"Put a proxy with TLS in front and write https://{parts.hostname}.",
        )  # fmt: skip


def _is_this_computer(host: str) -> bool:
    address = _address(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _is_inside(name: str) -> bool:
    """Whether a name or address is of this computer or of a private network."""
    address = _address(name)
    if address is not None:
        return address.is_private or address.is_loopback
    return name == "localhost" or "." not in name or name.endswith(INSIDE)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text.strip("[]"))
    except ValueError:
        return None
