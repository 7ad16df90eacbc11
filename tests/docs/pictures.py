"""The pictures of the pages: real output, each drawn by one command of the product."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from cartera.views.registry import VIEWS
from cartera.views.view import View

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
DAY = "2026-03-31"
CHOSEN = {  # where the view's own example makes the poorer picture, or none
    "composition": "cartera show composition demo --every month",
    "clients": "cartera show clients demo --where rep='Marta Ruiz'",
    "client": "cartera show client demo --where client_id=C014",
    "balance": "cartera show balance demo --since 2025-03-31",
    "figures": "cartera show figures demo --every month",
    "abc": "cartera show abc demo",
    "cross": "cartera show cross demo --by status --by rep",
    "survival": "cartera show survival demo",
}


def asked(view: View) -> str:
    """The command that asks a view for the pages."""
    return f"{CHOSEN.get(view.name, view.example)} --day {DAY}"


def of(view: View) -> str | None:
    """The file of a view's picture, if it has one."""
    drawn = (view.over_time or view) if "--every" in asked(view) else view
    return f"{view.name}.svg" if drawn.picture else None


PICTURES = {name: asked(view) for view in VIEWS if (name := of(view))}


def draw(name: str, folder: Path) -> Path:
    """The picture, drawn anew into a folder."""
    path = folder / name
    words = [*shlex.split(PICTURES[name]), "--format", "svg", "--output", str(path)]
    program = Path(sys.executable).parent / words[0]
    subprocess.run([program, *words[1:]], check=True, capture_output=True, timeout=120)
    return path


def said(svg: str) -> list[str]:
    """Everything that a picture says: its labels and its texts. Places and widths depend on the renderer's release."""
    return re.findall(r'aria-label="([^"]*)"|<text[^>]*>([^<]*)</text>', svg)
