"""How many clients are in each class? The bars of the views that put every client into one of a few classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from cartera.tongue import capital, number
from cartera.views import phrasing


def class_bars(rows: Sequence[dict[str, Any]], column: str, classes: Sequence[str]) -> list[dict[str, Any]]:
    """One bar per class in the order given, also the empty ones; none when there is no client."""
    counts = Counter(row[column] for row in rows)
    return [
        {
            "name": phrasing.head(name), "clients": counts[name], "clients_text": number(counts[name]),
            "label": phrasing.named(phrasing.head(name), phrasing.clients(counts[name])),
        }
        for name in classes if rows
    ]  # fmt: skip


def defined(definitions: Sequence[tuple[str, str]]) -> str:
    """The definitions as one sentence: Regular: 3 to 11 purchase dates; frequent: 12 or more."""
    return capital("; ".join(phrasing.named(phrasing.word(name), why) for name, why in definitions)) + "."
