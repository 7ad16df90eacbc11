"""Which filters has somebody saved? Rules in a TOML file, and the question about them as a Python user asks it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cartera.app.given import KOPILOT, Where, checked, given, opened
from cartera.errors import InputError, UnknownNameError
from cartera.facts.tables import Facts
from cartera.portfolio import custom as _custom
from cartera.portfolio.custom_reading import COLUMN, EXAMPLES, made, read_rules
from cartera.portfolio.custom_rules import Rules
from cartera.portfolio.policy import AnyPolicy

CLIENT = "client_id"


@checked
def custom(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    rules: str | Path | Mapping[str, Any] | None = None,
    by: str | None = None,
    where: Where | None = None,
) -> Any:
    """Clients and money of every custom segment; with `by="client_id"` one row per client in it: see
    `portfolio.custom`. rules: a TOML file, or a dict of the same shape; our examples when None.
    """
    if by not in (None, CLIENT):
        raise UnknownNameError("column", str(by), (CLIENT,), where="by")
    found = opened(facts, where, day)
    ask = _custom.custom_clients if by else _custom.custom
    return given(found, ask(found, day=day, policy=policy, rules=None if rules is None else rules_of(rules)))


def rules_of(written: Any) -> Rules:
    """The rules in a TOML file or a dict; InputError names the line, the value and the fix."""
    if isinstance(written, Mapping):
        return made(written)
    if not isinstance(written, str | Path):
        fix = f'Pass a file such as "rules.toml", or {{"big": {{"{COLUMN}": "amount", "at_least": 1000}}}}.'
        raise InputError(f"rules are a {type(written).__name__}.", fix=fix)
    return from_file(Path(written))


def from_file(path: Path) -> Rules:
    """The rules in a TOML file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        fix = f'Write one: ["big clients"] and below it {EXAMPLES[COLUMN].replace(", ", " and on the next line ")}.'
        raise InputError(f"there is no file {str(path)!r} with rules.", fix=fix) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError("the rules cannot be read as text.", where=str(path), fix=f"({problem})") from None
    return read_rules(text, str(path))
