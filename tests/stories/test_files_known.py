"""What must come out of files that others wrote: every figure was counted by independent code."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pyarrow.compute as pc
import pytest
from tests.reader.given import buckets, invoices
from tests.shared import shared

from cartera.errors import Ambiguous
from cartera.sources.files import Reading, ReadOptions, read_file
from cartera.sources.files.amounts import amounts, plan
from cartera.sources.files.interpret import typed
from cartera.sources.files.load import load
from cartera.sources.files.roles import roles_of
from cartera.sources.files.sorting import sort_rows


@cache
def uci() -> Reading:
    return read_file(shared("data", "online_retail_uci.csv.gz"))


def payload(name: str, **options: object) -> Reading:
    return read_file(shared("payloads", "files", name), ReadOptions(**options))


def net(reading: Reading) -> Decimal:
    return pc.sum(reading.tables["invoices"]["amount"]).as_py()


class TestUciOnlineRetail:
    def test_every_row_is_in_one_bucket(self) -> None:
        assert buckets(uci()) == (541_910, 541_909, 0, 1)
        assert uci().counts.equation.startswith("541,909 rows: ")

    def test_documents_and_clients(self) -> None:
        documents = uci().tables["invoices"]
        assert (documents.num_rows, documents["client_id"].null_count) == (25_900, 3_710)
        assert uci().tables["clients"].num_rows == 4_372
        assert uci().tables["lines"].num_rows == 541_909

    def test_money_is_exact(self) -> None:
        documents = uci().tables["invoices"]
        attributed = documents.filter(pc.is_valid(documents["client_id"]))
        assert net(uci()) == Decimal("9747747.934")
        assert pc.sum(attributed["amount"]).as_py() == Decimal("8300065.814")

    def test_credit_notes(self) -> None:
        documents = uci().tables["invoices"]
        notes = documents.filter(pc.equal(documents["kind"], "credit_note"))
        numbered_c = notes.filter(pc.starts_with(notes["number"], "C"))
        assert (numbered_c.num_rows, pc.sum(numbered_c["amount"]).as_py()) == (3_836, Decimal("-896812.49"))
        assert numbered_c["client_id"].null_count == 182
        others = notes.filter(pc.invert(pc.starts_with(notes["number"], "C")))
        assert sorted(others["number"].to_pylist()) == ["A563186", "A563187"]

    def test_lines_keep_their_place_and_sum_to_their_invoice(self) -> None:
        lines = uci().tables["lines"]
        sums = lines.group_by("invoice_id").aggregate([("amount", "sum"), ("line_no", "max"), ("line_no", "count")])
        assert sums["line_no_max"] == sums["line_no_count"]
        of = dict(zip(sums["invoice_id"].to_pylist(), sums["amount_sum"].to_pylist(), strict=True))
        documents = uci().tables["invoices"].select(["invoice_id", "amount"]).to_pylist()
        assert all(of[row["invoice_id"]] == row["amount"] for row in documents)

    def test_a_country_that_differs_stays_with_the_invoice(self) -> None:
        assert "country" in uci().tables["invoices"].schema.names
        assert any(notice.startswith("8 clients differ in Country") for notice in uci().notices)

    def test_the_invoices_file_tells_the_same(self) -> None:
        reading = read_file(shared("data", "online_retail_uci_invoices.csv"))
        kinds = reading.tables["invoices"]["kind"].to_pylist()
        assert (len(kinds), kinds.count("credit_note")) == (22_190, 3_654)
        assert net(reading) == Decimal("8300065.81")
        assert reading.tables["clients"].num_rows == 4_372


@pytest.mark.parametrize("name", ["northwind_invoices.csv", "northwind_invoice_lines.csv"])
def test_northwind_by_its_names_alone(name: str) -> None:
    reading = read_file(shared("data", name))
    assert (reading.tables["invoices"].num_rows, reading.tables["clients"].num_rows) == (830, 89)
    assert net(reading) == Decimal("1265792.93")
    reps = reading.tables["invoices"].group_by("rep").aggregate([("amount", "sum"), ("amount", "count")]).to_pylist()
    peacock = next(row for row in reps if row["rep"] == "Margaret Peacock")
    assert (peacock["amount_count"], peacock["amount_sum"]) == (156, Decimal("232890.83"))
    quick = next(row for row in reading.tables["clients"].to_pylist() if row["client_id"] == "QUICK")
    assert (quick["name"], quick["city"], quick["country"]) == ("QUICK-Stop", "Cunewalde", "Germany")


def test_northwind_lines_keep_product_and_category() -> None:
    reading = read_file(shared("data", "northwind_invoice_lines.csv"))
    first = reading.tables["lines"].to_pylist()[0]
    assert (first["invoice_id"], first["line_no"], first["product"], first["category"]) == (
        "10248", 1, "Queso Cabrales", "Dairy Products",
    )  # fmt: skip
    assert first["amount"] == Decimal(168)


def test_orders_of_the_rfm_package() -> None:
    reading = read_file(shared("data", "r_rfm_data_orders.csv"))
    assert (reading.tables["invoices"].num_rows, reading.tables["clients"].num_rows, net(reading)) == (
        4_906,
        995,
        464_158,
    )


def test_cdnow_once_its_columns_are_named() -> None:
    mapping = {"client": "A", "issued_on": "C", "amount": "E"}
    reading = read_file(shared("data", "lifetimes_CDNOW_sample.txt"), ReadOptions(delimiter="space", mapping=mapping))
    assert (buckets(reading), net(reading)) == ((6_919, 6_919, 0, 0), Decimal("244091.94"))
    assert reading.tables["clients"]["client_id"][0].as_py() == "00004"


class TestQuickBooksReport:
    name = "qbo_sales_by_customer_detail.csv"

    def test_the_date_order_is_asked_with_the_reasons(self) -> None:
        with pytest.raises(Ambiguous) as asked:
            payload(self.name)
        (question,) = asked.value.questions
        assert (question.option, question.preselected) == ("--date-order", "mdy")
        assert question.reasons[0] == "day first puts 2026-03-02 after the report's own date 2026-03-01"

    def test_every_row_has_a_place(self) -> None:
        reading = payload(self.name, date_order="mdy")
        assert buckets(reading) == (15, 3, 0, 12)
        furniture = {"title": 3, "blank": 2, "header": 1, "group": 2, "subtotal": 2, "total": 1, "footer": 1}
        assert reading.counts.structure == furniture

    def test_documents_and_the_reports_own_sums(self) -> None:
        reading = payload(self.name, date_order="mdy")
        assert invoices(reading) == [
            ("Amy's Bird Sanctuary", "2026-01-02", "35"),
            ("Amy's Bird Sanctuary", "2026-02-03", "-100"),
            ("Cool Cars, Inc", "2026-03-01", "2250"),
        ]
        assert reading.tables["invoices"]["kind"].to_pylist() == ["invoice", "credit_note", "invoice"]
        assert [(c.stated, c.agrees) for c in reading.controls][:3] == [
            ("-65.00", True),
            ("2250.00", True),
            ("2185.00", True),
        ]
        assert all(control.agrees for control in reading.controls)


def test_french_cp1252_is_asked_day_first() -> None:
    with pytest.raises(Ambiguous) as asked:
        payload("fr_cp1252.csv")
    assert asked.value.questions[0].preselected == "dmy"
    reading = payload("fr_cp1252.csv", date_order="dmy")
    assert invoices(reading) == [
        ("Société Générale d'Édition", "2026-02-01", "1234.56"),
        ("Café de l'Été", "2026-02-05", "-99.9"),
    ]
    assert set(reading.tables["invoices"]["currency"].to_pylist()) == {"EUR"}
    assert any("N° facture → number" in sentence for sentence in reading.understood)


def test_all_days_up_to_12_are_asked() -> None:
    with pytest.raises(Ambiguous) as asked:
        payload("ambig.csv")
    assert list(asked.value.questions[0].readings) == ["dmy", "mdy"]


@pytest.mark.parametrize(("last", "day"), [(b"31/12/2026", "2026-02-01"), (b"12/31/2026", "2026-01-02")])
def test_one_row_of_30001_decides_the_order(tmp_path, last: bytes, day: str) -> None:
    content = shared("payloads", "files", "ambig_one.csv").read_bytes().replace(b"31/12/2026", last)
    path = tmp_path / "ambig_one.csv"
    path.write_bytes(content.replace(b"C0,INV-0000,01/01/2026", b"C0,INV-0000,01/02/2026"))
    reading = read_file(path)
    assert buckets(reading) == (30_002, 30_001, 0, 1)
    assert invoices(reading)[0][1] == day
    assert any(f"decided by {last.decode()} in line 30002" in sentence for sentence in reading.understood)


def test_codes_keep_their_zeros() -> None:
    reading = payload("leadzero.csv")
    assert reading.tables["clients"]["client_id"].to_pylist() == ["007", "012"]
    assert reading.tables["invoices"]["number"].to_pylist() == ["0001", "0002"]


def test_rows_of_wrong_width_never_change_the_delimiter() -> None:
    """The file has no dates, so only the step that sorts rows sees it."""
    grid, options = load(shared("payloads", "files", "badrow.csv"), ReadOptions()), ReadOptions()
    roles = roles_of(grid, {"client_id": "a", "quantity": "b", "unit_price": "c"})
    columns, formula = typed(grid, roles, options), plan(grid, roles, options)
    found = sort_rows(columns, amounts(columns, formula, options), formula, [])
    account = found.account(grid)
    assert (account.rows_in, account.accepted, account.rejected, account.structural) == (55, 51, 3, 1)
    assert [(p.code, p.where, p.column, p.value) for p in found.problems] == [
        ("TOO_SHORT", "badrow.csv, line 3", "", "4,5"),
        ("TOO_LONG", "badrow.csv, line 4", "", "6,7,8,9"),
        ("BAD_NUMBER", "badrow.csv, line 5", "b", "x"),
    ]
