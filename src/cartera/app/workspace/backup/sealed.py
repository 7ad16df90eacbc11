"""How is a backup kept from other eyes? Encrypted with a passphrase, a piece at a time, no piece moved or cut off.

scrypt makes the key from the passphrase (RFC 7914); every piece is AES-256-GCM with its number; the last one says so.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"cartera-sealed-1\n"
SALT_BYTES, KEY_BYTES, NONCE_BYTES, SIZE_BYTES = 16, 32, 12, 4
PIECE = 1 << 20
COST, BLOCK, PARALLEL = 2**15, 8, 1  # 32 MB and a tenth of a second for each guess
MORE, LAST = b"more", b"last"


def is_sealed(path: Path) -> bool:
    """Whether the file is an encrypted backup."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def seal(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """Write all of `source` into `target` so that only the passphrase opens it."""
    salt = os.urandom(SALT_BYTES)
    cipher = _cipher(passphrase, salt)
    target.write(MAGIC + salt)
    piece = source.read(PIECE)
    for number in count():
        following = source.read(PIECE)
        sealed = cipher.encrypt(_nonce(number), piece, MORE if following else LAST)
        target.write(len(sealed).to_bytes(SIZE_BYTES) + sealed)
        if not following:
            return
        piece = following


def unseal(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """Write what was sealed into `target`. CarteraError: another passphrase, or the file was changed or cut off."""
    from cryptography.exceptions import InvalidTag

    source.seek(len(MAGIC))
    cipher = _cipher(passphrase, source.read(SALT_BYTES))
    pieces = list(_places(source))
    for number, (start, size) in enumerate(pieces):
        source.seek(start)
        told = LAST if number == len(pieces) - 1 else MORE
        try:
            target.write(cipher.decrypt(_nonce(number), source.read(size), told))
        except InvalidTag:
            raise _refused(is_first=number == 0) from None


def _places(source: BinaryIO) -> Iterator[tuple[int, int]]:
    """Where each piece begins, and its size."""
    while head := source.read(SIZE_BYTES):
        start, size = source.tell(), int.from_bytes(head)
        if size > PIECE + SIZE_BYTES * 4:
            raise _refused(is_first=False)
        yield start, size
        source.seek(start + size)


def _refused(*, is_first: bool) -> CarteraError:
    if is_first:
        return CarteraError(
            say("this passphrase does not open the backup, or the file is damaged."),
            fix=say("Type the one with which it was made."),
        )
    return CarteraError(say("the backup was damaged or cut off."), fix=say("Take another one."))


def _nonce(number: int) -> bytes:
    return number.to_bytes(NONCE_BYTES)


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    key = Scrypt(salt=salt, length=KEY_BYTES, n=COST, r=BLOCK, p=PARALLEL).derive(passphrase.encode())
    return AESGCM(key)
