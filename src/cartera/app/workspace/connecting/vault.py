"""Where is the key to the secrets of sources? In the environment, the system's keyring, or the workspace's file.

Secrets lie in the ledger as ciphertext; without the key, a copy of the ledger opens nothing.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

    from cartera.ledger.book import Book

OWN_KEY = "CARTERA_SECRETS_KEY"
PURPOSE = b"cartera secrets of sources"
SERVICE = "cartera"


def sealed(book: Book, values: Mapping[str, Any]) -> tuple[str, str]:
    """Ciphertext, and which key opens it."""
    key = _keys(book)[0]
    return _fernet(key).encrypt(json.dumps(values, sort_keys=True).encode()).decode(), key_id(key)


def opened(book: Book, ciphertext: str) -> dict[str, Any]:
    """What was sealed, with whichever of our keys. CarteraError: with none of them."""
    from cryptography.fernet import InvalidToken, MultiFernet

    try:
        text = MultiFernet([_fernet(key) for key in _keys(book)]).decrypt(ciphertext.encode())
    except InvalidToken:
        raise CarteraError(
            say("the secrets of this source were sealed with another key."),
            fix=say(
                "Put the old key back ({name} takes several, with commas between), or connect it again.", name=OWN_KEY
            ),
        ) from None
    found: dict[str, Any] = json.loads(text)
    return found


def key_id(key: bytes) -> str:
    """Eight digits by which a key is recognised."""
    return sha256(b"cartera secret\n" + key).hexdigest()[:8]


def _keys(book: Book) -> list[bytes]:
    """The keys, the one to seal with first; those after it still open what was sealed before."""
    named = [part.strip().encode() for part in os.environ.get(OWN_KEY, "").split(",") if part.strip()]
    kept = _kept(book)
    return [*named, *([kept] if kept else []), _of_workspace(book)]


def _of_workspace(book: Book) -> bytes:
    """A key made from that of the workspace, whose file only its owner may read."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return urlsafe_b64encode(HKDF(SHA256(), 32, None, PURPOSE).derive(book.key))


def _kept(book: Book) -> bytes | None:
    """The key that the system's keyring holds for this workspace, if it does and is one worth the name."""
    try:
        import keyring  # type: ignore[import-not-found, unused-ignore]
        from keyring.errors import KeyringError  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    from cartera.ledger.key import fingerprint

    if is_plain(keyring.get_keyring()):
        return None
    try:
        found = keyring.get_password(SERVICE, fingerprint(book.key))
    except KeyringError:  # there is none on a server without a desktop
        return None
    return found.encode() if found else None


def is_plain(backend: Any) -> bool:
    """Whether a keyring writes passwords down as they are."""
    return "plaintext" in f"{type(backend).__module__}.{type(backend).__name__}".lower()


def _fernet(key: bytes) -> Fernet:
    from cryptography.fernet import Fernet

    try:
        return Fernet(key)
    except ValueError:
        made = say(
            "Make one: {command}.",
            command="python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'",
        )
        raise CarteraError(say("{name} is no key.", name=OWN_KEY), fix=made) from None
