"""How are credit notes known? By their type, by the prefix of a known layout, and by what its authors call positive."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from tests.reader.given import invoices, read, written

from cartera.sources.files import Reading, ReadOptions
from cartera.sources.files.amounts import amounts, plan
from cartera.sources.files.interpret import typed
from cartera.sources.files.load import load
from cartera.sources.files.profiles import Profile
from cartera.sources.files.roles import roles_of
from cartera.sources.files.rows import Chosen, chosen
from cartera.sources.files.sorting import sort_rows

SAGE = "Type,Account Reference,Nominal,Date,Reference,Details,Net Amount,Tax Amount\n"


def turned(reading: Reading) -> str:
    """What is told of the signs."""
    return next(notice for notice in reading.notices if "positive in the file" in notice)


def test_credits_of_a_sage_audit_trail_are_positive(tmp_path: Path) -> None:
    rows = "SI,ACME,4000,31/01/2026,1,Work,100.00,20.00\n" + "".join(
        f"SC,ACME,4000,{day}/02/2026,{day},Back,{amount},0\n" for day, amount in ((13, "30.00"), (14, "5.00"))
    )
    reading = read(tmp_path, SAGE + rows)
    assert [amount for *_, amount in invoices(reading)] == ["100", "-30", "-5"]
    assert turned(reading).startswith("All 2 rows of credit notes are positive in the file")


def test_one_that_somebody_typed_negative_does_not_turn_the_others_around(tmp_path: Path) -> None:
    rows = "SI,ACME,4000,31/01/2026,1,Work,100.00,20.00\n" + "".join(
        f"SC,ACME,4000,{day}/02/2026,{day},Back,{amount},0\n" for day, amount in ((13, "30"), (14, "7"), (15, "-5"))
    )
    reading = read(tmp_path, SAGE + rows)
    assert [amount for *_, amount in invoices(reading)] == ["100", "-30", "-7", "-5"]
    assert turned(reading).startswith("2 of 3 rows of credit notes are positive in the file")


def picked(path: Path, profile: Profile | None) -> Chosen:
    """The rows of the file as read under a layout."""
    options = ReadOptions()
    grid = load(path, options)
    roles = replace(roles_of(grid, {}), profile=profile)
    how, made = typed(grid, roles, options), plan(grid, roles, options)
    money = amounts(how, made, options)
    return chosen(how, sort_rows(how, money, made, []), money.array, pa.nulls(grid.height, pa.string()))


@pytest.mark.parametrize(
    ("prefix", "kinds", "notice"),
    [
        ("GS", [None, "credit_note", None], ["Numbers that begin with GS are credit notes (1 row)."]),
        ("C", [None, None, "credit_note"], ["Numbers that begin with C are credit notes (1 row)."]),
        ("", [None, None, None], []),
    ],
)
def test_the_prefix_is_the_layouts_own(tmp_path: Path, prefix: str, kinds: list[str | None], notice: list[str]) -> None:
    path = written(tmp_path, "client,number,date,net\nA,1,2026-01-31,9\nA,GS-2,2026-01-31,4\nA,C3,2026-01-31,4\n")
    found = picked(path, Profile("own", (), credit_prefix=prefix) if prefix else None)
    assert (found.rows.kind.to_pylist(), found.notices) == (kinds, notice)
    assert found.rows.amount[0].as_py() == Decimal(9)
