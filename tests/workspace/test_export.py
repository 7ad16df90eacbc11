"""Do the tables that a workspace exports say what it says, are they safe to open, and are they read as they were?"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.facts import imported, invoice_rows, moment
from tests.shells.shell import cartera

from cartera.app.export.tables import write_table
from cartera.app.scope import EVERYTHING, Scope
from cartera.app.workspace.deciding.journal import audit
from cartera.app.workspace.export import export
from cartera.app.workspace.place import open_workspace
from cartera.errors import CarteraError
from cartera.facts.guard import FORMULA_STARTS, escaped, guarded, unguarded
from cartera.ledger.entry import entry
from cartera.ledger.models import Client, Invoice, Mark
from cartera.ledger.stage import document_of, write_lines
from cartera.sources.files.folder import read_folder

HOSTILE = [
    "=1+1",
    "'=1+1",
    "''=1+1",
    "+49 30",
    "-5",
    "@x",
    "\uff1d1",
    "'",
    "a\rb",
    'say "hi", twice',
    "two\nlines",
    "007",
    "1e5",
]


@pytest.fixture
def kept(workspace):
    book = open_workspace(workspace)
    imported(book, invoice_rows({f"i{one:02}": Decimal(one) / 7 for one in range(1, 30)}))
    with entry(book, "import", at=moment(1), by="Ana") as made:
        for number, name in enumerate(HOSTILE):
            made.put(Client, f"c{number}", source="file", client_id=f"c{number}", name=name, city=name)
        told = {"marked_on": date(2026, 3, 1), "recorded_at": datetime(2026, 3, 1, 9, tzinfo=UTC), "by": "=Ana"}
        made.put(Mark, "c1", client_id="c1", mark="lost", note="+1", **told)
    return workspace


@pytest.mark.thorough
@pytest.mark.parametrize("words", ["", "--raw", "--format parquet"])
def test_exported_tables_answer_as_the_workspace_does(kept, tmp_path, words):
    folder = tmp_path / "tables"
    ended = cartera(f"export -w {kept} --output {folder} {words}")
    assert (ended.status, ended.out) == (
        0,
        f"Exported into {folder}: {len(HOSTILE)} clients, 29 invoices, 1 mark.\n"
        f"To read it: cartera show composition {folder}\n",
    )
    for view in ("activity", "composition"):
        asked = f"show {view} {{}} --day 2026-04-30 --format json --currency EUR"
        assert cartera(asked.format(folder)).out == cartera(asked.format(kept)).out, view
    found = read_folder(folder).tables["clients"].to_pylist()
    assert {row["client_id"]: (row["name"], row["city"]) for row in found} == {
        f"c{number}": (name, name) for number, name in enumerate(HOSTILE)
    }


def test_no_cell_of_an_export_is_live(kept, tmp_path):
    export(EVERYTHING, kept, str(tmp_path / "tables"))
    for path in (tmp_path / "tables").iterdir():
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                assert not [cell for cell in row if cell.startswith(FORMULA_STARTS) and not is_number(cell)]


def test_an_export_replaces_nothing(kept, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Ana")
    for name in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(CarteraError, match="is there already"):
            export(EVERYTHING, kept, str(name))


def test_an_export_is_in_the_audit(kept, tmp_path):
    export(EVERYTHING, kept, str(tmp_path / 'tables "all"'), by="Ana")
    from cartera.ledger.models import AuditEntry

    book = open_workspace(kept)
    told = audit(EVERYTHING, book, day=date(2026, 3, 31)).rows.to_pylist()
    assert told[0]["verb"] == "export"
    assert AuditEntry.objects.using(book.alias).order_by("-number").first().verb == "export"


@given(st.text())
def test_guarding_is_undone_exactly(text):
    assert unguarded(guarded(text)) == unguarded(escaped(text)) == text
    assert not guarded(text).startswith(FORMULA_STARTS)


texts = st.one_of(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8),
    st.sampled_from(HOSTILE),
    st.builds(
        str.__add__, st.sampled_from([*FORMULA_STARTS, "'", "'="]), st.text(st.sampled_from("a=1'\""), min_size=1)
    ),
).filter(lambda text: text.strip() == text != "")
money = st.decimals(-99_999_999_999_999, 99_999_999_999_999, places=4)
days = st.dates(date(1990, 1, 1), date(2099, 12, 31))
invoice = st.tuples(texts, days, st.one_of(st.none(), money), texts)


@pytest.mark.thorough
@pytest.mark.parametrize("raw", [False, True])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(invoice, min_size=1, max_size=8))
def test_what_is_written_is_what_is_read(tmp_path_factory, raw, rows):
    folder: Path = tmp_path_factory.mktemp("tables")
    names = ("client_id", "issued_on", "amount", "colour")
    table = pa.table(
        dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)),
        pa.schema(
            [
                ("client_id", pa.string()),
                ("issued_on", pa.date32()),
                ("amount", pa.decimal128(18, 4)),
                ("colour", pa.string()),
            ]
        ),
    )
    write_table(table, folder / "invoices.csv", raw=raw)
    found = read_folder(folder).tables["invoices"]
    assert found.select(names).to_pylist() == table.to_pylist()


def test_the_same_facts_are_the_same_bytes(kept, tmp_path):
    for kind in ("csv", "parquet"):
        for name in ("one", "two"):
            export(EVERYTHING, kept, str(tmp_path / kind / name), kind=kind)
        for path in (tmp_path / kind / "one").iterdir():
            assert path.read_bytes() == (tmp_path / kind / "two" / path.name).read_bytes()
    assert pq.read_table(tmp_path / "parquet" / "one" / "invoices.parquet").num_rows == 29


def is_number(cell: str) -> bool:
    try:
        Decimal(cell)
    except ArithmeticError:
        return False
    return True


@pytest.mark.parametrize(("grants", "has_costs"), [((), False), (("margin",), True)])
def test_costs_go_along_for_who_may_see_margins(workspace, tmp_path, grants, has_costs):
    book = open_workspace(workspace)
    write_lines(book, [(document_of(1, 1), 1, "Soap", None, "1", 400_000, 250_000, "{}")])
    told = {"kind": "invoice", "state": "issued", "issued_on": date(2026, 3, 1), "amount": Decimal(40)}
    with entry(book, "import", at=moment(1), by="Ana") as made:
        more = {"client_id": "c1", "invoice_id": "i1", "currency": "EUR", "document": document_of(1, 1)}
        made.put(Invoice, "i1", source="file", **told, **more)
    export(Scope(may=frozenset({"show", "export", *grants})), workspace, str(tmp_path / "tables"), by="Ana")
    heads = (tmp_path / "tables" / "lines.csv").read_text().splitlines()[0].split(",")
    assert ("cost" in heads, "product" in heads) == (has_costs, True)
