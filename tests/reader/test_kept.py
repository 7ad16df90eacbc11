"""Do the documented columns of the tables that a workspace keeps beside its facts exist?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cartera.facts.schema import KEPT

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "facts.md"


@pytest.mark.parametrize("table", KEPT)
def test_the_page_names_every_column(table: str) -> None:
    row = next(line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{table}` |"))
    columns = row.split("|")[2]
    assert re.findall(r"`(\w+)`", columns) == [field.name for field in KEPT[table]]
    assert set(re.findall(r"\*\*`(\w+)`", columns)) == {field.name for field in KEPT[table] if field.required}
