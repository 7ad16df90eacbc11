"""Which files does a browser load? Our style and scripts and htmx, under an address that changes when they do."""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path

from cartera.web.icons import FILE, sheet

HERE = Path(__file__).parent / "static"
HTMX, SCRIPT = "htmx.js", "app.js"


@cache
def files() -> dict[str, bytes]:
    """Name -> content of every file."""
    import django_htmx

    theirs = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
    own = {one.name: one.read_bytes() for one in sorted(HERE.iterdir()) if one.suffix != ".js"}
    return {**own, SCRIPT: script(), HTMX: theirs.read_bytes(), FILE: sheet()}


def script() -> bytes:
    """Our scripts in one file, each in a block of its own: what one names, no other meets."""
    parts = (one.read_bytes() for one in sorted(HERE.glob("*.js")))
    return b"".join(b"{\n" + part + b"}\n" for part in parts)


@cache
def stamp() -> str:
    """Names the state of all files."""
    return sha256(b"".join(name.encode() + content for name, content in files().items())).hexdigest()[:12]


def address(name: str) -> str:
    """Where a browser finds the file. KeyError: there is none."""
    if name not in files():
        raise KeyError(name)
    return f"/static/{stamp()}/{name}"


def laid(folder: Path) -> Path:
    """The files, and each gzipped beside it, in a folder to be served; made once per state of them."""
    root = folder / stamp()
    for name, content in files().items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))
    return root
