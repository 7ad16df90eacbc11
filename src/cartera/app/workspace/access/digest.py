"""What is kept of a secret that a program or a link carries? Its digest; it is random, so nothing can be guessed."""

from __future__ import annotations

from hashlib import sha256


def digest(token: str) -> str:
    """64 letters that tell whether a token is the one, and nothing else of it."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
