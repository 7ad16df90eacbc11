"""How does a person start this program again? By its name, or as it was started where the name alone finds nothing."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

NAME = "cartera"


def program() -> str:
    """The word to type before a command's name: cartera, or a path such as .venv/bin/cartera."""
    started = Path(sys.argv[0])
    if shutil.which(NAME) or started.stem != NAME:
        return NAME
    here = Path.cwd()
    return shlex.quote(str(started.relative_to(here) if started.is_relative_to(here) else started))


def command(*words: str) -> str:
    """A whole command to type, its words quoted where they must be."""
    return f"{program()} {shlex.join(words)}"
