"""How does a specification become an SVG that may stand on our page? The only file that meets vl_convert.

Plain values in, text out, so that `svg` can run in a spawned child process.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from typing import Any, Literal

import vl_convert

from cartera.charts.rows import HOST, NOWHERE

Lang = Literal["en-US", "en-GB", "fr-FR", "es-ES", "pt-BR"]

_TAG = re.compile(r"<[^>]*>")  # Vega writes every < and > of a text or an attribute as an entity
_ATTRIBUTE = re.compile(r' ([\w:-]+)="([^"]*)"')
_EMPTY = re.compile(r'<g class="mark-[^"]*" role="graphics-symbol"[^>]*/>')  # a mark of no row: nothing to be heard
_LONG = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")
_OWN_ID = re.compile(r"(?<=url\(#)[\w-]+(?=\))")
# "//elsewhere", "/\\elsewhere" and "/<tab>/elsewhere" are addresses of another host to a browser.
_INSIDE = re.compile(re.escape(HOST) + r"(?:[?#]|/(?![/\\]))[^\s\x00-\x1f]*")
_NAMELESS = ' role="graphics-symbol"'
_GEOMETRY = frozenset(("d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "viewBox"))
_DROPPED = frozenset(("aria-roledescription", "xmlns:xlink"))


class ForeignLinkError(ValueError):
    """A drawn picture would lead out of the house: a defect of whoever made the rows, never a person's mistake."""


def svg(
    spec: dict[str, Any],
    rows: Sequence[dict[str, Any]],
    name: str,
    *,
    lang: Lang = "en-US",
    height: float | None = None,
) -> str:
    """The picture of `rows` as SVG text: links inside the site, ids that begin with `name`, one stop for the keyboard.

    rows: as `rows.drawable` makes them. height: pixels, when the specification's own does not suit the rows.
    ForeignLinkError: a link leads elsewhere than under HOST. ValueError: Vega refuses the specification.
    """
    # Before Vega sees them: a link that it thinks unsafe kills this picture and the next one of the same process.
    for row in rows:
        _refuse_foreign(row["href"])
    size = {} if height is None else {"height": height}
    drawn = vl_convert.vegalite_to_svg(
        spec | size | {"datasets": {"rows": list(rows)}},
        vl_version="6.4",
        allowed_base_urls=[],
        format_locale=lang,
        time_format_locale=lang,
    )
    return _Dresser(name).dress(drawn)


def png(picture: str, scale: float = 2) -> bytes:
    """An SVG with hex colours as PNG, `scale` pixels for each of its own."""
    return vl_convert.svg_to_png(picture, scale=scale)


class _Dresser:
    """Goes over the tags of one drawing and leaves texts alone: a client may be called `1.2345` or `https://…`."""

    def __init__(self, name: str) -> None:
        self.name = re.sub(r"[^\w-]", "-", name)
        self.ids: dict[str, str] = {}
        self.unlinked = False

    def dress(self, drawn: str) -> str:
        framed = f'<svg role="group" aria-labelledby="{self.name}-title" '
        return _TAG.sub(self._tag, _EMPTY.sub("", drawn)).replace("<svg ", framed, 1)

    def _tag(self, found: re.Match[str]) -> str:
        tag = found[0]
        if self.unlinked and tag == "</a>":
            self.unlinked = False
            return ""
        if tag == f'<a xlink:href="{NOWHERE}">':
            self.unlinked = True
            return ""
        if _NAMELESS in tag and "aria-label" not in tag:
            # Vega calls an empty group of marks a symbol: it has nothing to say to whoever listens to the page.
            tag = tag.replace(_NAMELESS, "")
        return _ATTRIBUTE.sub(self._attribute, tag)

    def _attribute(self, found: re.Match[str]) -> str:
        key, value = found[1], found[2]
        if key in _DROPPED:
            return ""
        if key in ("href", "xlink:href"):
            _refuse_foreign(unescape(value))
            return f' tabindex="-1" href="{value.removeprefix(HOST)}"'
        if key in _GEOMETRY:
            value = _LONG.sub(_short, value)
        elif key == "id":
            value = self._own(value)
        elif "url(" in value and key != "aria-label":
            value = _OWN_ID.sub(lambda ref: self._own(ref[0]), value)
        return f' {key}="{value}"'

    def _own(self, drawn_id: str) -> str:
        # Vega counts clip ids up from render to render (vega/vega#3987): numbered anew, equal pictures are equal.
        return self.ids.setdefault(drawn_id, f"{self.name}-{len(self.ids) + 1}")


def _refuse_foreign(address: str) -> None:
    if not _INSIDE.fullmatch(address):
        raise ForeignLinkError(f"the link {address!r} leads out of the site: rows need {HOST}/…")


def _short(number: re.Match[str]) -> str:
    text = f"{float(number[0]):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
