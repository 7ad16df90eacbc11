"""The commands and their options, as the command line's own help has them."""

from __future__ import annotations

from typing import Any

import typer

from cartera.cli.main import app
from cartera.cli.options import ASKING, PRINTING, READING
from tests.docs.markdown import code, table

PANELS = {"reading": READING, "asking": ASKING, "printing": PRINTING}


def known() -> dict[str, Any]:
    """Every command by its name."""
    return dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def commands() -> str:
    """The commands with what they want."""
    rows = [[code(f"cartera {name} {usage(one)}".strip()), one.help.strip()] for name, one in known().items()]
    return table(["command", "what it does"], rows)


def usage(command: Any) -> str:
    """Its arguments; those in brackets may be left out."""
    words = [(p.metavar or p.name.upper(), p.required) for p in command.params if p.param_type_name == "argument"]
    return " ".join(word if needed else f"[{word}]" for word, needed in words)


def options(panel: str) -> str:
    """The options of one group, and the commands that take them."""
    found: dict[str, dict[str, Any]] = {}
    for name, command in known().items():
        for one in command.params:
            if getattr(one, "rich_help_panel", None) == PANELS[panel]:
                found.setdefault(f"{', '.join(one.opts)} {one.help}", {"option": one, "commands": []})[
                    "commands"
                ].append(name)
    rows = [
        [named(each["option"]), each["option"].help, usual(each["option"]), ", ".join(each["commands"])]
        for each in found.values()
    ]
    return table(["option", "meaning", "usually", "commands"], rows)


def named(option: Any) -> str:
    """The option with the kind of word it takes."""
    takes = "" if option.is_flag else f" {option.metavar or 'TEXT'}"
    return ", ".join(code(f"{one}{takes}") for one in option.opts)


def usual(option: Any) -> str:
    """The value it has when it is not given."""
    return code(option.default) if option.default not in (None, False, ...) and not option.required else ""
