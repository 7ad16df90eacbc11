"""What do the words of types and states mean, the known ones and those that a person explains?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reader.given import invoices, read, refused

HEADER = "client,number,date,net,type,status\n"


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Venda a dinheiro", "invoice"),
        ("Recibo", "invoice"),
        ("Facture d'acompte", "invoice"),
        ("Avoir", "credit_note"),
    ],
)
def test_types(tmp_path: Path, word: str, kind: str) -> None:
    reading = read(tmp_path, f"{HEADER}A,1,2026-01-31,5,{word},Paid\nA,2,2026-01-31,5,Invoice,Paid\n")
    assert reading.tables["invoices"]["kind"].to_pylist() == [kind, "invoice"]


@pytest.mark.parametrize("word", ["Accepté", "Aceptado", "Aceito", "Accepted"])
def test_an_accepted_estimate_is_planned(tmp_path: Path, word: str) -> None:
    reading = read(tmp_path, f"{HEADER}A,1,2026-01-31,5,Invoice,{word}\n")
    assert reading.tables["invoices"]["state"].to_pylist() == ["planned"]


def test_a_word_can_be_explained(tmp_path: Path) -> None:
    cells = ("5,Invoice,Paid", "7,Barter,On hold", "7,Gift,Paid", "0,Credit,Paid")
    rows = "".join(f"A,{number},2026-01-31,{rest}\n" for number, rest in enumerate(cells))
    reading = read(tmp_path, HEADER + rows)
    assert refused(reading) == [
        ("UNKNOWN_TYPE", "line 3", "type", "Barter"),
        ("UNKNOWN_TYPE", "line 4", "type", "Gift"),
    ]
    assert '--map "kind:WORD=invoice"' in reading.problems[0].hint
    told = {"kind:Barter": "credit note", "state:on hold": "planned", "type:Gift": "left out"}
    mapped = read(tmp_path, HEADER + rows, mapping=told)
    assert [amount for *_, amount in invoices(mapped)] == ["5", "-7", "0"]
    assert mapped.tables["invoices"]["state"].to_pylist() == ["issued", "planned", "issued"]
    assert (mapped.problems, mapped.counts.left_out) == ([], 1)


def test_a_column_of_nothing_but_explained_words_is_a_type(tmp_path: Path) -> None:
    reading = read(tmp_path, f"{HEADER}A,1,2026-01-31,5,Barter,Paid\n", mapping={"kind:Barter": "credit_note"})
    assert reading.tables["invoices"]["kind"].to_pylist() == ["credit_note"]


def test_the_empty_date_of_a_program_is_told(tmp_path: Path) -> None:
    rows = "A,2026-01-31,2026-02-28,1\nB,0001-01-01,2026-02-28,1\nC,2026-01-31,0001-01-01 00:00:00,1\n"
    reading = read(tmp_path, f"client,date,due date,net\n{rows}")
    assert [(code, value) for code, _, _, value in refused(reading)] == [
        ("BAD_DATE", "0001-01-01"),
        ("BAD_DATE", "0001-01-01 00:00:00"),
    ]
    assert {problem.hint for problem in reading.problems} == {
        "This is a program's empty date: leave the cell empty where it may be, or write the real day."
    }
