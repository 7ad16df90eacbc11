"""Which numbers are in force? A policy by name, or written in a TOML file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cartera.errors import PolicyError, UnknownNameError
from cartera.tongue import say

NAMES = ("kopilot", "salescope")
STANDARD = NAMES[0]


def policy(text: str) -> Any:
    """The policy called `text`, or the one in the file `text` when it ends in .toml."""
    from cartera.portfolio.policy import Policy

    if text in NAMES:
        return getattr(Policy, text)()
    if text.lower().endswith(".toml"):
        return from_file(Path(text))
    raise UnknownNameError("policy", text, (*NAMES, "a FILE.toml"))


def from_file(path: Path) -> Any:
    """The policy in a TOML file; PolicyError names the line, the value and the fix."""
    from cartera.portfolio.policy import read_policy

    try:
        written = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PolicyError(
            say("there is no policy file {path}.", path=repr(str(path))),
            fix=say("Valid names: {names}.", names=", ".join(NAMES)),
        ) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise PolicyError(say("the policy cannot be read as text."), where=str(path), fix=f"({problem})") from None
    return read_policy(written, str(path))
