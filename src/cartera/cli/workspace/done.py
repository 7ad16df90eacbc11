"""How is a decision told? What was done, the number of the change, and the command that takes it back."""

from __future__ import annotations

import json
import sys
from typing import Any

from cartera.cli.program import command


def tell_done(sentence: str, number: int | None, workspace: str | None, *, as_json: bool = False) -> None:
    """Write what was done; without a number nothing is to be taken back by number."""
    if as_json:
        write_json({"change": number, "text": f"{sentence}."})
        return
    if number is None:
        sys.stdout.write(f"{sentence}.\n")
        return
    back = command("undo", str(number), *where(workspace))
    sys.stdout.write(f"{sentence} (change {number}). To take it back: {back}.\n")


def where(workspace: str | None) -> list[str]:
    """The words that name the workspace in a command to paste."""
    from cartera.app.workspace.place import without_password

    return ["-w", without_password(workspace)] if workspace else []


def write_json(value: Any) -> None:
    """Write a value as JSON, days and money as text."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n")
