"""Who is in a cell of a cross-table? Its classes filter any other question, each as it is among all clients."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.shells.shell import cartera

if TYPE_CHECKING:
    from pathlib import Path

CSV = """client_id,issued_on,amount,rep,abc
a,2026-03-01,900,Ana,theirs
a,2026-02-01,90,Ana,theirs
b,2026-03-02,100,Bo,theirs
b,2026-01-02,60,Bo,theirs
c,2026-03-03,10,Bo,theirs
d,2020-01-01,5,Bo,theirs
"""


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "sold.csv"
    path.write_text(CSV, encoding="utf-8")
    return str(path)


def rows_of(line: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(cartera(f"{line} --day 2026-03-31 --format json").out)
    return rows


def kept(source: str, where: str) -> set[str]:
    return {row["client_id"] for row in rows_of(f"show clients {source} {where}")}


@pytest.mark.thorough
def test_every_cell_lists_as_many_clients_and_as_much_money_as_it_says(source: str) -> None:
    cells = rows_of(f"show cross {source} --by abc --by recurrence")
    assert sum(cell["client_count"] for cell in cells) == 4
    for cell in cells:
        listed = rows_of(f"show clients {source} --where abc={cell['abc']} --where recurrence='{cell['recurrence']}'")
        assert (len(listed), f"{sum(float(row['amount']) for row in listed):.2f}") == (
            cell["client_count"], cell["amount"],
        )  # fmt: skip


@pytest.mark.thorough
def test_a_class_is_the_one_among_all_clients_whatever_else_is_filtered(source: str) -> None:
    assert kept(source, "--where abc=A") == {"a"}
    assert kept(source, "--where abc=B --where rep=Bo") == {"b"}  # among the clients of Bo alone it would be A
    assert kept(source, "--where abc=A --where rep=Bo") == set()
    assert kept(source, "--where abc=A --where abc=B") == {"a", "b"}
    assert kept(source, "--where abc=C --where segment=lost") == {"d"}


def test_a_class_that_there_is_not_is_refused_with_those_there_are(source: str) -> None:
    ended = cartera(f"show clients {source} --where volume=hihg --day 2026-03-31")
    assert ended.status == 2
    assert (
        "--where: unknown volume 'hihg'. Did you mean 'high'? Valid: very high, high, average, low, none." in ended.told
    )
    ended = cartera(f"show balance {source} --where abc=A --day 2026-03-31")
    assert (ended.status, "--where: unknown abc 'A'. Valid: theirs." in ended.told) == (2, True)
