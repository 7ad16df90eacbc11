"""Does a column that goes to another table in a newer file make documents look changed? Only those it tells anew."""

from __future__ import annotations

import json

import pytest
from tests.ledger.facts import held
from tests.workspace.importing.bringing import Desk, counts
from tests.workspace.importing.test_mended import mended

from cartera.ledger.models import Client, Invoice, Line

HEAD = "Invoice No,Customer,Date,Amount,{}\n"
OLD = "".join(f"{n},{'Acme' if n % 2 else 'Beta'},2026-01-{n:02},10.00,Lisbon\n" for n in range(1, 21))


def more(desk: Desk) -> dict[str, dict[str, str]]:
    """Number -> further columns, of invoices that have some."""
    return {row.number: json.loads(row.more) for row in held(desk.book, Invoice) if row.more != "{}"}


@pytest.mark.parametrize("column", ["City", "Segment"])
def test_a_client_that_moved_changes_no_document_of_others(desk: Desk, column: str) -> None:
    head = HEAD.format(column)
    desk.imports(head + OLD)
    again = desk.imports(head + OLD + "21,Acme,2026-02-01,5.00,Porto\n")
    new, changed, unchanged = counts(again)
    assert (new, changed + unchanged) == (1, 20)
    assert changed == (10 if column == "City" else 0)  # Acme's older documents keep the city they were sent to
    assert more(desk)["21"] == {column.lower(): "Porto"}
    assert not {str(n) for n in range(2, 21, 2)} & more(desk).keys()
    assert counts(desk.imports(head + OLD + "21,Acme,2026-02-01,5.00,Porto\n22,Beta,2026-02-02,1.00,Lisbon\n"))[:2] == (
        1,
        0,
    )


def test_a_column_of_lines_stays_one_where_no_document_has_two_values(desk: Desk) -> None:
    head = "Invoice No,Customer,Date,Product,Net,Store\n"
    same = "1,Acme,2026-01-01,A,1.00,North\n1,Acme,2026-01-01,B,2.00,North\n2,Acme,2026-01-02,A,1.00,South\n"
    desk.imports(head + same + "3,Beta,2026-01-03,A,1.00,North\n3,Beta,2026-01-03,B,2.00,South\n")
    assert counts(desk.imports(head + same + "4,Beta,2026-01-04,A,1.00,North\n")) == (1, 0, 2)
    lines = Line.objects.using(desk.book.alias).all()
    assert {json.loads(line.more).get("store") for line in lines} == {"North", "South"}


def test_mended_rows_put_a_column_where_their_file_had_it(desk: Desk) -> None:
    head = HEAD.format("Segment")
    desk.imports(head + OLD + "21,Gamma,2026-02-30,5.00,Retail\n", with_rejects=True)
    desk.imports(mended(desk, {"2026-02-30": "2026-02-28"}))
    assert more(desk) == {}
    segments = {row.client_id: json.loads(row.more) for row in held(desk.book, Client)}
    assert segments["Gamma"] == {"segment": "Retail"}
    assert counts(desk.imports(head + OLD + "21,Gamma,2026-02-28,5.00,Retail\n")) == (0, 0, 21)
