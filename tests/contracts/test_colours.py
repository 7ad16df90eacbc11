"""Are the colours readable on their paper and apart from each other, for every eye?"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from cartera import words
from cartera.charts import draw, tokens

# Light on white and on canvas, dark on canvas and on surface.
CONTRASTS = {
    "no-activity": (7.7, 7.2, 9.6, 8.9),
    "new": (3.6, 3.4, 6.8, 6.2),
    "active": (5.4, 5.0, 11.1, 10.2),
    "sleeping-away": (3.5, 3.2, 10.7, 9.9),
    "hibernating": (5.9, 5.5, 4.1, 3.8),
    "leaving": (5.4, 5.0, 6.6, 6.1),
    "lost": (12.1, 11.2, 3.8, 3.5),
    "cancelled": (3.6, 3.4, 6.0, 5.5),
}
# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB.
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# Ottosson 2020: linear RGB to cones, cones to Lab.
CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def shares(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def linear(colour: list[float]) -> list[float]:
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in colour]


def through(matrix: Any, colour: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(line, colour, strict=True)) for line in matrix]


def seen(colour: str, eye: str) -> list[float]:
    light = [min(1.0, max(0.0, v)) for v in through(EYES[eye], linear(shares(colour)))]
    return through(LAB, [v ** (1 / 3) for v in through(CONES, light)])


def apart(one: str, other: str, eye: str) -> float:
    return sum((a - b) ** 2 for a, b in zip(seen(one, eye), seen(other, eye), strict=True)) ** 0.5


def contrast(one: list[float], other: list[float]) -> float:
    dark, bright = sorted(
        sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other)
    )
    return (bright + 0.05) / (dark + 0.05)


def ladder_of(mode: tokens.Mode) -> list[str]:
    return [tokens.token(mode)(f"seg-{segment.colour}") for segment in words.KOPILOT]


@pytest.mark.parametrize("name", CONTRASTS)
def test_a_segment_stands_out_from_its_paper(name: str) -> None:
    papers = (("light", "surface"), ("light", "canvas"), ("dark", "canvas"), ("dark", "surface"))
    pairs = [(tokens.token(mode)(f"seg-{name}"), tokens.token(mode)(paper)) for mode, paper in papers]
    found = [contrast(shares(colour), shares(paper)) for colour, paper in pairs]
    assert found == pytest.approx(CONTRASTS[name], abs=0.06)
    assert min(found) >= 3


@pytest.mark.parametrize(
    ("mode", "eye", "least"),
    [
        ("light", "normal", 0.128),
        ("light", "protan", 0.087),
        ("light", "deutan", 0.088),
        ("light", "tritan", 0.084),
        ("dark", "normal", 0.134),
        ("dark", "protan", 0.114),
        ("dark", "deutan", 0.087),
        ("dark", "tritan", 0.090),
    ],
)
def test_no_two_segments_look_alike(mode: tokens.Mode, eye: str, least: float) -> None:
    colours = ladder_of(mode)
    assert min(apart(a, b, eye) for i, a in enumerate(colours) for b in colours[:i]) >= least
    neighbours = {"light": 0.116, "dark": 0.101}[mode]
    assert min(apart(a, b, eye) for a, b in pairwise(colours)) >= neighbours - 0.0005


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_are_readable_on_paper_and_on_every_tint(mode: tokens.Mode) -> None:
    paint = tokens.token(mode)
    paper, accent, ink = (shares(paint(name)) for name in ("surface", "accent", "ink"))
    tints = [[a * o + p * (1 - o) for a, p in zip(accent, paper, strict=True)] for o in draw.TINTS]
    for ground in (paper, shares(paint("canvas")), shares(paint("line")), *tints):
        assert contrast(ink, ground) >= 4.5
    assert contrast(shares(paint("muted")), paper) >= 4.5


def test_every_segment_of_every_policy_has_a_colour() -> None:
    for segment in (*words.KOPILOT, *words.SALESCOPE):
        assert tokens.token("page")(f"seg-{segment.colour}") == f"var(--seg-{segment.colour})"
    with pytest.raises(KeyError):
        tokens.token("page")("seg-violet")
