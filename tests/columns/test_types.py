"""Do the columns have the types that were declared, whatever the first rows hold?"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from tests.columns.world import START, publish_invoices
from tests.ledger.facts import named

from cartera.ledger.columns import adbc
from cartera.ledger.columns.building import build
from cartera.ledger.columns.sheets import LINE, SHEETS, VERSIONED, Sheet
from cartera.ledger.columns.typed import from_rows, money, table

if TYPE_CHECKING:
    from cartera.ledger.book import Book

UNPAID = 2_000  # more than the rows from which SQLite's driver guesses


def invoice(number: int, **values: object) -> tuple[dict[str, object], list[dict[str, object]]]:
    told = {
        "invoice_id": f"I{number}", "client_id": "acme", "kind": "invoice", "state": "issued",
        "issued_on": date(2026, 1, 1), "amount": Decimal("0.1"), "currency": "EUR", "more": "{}",
    }  # fmt: skip
    return told | values, []


def read(book: Book, name: str) -> pa.Table:
    """A sheet made from nothing."""
    with adbc.opened(book.alias) as door:
        from cartera.ledger.columns.statements import holding

        sheet = next(one for one in SHEETS if one.name == name)
        statement = holding(sheet, book.workspace_id, book.facts_version)
        parts = [table(sheet, columns) for columns in door.batches(sheet, statement)]
    return pa.concat_tables(parts, promote_options="default")


def test_a_date_after_thousands_of_rows_without_one_is_a_date(book: Book) -> None:
    paid = date(2026, 2, 2)
    given = [invoice(number) for number in range(UNPAID)]
    publish_invoices(book, [*given, invoice(UNPAID, paid_on=paid, credits="I1", open_amount=Decimal("1.5"))], START)
    rows = read(book, "invoices")
    assert rows.num_rows == UNPAID + 1
    assert rows.column("paid_on").type == pa.date32()
    last = rows.filter(pa.compute.equal(rows.column("invoice_id"), f"I{UNPAID}")).to_pylist()[0]
    assert (last["paid_on"], last["credits"], last["open_amount"]) == (paid, "I1", Decimal("1.5000"))


@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)  # PostgreSQL tells the types of its columns
def test_without_a_sentinel_the_types_would_be_guessed(book: Book) -> None:
    """The known-bad twin: what the driver does when nobody tells it."""
    publish_invoices(book, [invoice(number) for number in range(UNPAID)], START)
    with adbc.opened(book.alias) as door, door.connection.cursor() as cursor:
        cursor.execute("SELECT paid_on FROM ledger_invoice")
        assert cursor.fetch_record_batch().schema.field("paid_on").type == pa.int64()


def test_an_empty_workspace_has_columns_without_a_row(book: Book, tmp_path: Path) -> None:
    into = tmp_path / "columns"
    into.mkdir()
    build(book.alias, book.workspace_id, book.facts_version, into)
    assert sorted(path.name for path in into.iterdir()) == ["in-use", "manifest.json"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_table_without_a_row_has_the_declared_types(sheet: Sheet) -> None:
    found = from_rows(sheet, [])
    assert [field.type for field in found.schema] == [cell.type for cell in sheet.cells if cell.name != "more"]


def test_an_empty_workspace_answers(workspace: str) -> None:
    import cartera

    answer = cartera.composition(cartera.open(workspace), day=date(2026, 3, 31))
    assert answer.column("client_count").to_pylist() == [0] * answer.num_rows


def test_clients_without_an_invoice_answer(workspace: str) -> None:
    import cartera
    from cartera.app.workspace.place import open_workspace

    named(open_workspace(workspace), {"C1": "Acme"})
    assert cartera.check(cartera.open(workspace))[0].code == "NEVER_BORN"


@pytest.mark.parametrize("amount", ["0", "-0.0001", "99999999999999.9999", "-99999999999999.9999"])
def test_money_is_exact(amount: str) -> None:
    found = money(pa.array([int(Decimal(amount) * 10_000), None]))
    assert found.to_pylist() == [Decimal(amount), None]
    assert found.slice(1).to_pylist() == [None]


def test_moments_are_kept_to_the_microsecond(book: Book) -> None:
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Mark

    at = datetime.fromisoformat("2026-03-31T23:30:00.000123+02:00")
    with entry(book, "mark", at=START, by="Ana") as made:
        made.put(Mark, "1", client_id="C1", mark="lost", marked_on=date(2026, 3, 31), recorded_at=at)
    assert read(book, "marks").column("recorded_at").to_pylist() == [datetime(2026, 3, 31, 21, 30, 0, 123)]


@pytest.mark.parametrize("sheet", [*VERSIONED, LINE], ids=lambda sheet: sheet.name)
def test_the_sheets_name_the_columns_of_the_ledger(sheet: object) -> None:
    from cartera.ledger import models

    model = {one._meta.db_table: one for one in (*models.FACTS, models.Line)}[sheet.table]
    named_in_sheet = {cell.name for cell in sheet.cells} | {"document", "fulfilled_by", "score", "method", "since_on"}
    assert set(model.COLUMNS) <= named_in_sheet
