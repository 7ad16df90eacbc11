"""What does every reading promise? Types of the schema, an account that adds up, sentences, keys, no floats."""

from __future__ import annotations

from pathlib import Path

import narwhals as nw
import pyarrow as pa
import pytest
from tests.reader.given import written
from tests.shared import shared

from cartera.facts.schema import TABLES, schema
from cartera.sources.files import Reading, ReadOptions, read_file
from cartera.sources.files.folder import read_folder

FILES = {
    "data/northwind_invoices.csv": {},
    "data/northwind_invoice_lines.csv": {},
    "data/r_rfm_data_orders.csv": {},
    "payloads/files/leadzero.csv": {},
    "payloads/files/fr_cp1252.csv": {"date_order": "dmy"},
    "payloads/files/qbo_sales_by_customer_detail.csv": {"date_order": "mdy"},
}
OWN = {
    "clients.csv": "client_id,name,created_on,interest,segment\nc1,Ann,2020-01-01,yes,gold\nc2,Bob,,0,\n",
    "invoices.csv": "client_id,issued_on,amount,state\nc1,2026-01-31,100.50,\n,2026-02-01,1.000,planned\n",
    "lines.csv": "invoice_id,line_no,product,quantity\ni1,1,Soap,2.5\n",
    "marks.csv": "client_id,mark,marked_on,recorded_at\nc1,lost,2026-05-01,2026-05-01T10:00:00+02:00\n",
}


@pytest.fixture(params=[*FILES, "a folder"])
def reading(request, tmp_path: Path) -> Reading:
    if request.param == "a folder":
        for name, text in OWN.items():
            written(tmp_path, text, name)
        return read_folder(tmp_path)
    return read_file(shared(request.param), ReadOptions(**FILES[request.param]))


def test_columns_of_the_schema_have_its_types_and_others_are_text(reading: Reading) -> None:
    for name, table in reading.tables.items():
        wanted = schema(name)
        for column, found in nw.from_native(table).schema.items():
            money = column in ("unit_price", "discount")
            expected = wanted.get(column, nw.Decimal(18, 4) if money else nw.String)
            assert found == (nw.Datetime("us") if expected == nw.Datetime else expected), f"{name}.{column}"


def test_required_columns_are_there(reading: Reading) -> None:
    for name, table in reading.tables.items():
        assert {field.name for field in TABLES[name] if field.required} <= set(table.schema.names)


def test_every_row_is_accounted_for_and_every_refusal_explained(reading: Reading) -> None:
    counts = reading.counts
    assert counts.rows_in == counts.accepted + counts.rejected + counts.structural
    assert counts.rejected == len(reading.problems)
    assert all(problem.where and problem.hint for problem in reading.problems)


def test_what_was_understood_is_told_in_sentences(reading: Reading) -> None:
    assert reading.understood
    assert all(sentence.endswith(".") for sentence in [*reading.understood, *reading.notices])


def test_ids_are_keys(reading: Reading) -> None:
    for table, key in (("clients", "client_id"), ("invoices", "invoice_id")):
        if table in reading.tables and key in reading.tables[table].schema.names:
            ids = reading.tables[table][key].to_pylist()
            assert len(set(ids)) == len(ids)


def test_no_float_touches_money(reading: Reading) -> None:
    for table in reading.tables.values():
        assert not any(pa.types.is_floating(field.type) for field in table.schema)
