"""Which icons are there? A file of all that pages use, taken from the package lucide."""

from __future__ import annotations

from functools import cache

FILE = "icons.svg"
SEGMENTS = {
    "no_activity": "circle-dashed", "new": "sprout", "active": "heart-pulse", "sleeping_away": "moon",
    "hibernating": "snowflake", "leaving": "door-open", "lost": "unlink", "cancelled": "ban",
    "prospect": "circle-dashed", "inactive": "unlink", "almost_inactive": "door-open", "recovered": "repeat",
}  # fmt: skip
PAGES = (
    "arrow-left-right", "calendar-clock", "calendar-plus", "calendar-range", "chart-pie", "database", "gem",
    "settings", "sliders-horizontal", "sun", "users", "users-round",
)  # fmt: skip
OTHERS = (
    "alarm-clock", "arrow-right", "bookmark", "chevron-left", "chevron-right", "circle", "columns-3", "download",
    "ellipsis", "list-filter", "mail", "panel-right", "phone", "search", "sticky-note", "user-check", "wallet-cards",
    "x",
)  # fmt: skip
NAMES = tuple(sorted({*SEGMENTS.values(), *PAGES, *OTHERS}))


@cache
def sheet() -> bytes:
    """One SVG file that holds them all, each under its name."""
    from lucide import _render_icon

    symbols = "".join(_symbol(name, _render_icon(name, None)) for name in NAMES)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'.encode()


def _symbol(name: str, drawn: str) -> str:
    inside = drawn.partition(">")[2].rpartition("</svg>")[0]
    return f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(inside.split())}</symbol>'
