"""Which rules did somebody write? Custom segments from a TOML file, or from a dict of the same shape."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cartera.errors import InputError
from cartera.portfolio.custom_reading import COLUMN, EXAMPLES, made, read_rules
from cartera.portfolio.custom_rules import Rules
from cartera.tongue import say


def rules_of(written: Any) -> Rules:
    """The rules in a TOML file or a dict; InputError names the line, the value and the fix."""
    if isinstance(written, Mapping):
        return made(written)
    if not isinstance(written, str | Path):
        fix = f'Pass a file such as "rules.toml", or {{"big": {{"{COLUMN}": "amount", "at_least": 1000}}}}.'
        raise InputError(say("rules are a {found}.", found=type(written).__name__), fix=fix)
    return from_file(Path(written))


def from_file(path: Path) -> Rules:
    """The rules in a TOML file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        fix = f'Write one: ["big clients"] and below it {EXAMPLES[COLUMN].replace(", ", " and on the next line ")}.'
        raise InputError(say("there is no file {path} with rules.", path=repr(str(path))), fix=fix) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(say("the rules cannot be read as text."), where=str(path), fix=f"({problem})") from None
    return read_rules(text, str(path))
