"""What do questions receive from a table of any kind? The schema's columns in its types, defaults, then dimensions."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import narwhals as nw
import pyarrow as pa
import pytest
from tests.engines.kinds import Kind, every_engine, every_kind, relation
from tests.portfolios import arrow_type

from cartera.engine import arrow, open_facts
from cartera.facts.schema import TABLES, schema
from cartera.facts.tables import Facts
from cartera.portfolio.rounding import half_up

TEN = Decimal("10.0000")
SMALL: dict[str, list[Any]] = {"client_id": ["a"], "issued_on": [date(2024, 1, 31)], "amount": [TEN]}


def small(**columns: list[Any]) -> pa.Table:
    """One invoice of client a, or as many as the columns given have rows."""
    rows = max((len(column) for column in columns.values()), default=1)
    return pa.table({name: values * rows for name, values in SMALL.items()} | columns)


def column(kind: Kind, name: str, table: pa.Table) -> list[Any]:
    """One column of the invoices once they are open, in the order of their numbers."""
    rows = arrow(open_facts(Facts(invoices=kind(table))).invoices.select("invoice_id", name)).to_pylist()
    return [row[name] for row in sorted(rows, key=lambda row: int(row["invoice_id"]))]


@every_kind
def test_three_columns_are_enough(kind: Kind) -> None:
    facts = open_facts(Facts(invoices=kind(small())))
    for name in TABLES:
        found = arrow(getattr(facts, name)).schema
        assert found == pa.schema([(column, arrow_type(dtype)) for column, dtype in schema(name).items()]), name


@every_kind
def test_what_a_source_does_not_say_is_filled_in(kind: Kind) -> None:
    facts = open_facts(Facts(invoices=kind(small(amount=[TEN, -TEN, None]))))
    rows = arrow(facts.invoices.select("kind", "state", "currency", "known_on", "credits")).to_pylist()
    assert sorted(row["kind"] for row in rows) == ["credit_note", "invoice", "invoice"]
    assert {(row["state"], row["currency"], row["known_on"], row["credits"]) for row in rows} == {
        ("issued", "XXX", None, None)
    }


@every_kind
def test_every_row_without_an_id_gets_one(kind: Kind) -> None:
    facts = open_facts(Facts(invoices=kind(small(amount=[TEN] * 4))))
    ids = arrow(facts.invoices.select("invoice_id"))["invoice_id"].to_pylist()
    assert len(set(ids)) == 4
    assert "1" in ids


@every_kind
def test_ids_that_are_there_are_left_alone(kind: Kind) -> None:
    facts = open_facts(Facts(invoices=kind(small(invoice_id=["7", "7", None]))))
    assert sorted(arrow(facts.invoices)["invoice_id"].to_pylist(), key=str) == ["7", "7", None]


@every_kind
def test_gaps_are_filled_and_values_kept(kind: Kind) -> None:
    table = small(
        invoice_id=["1", "2", "3"],
        kind=["invoice", None, "credit_note"],
        state=["planned", None, "void"],
        currency=["EUR", None, "USD"],
    )
    assert column(kind, "kind", table) == ["invoice", "invoice", "credit_note"]
    assert column(kind, "state", table) == ["planned", "issued", "void"]
    assert column(kind, "currency", table) == ["EUR", "XXX", "USD"]


@every_kind
def test_a_negative_invoice_is_a_credit_note(kind: Kind) -> None:
    table = small(invoice_id=["1", "2", "3"], kind=["invoice", None, "invoice"], amount=[-TEN, -TEN, TEN])
    assert column(kind, "kind", table) == ["credit_note", "credit_note", "invoice"]


def test_the_currency_to_report_in_stands_in_for_a_missing_one() -> None:
    facts = open_facts(Facts(invoices=small(currency=["USD", None]), currency="EUR"))
    assert sorted(arrow(facts.invoices)["currency"].to_pylist()) == ["EUR", "USD"]


@every_kind
@pytest.mark.parametrize(
    "amounts",
    [
        pytest.param([1.25, -0.1, None], id="floats"),
        pytest.param(["1.25", "-0.1000", None], id="text"),
        pytest.param([Decimal("1.25"), Decimal("-0.10"), None], id="cents"),
        pytest.param(pa.array([Decimal("1.250000"), Decimal("-0.100000"), None], pa.decimal128(20, 6)), id="long"),
    ],
)
def test_money_of_any_kind_has_four_places(kind: Kind, amounts: Any) -> None:
    table = small(invoice_id=["1", "2", "3"]).set_column(2, "amount", pa.array(amounts))
    assert column(kind, "amount", table) == [Decimal("1.2500"), Decimal("-0.1000"), None]


@every_kind
def test_floats_are_rounded_to_the_nearest_fourth_place(kind: Kind) -> None:
    table = small(invoice_id=["1", "2"], amount=[0.1 + 0.2, -2.67496])
    assert column(kind, "amount", table) == [Decimal("0.3000"), Decimal("-2.6750")]


@every_kind
def test_whole_amounts_are_money(kind: Kind) -> None:
    assert column(kind, "amount", small(invoice_id=["1"], amount=[12])) == [Decimal("12.0000")]


@every_kind
@pytest.mark.parametrize(
    "days",
    [
        pytest.param(["2024-02-29", None], id="text"),
        pytest.param([datetime(2024, 2, 29, 23, 59), None], id="timestamps"),
        pytest.param(pa.array([datetime(2024, 2, 29), None], pa.timestamp("ms")), id="milliseconds"),
    ],
)
def test_timestamps_and_iso_text_are_days(kind: Kind, days: Any) -> None:
    table = small(invoice_id=["1", "2"]).set_column(1, "issued_on", pa.array(days))
    assert column(kind, "issued_on", table) == [date(2024, 2, 29), None]


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
@pytest.mark.parametrize("kind_name", ["arrow_table", "polars_lazy", "pandas_frame"])
def test_a_day_is_the_one_on_the_wall_clock_where_it_was_written(zone: str, kind_name: str) -> None:
    from tests.engines import kinds

    late = datetime(2024, 1, 31, 23, 30, tzinfo=ZoneInfo(zone))
    early = datetime(2024, 2, 1, 0, 30, tzinfo=ZoneInfo(zone))
    written = pa.array([late, early], pa.timestamp("us", zone))
    table = small(invoice_id=["1", "2"]).set_column(1, "issued_on", written)
    assert column(getattr(kinds, kind_name), "issued_on", table) == [date(2024, 1, 31), date(2024, 2, 1)]


def test_a_day_of_a_relation_is_the_one_of_its_session() -> None:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'America/New_York'")
    moment = "TIMESTAMPTZ '2024-02-01 04:30:00+00' AS issued_on"
    facts = open_facts(Facts(invoices=connection.sql(f"SELECT 'a' AS client_id, {moment}, 1 AS amount")))
    assert arrow(facts.invoices)["issued_on"].to_pylist() == [date(2024, 1, 31)]


@every_kind
@pytest.mark.parametrize("ids", [[17850, 12345678, None], [17850.0, 12345678.0, None], ["17850", "12345678", None]])
def test_client_ids_are_text_without_a_fraction(kind: Kind, ids: list[Any]) -> None:
    table = small(invoice_id=["1", "2", "3"]).set_column(0, "client_id", pa.array(ids))
    assert column(kind, "client_id", table) == ["17850", "12345678", None]


@every_kind
def test_an_empty_column_is_of_its_type(kind: Kind) -> None:
    table = small(invoice_id=["1", "2"], void_on=[None, None], base_amount=[None, None], rep=[None, None])
    found = arrow(open_facts(Facts(invoices=kind(table))).invoices).schema
    assert found.field("void_on").type == pa.date32()
    assert found.field("base_amount").type == pa.decimal128(18, 4)
    assert found.field("rep").type == pa.string()


@every_kind
def test_other_columns_follow_as_dimensions(kind: Kind) -> None:
    facts = open_facts(Facts(invoices=kind(small(channel=["web"], weight=[2.5]))))
    names = facts.invoices.collect_schema().names()
    assert names == [*schema("invoices"), "channel", "weight"]
    assert arrow(facts.invoices)["channel"].to_pylist() == ["web"]


@every_kind
def test_tables_of_other_kinds_move_in(kind: Kind) -> None:
    marks = pa.table({"client_id": ["a"], "mark": ["lost"], "marked_on": [date(2024, 2, 2)]})
    facts = open_facts(Facts(invoices=kind(small()), marks=marks, clients=relation(pa.table({"client_id": ["a"]}))))
    rows = facts.invoices.join(facts.marks, on="client_id").join(facts.clients, on="client_id")
    assert arrow(rows.select("client_id", "mark")).to_pylist() == [{"client_id": "a", "mark": "lost"}]


def test_facts_are_opened_once() -> None:
    facts = open_facts(Facts(invoices=small()))
    assert open_facts(facts) is facts


def test_a_column_in_its_type_is_not_cast() -> None:
    table = pa.table({name: pa.array([], arrow_type(dtype)) for name, dtype in schema("invoices").items()})
    sql = open_facts(Facts(invoices=relation(table))).invoices.to_native().sql_query()
    assert "CAST(" not in sql


@every_engine
def test_a_small_table_goes_in_and_comes_out(kind: Kind) -> None:
    engine = open_facts(Facts(invoices=kind(small()))).room
    columns = {"on": [date(2024, 2, 29), None], "name": ["it's", None], "n": [1, 2], "is_so": [True, None]}
    types = {"on": nw.Date, "name": nw.String, "n": nw.Int64, "is_so": nw.Boolean, "share": nw.Float64}
    made = engine.table({**columns, "share": [None, None]}, types)
    assert sorted(engine.rows(made), key=lambda row: row["n"]) == [
        {"on": date(2024, 2, 29), "name": "it's", "n": 1, "is_so": True, "share": None},
        {"on": None, "name": None, "n": 2, "is_so": None, "share": None},
    ]
    assert str(arrow(made).schema.field("share").type) == "double", "a column of blanks keeps its type"


@every_engine
def test_halves_are_rounded_up_everywhere(kind: Kind) -> None:
    engine = open_facts(Facts(invoices=kind(small()))).room
    halves = engine.table({"n": [0.5, 1.5, 2.5, 3.25, 3.3499]}, {"n": nw.Float64})
    told = arrow(halves.select(whole=half_up(nw.col("n")), tenth=half_up(nw.col("n"), 1)).sort("tenth"))
    assert told.to_pydict() == {"whole": [1, 2, 3, 3, 3], "tenth": [0.5, 1.5, 2.5, 3.3, 3.3]}


@every_engine
def test_kept_rows_join_with_the_tables(kind: Kind) -> None:
    facts = open_facts(Facts(invoices=kind(small(client_id=["a", "b"]))))
    kept = facts.room.keep(facts.invoices.group_by("client_id").agg(n=nw.len()))
    joined = facts.invoices.join(kept, on="client_id").select("client_id", "n")
    assert arrow(joined).sort_by("client_id").to_pylist() == [{"client_id": c, "n": 1} for c in "ab"]


@every_engine
def test_answers_have_the_same_types_everywhere(kind: Kind) -> None:
    facts = open_facts(Facts(invoices=kind(small(amount=[TEN, TEN]))))
    answer = arrow(
        facts.invoices.group_by("client_id").agg(
            n=nw.len(),
            total=nw.col("amount").sum(),
            last=nw.col("issued_on").max(),
            ids=nw.col("invoice_id").n_unique(),
        )
    )
    assert [str(field.type) for field in answer.schema] == [
        "string", "int64", "decimal128(38, 4)", "date32[day]", "int64",
    ]  # fmt: skip
