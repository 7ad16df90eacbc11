"""What stands around a picture that no page surrounds: paper, title, the answer in words, legend, footnote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from unicodedata import east_asian_width

from cartera.charts.tokens import Token

MARGIN, SWATCH, ROW = 20, 12, 20
_EM = dict.fromkeys("ijlI|.,:;'! ", 0.29) | dict.fromkeys("frt()-", 0.36) | dict.fromkeys("mwMW@%", 0.9)
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


@dataclass(frozen=True)
class Swatch:
    """One entry of a legend. fill: a colour; none is hollow. faded: not yet so. dashed: faded, with a dashed edge."""

    text: str
    fill: str | None
    edge: str
    dashed: bool = False
    faded: bool = False


@dataclass(frozen=True)
class Frame:
    """The words around one picture. foot: what a reader must know to read the bars."""

    name: str
    title: str
    sentence: str = ""
    swatches: Sequence[Swatch] = ()
    foot: str = ""


def framed(drawn: str, frame: Frame, paint: Token, width: int) -> str:
    """One SVG file around a drawn picture: `width` pixels wide, readable on any background."""
    top, head = _head(frame, paint, width)
    inner_width, inner_height = _size(drawn)
    foot_y = top + inner_height + ROW
    foot_lines = _lines(frame.foot, width, 12)
    height = round(foot_y + len(foot_lines) * 16 + MARGIN - ROW / 2)
    width = max(width, round(inner_width + 2 * MARGIN))
    inside = drawn.replace("<svg ", f'<svg x="{MARGIN}" y="{top}" overflow="visible" ', 1)
    foot = _texts(foot_lines, foot_y, paint("muted"), 12)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="group" aria-labelledby="{frame.name}-title" aria-describedby="{frame.name}-desc" '
        'font-family="sans-serif">'
        f'<title id="{frame.name}-title">{_safe(frame.title)}</title>'
        f'<desc id="{frame.name}-desc">{_safe(frame.sentence or frame.foot)}</desc>'
        f'<rect width="{width}" height="{height}" fill="{paint("surface")}"/>{head}{inside}{foot}</svg>\n'
    )


def _head(frame: Frame, paint: Token, width: int) -> tuple[int, str]:
    titles = _lines(frame.title, width, 16)
    y = MARGIN + 16
    parts = [_texts(titles, y, paint("ink"), 16, ' font-weight="600"')]
    y += 22 * (len(titles) - 1)
    sentences = _lines(frame.sentence, width, 13)
    parts.append(_texts(sentences, y + 22, paint("muted"), 13))
    y += 18 * len(sentences) + (6 if sentences else 0)
    used, legend = _legend(frame.swatches, paint, y + 16, width)
    return round(y + used + 18), "".join(parts) + legend


def _legend(swatches: Iterable[Swatch], paint: Token, y: float, width: int) -> tuple[float, str]:
    x, top, parts = float(MARGIN), y, []
    for swatch in swatches:
        wide = SWATCH + 6 + _width(swatch.text, 12) + 18
        if x > MARGIN and x + wide - 18 > width - MARGIN:
            x, y = float(MARGIN), y + ROW
        parts.append(_swatch(swatch, x, y) + _texts([swatch.text], y + 10, paint("ink"), 12, x=x + SWATCH + 6))
        x += wide
    return (y - top + ROW + 10 if parts else 0), "".join(parts)


def _swatch(swatch: Swatch, x: float, y: float) -> str:
    fill = f'fill="{swatch.fill}"' if swatch.fill else 'fill="none"'
    look = ' stroke-dasharray="3,2"' if swatch.dashed else ""
    look += ' fill-opacity="0.35"' if swatch.dashed or swatch.faded else ""
    place = f'x="{x + 0.5:g}" y="{y + 0.5:g}" width="{SWATCH - 1}" height="{SWATCH - 1}" rx="2"'
    return f'<rect {place} {fill}{look} stroke="{swatch.edge}"/>'


def _texts(lines: Sequence[str], y: float, fill: str, size: int, more: str = "", *, x: float = MARGIN) -> str:
    step = round(size * 1.4)
    return "".join(
        f'<text x="{x:g}" y="{y + step * row:g}" font-size="{size}" fill="{fill}"{more}>{_safe(line)}</text>'
        for row, line in enumerate(lines)
    )


def _lines(text: str, width: int, size: int) -> list[str]:
    per_letter = _width(text, size) / max(len(text), 1)
    return wrap(text, int((width - 2 * MARGIN) / per_letter)) if text else []


def _width(text: str, size: int) -> float:
    """Pixels that a text takes in an average sans-serif, rather too many than too few."""
    return size * sum(1.0 if east_asian_width(letter) in "WF" else _EM.get(letter, 0.58) for letter in text)


def _size(drawn: str) -> tuple[float, float]:
    found = _SIZE.search(drawn)
    if not found:
        raise ValueError("the drawing has no size")
    return float(found[1]), float(found[2])


def _safe(text: str) -> str:
    return escape(text)
