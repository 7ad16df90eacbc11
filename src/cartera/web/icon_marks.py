"""How does an icon stand in a page? As a reference into the one file of all icons."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils.html import format_html

from cartera.web.assets import address
from cartera.web.icons import FILE, NAMES, SEGMENTS

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

MARK = '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>'


@cache
def mark(name: str, css: str = "icon") -> SafeString:
    """An icon that is only to be seen. KeyError: it is not in the file; its name goes into `icons.py`."""
    if name not in NAMES:
        raise KeyError(name)
    return format_html(MARK, css, address(FILE), name)


def segment_mark(segment: str) -> SafeString:
    """The icon of a segment in its colour."""
    return mark(SEGMENTS.get(segment, "circle"), f"icon seg-{segment.replace('_', '-')}")
