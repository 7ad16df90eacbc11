"""Which colour does a thing have, on a page and in a file? One name each, a value for light and one for dark paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

Mode = Literal["page", "light", "dark"]
Token = Callable[[str], str]

# Found by search: far apart for normal and colour-blind eyes, with contrast as a constraint; tests hold the numbers.
SEGMENTS: Mapping[str, tuple[str, str]] = {
    "seg-no-activity": ("#475467", "#a9bbd6"),
    "seg-new": ("#2f8bdb", "#45a0f2"),
    "seg-active": ("#12795b", "#6fdca4"),
    "seg-sleeping-away": ("#a88600", "#f0bd27"),
    "seg-hibernating": ("#7940db", "#8f55e6"),
    "seg-leaving": ("#b84509", "#ea7c33"),
    "seg-lost": ("#6f0829", "#b0525f"),
    "seg-cancelled": ("#85868a", "#8f9197"),
}
PAPER: Mapping[str, tuple[str, str]] = {
    "canvas": ("#f6f7f9", "#0f1217"),
    "surface": ("#ffffff", "#171b22"),
    "ink": ("#1a1f27", "#e7eaef"),
    "muted": ("#5a6472", "#9aa3b0"),
    "line": ("#dfe3e8", "#2b313b"),
    "accent": ("#2a4bd0", "#8fa6ff"),
    "good": ("#0a7a4b", "#2fb67c"),
}
COLOURS: Mapping[str, tuple[str, str]] = {**PAPER, **SEGMENTS}


def token(mode: Mode) -> Token:
    """A function from a colour's name to `var(--name)` for pages, to hex for files. KeyError: no such colour."""
    return {"page": _variable, "light": _light, "dark": _dark}[mode]


def _variable(name: str) -> str:
    if name not in COLOURS:
        raise KeyError(name)
    return f"var(--{name})"


def _light(name: str) -> str:
    return COLOURS[name][0]


def _dark(name: str) -> str:
    return COLOURS[name][1]
