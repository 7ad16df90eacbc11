"""How do rules become a text and a text rules? As the numbers of a policy, one a line, in TOML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any


def text_of(policy: Any) -> str:
    """The policy as TOML: its family and all its numbers."""
    numbers = ((one.name, getattr(policy, one.name)) for one in fields(policy))
    lines = (f"{name} = {_toml(value)}" for name, value in numbers)
    return "\n".join([f"policy = {_toml(policy.name)}", *lines, ""])


def policy_of(family: str, numbers: Mapping[str, str]) -> Any:
    """The policy of a family with these numbers as people typed them; those left out are the usual ones.

    PolicyError: a number that is none, or numbers that contradict each other.
    """
    from cartera.portfolio.policy import read_policy

    typed = (f"{name} = {_typed(value)}" for name, value in numbers.items() if value.strip())
    return read_policy("\n".join([f"policy = {_toml(family)}", *typed]), "rules")


def _typed(text: str) -> str:
    bare = text.strip()
    return str(int(bare)) if bare.isascii() and bare.isdecimal() else _toml(bare)


def _toml(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
