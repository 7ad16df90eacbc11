"""Which key is it? Its fingerprint tells one key from another, in a workspace's settings and in its backups."""

from __future__ import annotations

from hashlib import sha256

OWN = "key"  # the setting of a workspace that holds the fingerprint of its key


def fingerprint(key: bytes) -> str:
    """Sixteen digits by which a key is recognised and from which it cannot be guessed."""
    return sha256(b"cartera key\n" + key).hexdigest()[:16]
