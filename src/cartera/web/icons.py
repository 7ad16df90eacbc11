"""Which icons are there? A file of all that pages use, taken from the package lucide, and how a page shows one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils.html import format_html

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

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


def icon(name: str, css: str = "icon") -> SafeString:
    """The icon, only to be seen. KeyError: it is not in the file; add its name here."""
    from cartera.web.assets import address

    if name not in NAMES:
        raise KeyError(name)
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', css, address(FILE), name
    )
