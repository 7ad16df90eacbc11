"""How does the change of a share read? In points: 60 % after 50 % are 10 points more, not 10 %."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.shells.shell import cartera

if TYPE_CHECKING:
    from pathlib import Path

CSV = """client_id,issued_on,amount
a,2025-06-01,60
b,2025-06-02,40
a,2024-06-03,50
b,2024-06-04,50
"""


def asked(tmp_path: Path, view: str) -> str:
    (tmp_path / "sold.csv").write_text(CSV, encoding="utf-8")
    return cartera(f"show {view} {tmp_path / 'sold.csv'} --day 2026-03-31").out


def test_concentration_changed_by_points(tmp_path: Path) -> None:
    [top] = [line.split() for line in asked(tmp_path, "concentration").splitlines() if "  Top 1  " in line]
    assert top[-6:] == ["60.0", "%", "50.0", "%", "+10.0", "points"]


def test_a_share_among_the_figures_changed_by_points_and_money_by_money(tmp_path: Path) -> None:
    lines = {line.split()[0]: line.split() for line in asked(tmp_path, "figures").splitlines() if line}
    assert lines["completion"][-2:] == ["+0.0", "points"]
    assert lines["sales_365"][-3:] == ["100.00", "100.00", "0.00"]
