"""How does every value of a dimension stand? A small stack each, the largest dozen and the others as one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cartera.views.multiples import Multiple, multiples
from cartera.web import frame
from cartera.web.asking import ask
from cartera.web.pictures import only, twin
from cartera.words import segment_said

if TYPE_CHECKING:
    from cartera.web.door import Visit

FULL = 100
MOST_NAMED = 30  # so many values may stand in one address


@dataclass(frozen=True)
class Piece:
    """One segment of a small bar. at, length: of 100."""

    text: str
    css: str
    at: float
    length: float
    count: int
    href: str


@dataclass(frozen=True)
class Small:
    """One value with its bar."""

    name: str
    size: int
    href: str
    pieces: tuple[Piece, ...]


def split(visit: Visit) -> dict[str, Any]:
    """The small bars, and the same as a table."""
    visit = replace(visit, asked=visit.asked.but(by=visit.asked.by[:1]))
    answer = ask(visit, "composition")
    found = multiples(answer.rows.to_pylist(), answer.query)
    return {"name": visit.asked.by[0], "smalls": [small(visit, one) for one in found], "table": twin(visit, answer)}


def small(visit: Visit, one: Multiple) -> Small:
    """One value: its bar is as long as every other one, its pieces are shares."""
    pieces, at, shown = [], 0.0, only(visit)
    for part in one.parts:
        if shown and part.segment not in shown:
            continue
        length = FULL * part.client_count / one.size
        pieces.append(
            Piece(
                segment_said(part.segment), f"seg-{part.segment.replace('_', '-')}", round(at, 2), round(length, 2),
                part.client_count, behind(visit, one, part.segment),
            )
        )  # fmt: skip
        at += length
    segments = tuple(part.segment for part in one.parts)
    return Small(one.name, one.size, behind(visit, one, *segments), tuple(piece for piece in pieces if piece.count))


def behind(visit: Visit, one: Multiple, *segments: str) -> str:
    """The list of the clients of a value in these segments; nothing where too many values stand together."""
    if len(one.of) > MOST_NAMED:
        return ""
    asked = visit.asked.only(visit.asked.by[0], *(value or "" for value in one.of)).only("segment", *segments)
    return frame.address(visit, "clients", asked=asked.but(by=(), more={}, page=1))
