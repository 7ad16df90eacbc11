"""Does every call that the guide shows work as it says? Each is made, in order; its answer has what is shown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.web.calling import Caller, key

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "api.md"
BLOCK = re.compile(r"^```(text|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def has(shown, answered, where=""):
    """Everything that is shown is in the answer, and of the same kind."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            assert name in answered, f"{where}.{name}"
            has(value, answered[name], f"{where}.{name}")
    elif isinstance(shown, list):
        assert isinstance(answered, list), where
        for one, other in zip(shown, answered, strict=False):
            has(one, other, f"{where}[]")
    elif shown is not None and answered is not None:
        assert type(shown) is type(answered), where


@pytest.mark.thorough
def test_every_call_of_the_guide(own_site):
    caller, answer = Caller(key(own_site)), None
    for language, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if language == "json":
            has(json.loads(text), answer.json())
            continue
        for line in text.splitlines():
            answer = caller.call(line)
