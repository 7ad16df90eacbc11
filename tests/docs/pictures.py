"""The pictures of the pages: real output, each drawn by one command of the product."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "pictures"
PICTURES = {
    "composition.svg": "cartera show composition demo --day 2026-03-31 --every month",
    "moves.svg": "cartera show moves demo --day 2026-03-31 --since 2026-01-01",
    "balance.svg": "cartera show balance demo --day 2026-03-31 --since 2025-03-31",
    "client.svg": "cartera show client demo --day 2026-03-31 --where client_id=C014",
    "cross.svg": "cartera show cross demo --day 2026-03-31 --by status --by rep",
    "survival.svg": "cartera show survival demo --day 2026-03-31",
    "cohorts.svg": "cartera show cohorts demo --day 2026-03-31 --every quarter",
}


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
