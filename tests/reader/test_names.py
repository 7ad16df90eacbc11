"""By which names is a column known, and what becomes of a file whose columns have none?"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reader.given import invoices, read

from cartera.errors import Ambiguous
from cartera.sources.files import Reading

ALONE = "No number column: each row is an invoice of its own (--map number=NAME names it)."
COUNTED = ALONE.replace("No number column", "no only counts the rows")
NUMBERS = (
    "Nº de factura", "Nº NF", "Nº", "N.º", "Nº Pedido", "No", "No.", "Nro", "#", "Bill no", "Commande", "N° de pièce",
    "Documento", "Document", "Doc", "Nro. de Factura", "Núm. pedido", "Numero della fattura", "Rechnungs-Nr.", "№",
    "Invoice #", "Fatura nº", "Nº Fatura", "Fatura n.º", "N.º da Fatura", "Facture n°", "Rechnung Nr.", "Fattura n.",
    "Nota Fiscal nº",
)  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_lines_of_one_number_are_one_invoice(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, f"Cliente,{name},Fecha,Neto\nA,F7,2026-01-31,1\nA,F7,2026-01-31,2\nA,F8,2026-01-31,4\n")
    assert invoices(reading) == [("A", "2026-01-31", "3"), ("A", "2026-01-31", "4")]
    assert not reading.notices


def test_a_column_of_documents_may_tell_the_type(tmp_path: Path) -> None:
    reading = read(tmp_path, "Cliente,Documento,Fecha,Neto\nA,Factura,2026-01-31,9\nA,Abono,2026-02-01,-4\n")
    assert reading.tables["invoices"]["kind"].to_pylist() == ["invoice", "credit_note"]


NETS = (
    "Total sem IVA", "Valor sem IVA", "Total s/ IVA", "Base tributável", "Montant HT", "Total HT", "Total hors taxes",
    "Importe sin IVA", "Total sin IVA", "Base imponible", "Netto", "Betrag netto", "Gesamt netto", "Importo netto",
    "Totale IVA esclusa", "Bedrag excl. BTW", "Totaal excl. btw", "Amount excl. VAT",
)  # fmt: skip


@pytest.mark.parametrize("name", NETS)
def test_an_amount_without_tax_is_net_in_every_language(tmp_path: Path, name: str) -> None:
    reading = read(tmp_path, f"Cliente,Fatura nº,Data,{name},IVA,Total\nA,F7,2026-01-31,100,23,123\n")
    assert invoices(reading) == [("A", "2026-01-31", "100")]
    assert not reading.notices


@pytest.mark.parametrize("number", ["NIF", "Registo"])
def test_a_column_of_ids_is_not_offered_as_the_amount(tmp_path: Path, number: str) -> None:
    text = f"Cliente,{number},Data,Facturado,Saldo\nA,508123456,2026-01-31,10.50,1\nB,508123457,2026-01-31,5.20,22\n"
    with pytest.raises(Ambiguous) as asked:
        read(tmp_path, text)
    (question,) = asked.value.questions
    assert [*question.readings] == ["amount=Facturado", "amount=Saldo"]


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        ("client,date,net\nA,2026-01-31,1\nA,2026-01-31,2\n", [ALONE]),
        ("client,date,net,qty\nA,2026-01-31,1,3\nB,2026-01-31,2,1\n", [ALONE]),
        ("client,date,net\nA,2026-01-31,1\nB,2026-01-31,2\n", []),
        ("client,no,date,net\nA,1,2026-01-31,1\nA,2,2026-01-31,2\n", [COUNTED]),
        ("client,no,date,net\nA,8,2026-01-31,1\nA,9,2026-01-31,2\n", []),
    ],
)  # fmt: skip
def test_rows_that_could_be_lines_are_told(tmp_path: Path, text: str, notices: list[str]) -> None:
    assert read(tmp_path, text).notices == notices


@pytest.mark.parametrize(
    "name", ["MwSt", "MwSt.", "USt", "MwSt-Betrag", "Total IVA", "Total TVA", "Montant TVA", "Valor IVA", "Total VAT"]
)
def test_tax_is_taken_off_under_any_name(tmp_path: Path, name: str) -> None:
    assert invoices(read(tmp_path, f"Client,Date,Total,{name}\nA,2026-01-31,120,20\n"))[0][2] == "100"


def twice(folder: Path, header: str, **options: object) -> Reading:
    return read(folder, f"{header}\nA,2026-01-31,1,2\n", **options)


def test_two_columns_of_one_name_are_told(tmp_path: Path) -> None:
    reading = twice(tmp_path, "client,date,net,net")
    assert reading.notices == [
        '2 columns are called net: the first one is read as net (--map "net=net 2" reads another).'
    ]
    assert invoices(reading)[0][2] == "1"
    other = twice(tmp_path, "client,date,net,net", mapping={"net": "net 2"})
    assert other.notices == ['2 columns are called net: the second one is read as net (--map "net=net" reads another).']
    assert invoices(other)[0][2] == "2"
    assert not twice(tmp_path, "client,date,net,note").notices


@pytest.mark.parametrize(
    ("due", "meant"),
    [("2026-02-28", "2026-02-28"), ("28.02.2026", "2026-02-28"), ("150.00", None), ("45000", None), ("20260228", None)],
)
def test_due_is_a_due_date_where_it_holds_dates(tmp_path: Path, due: str, meant: str | None) -> None:
    rows = read(tmp_path, f"client,date,net,due\nA,2026-01-31,1,{due}\nB,2026-01-30,2,{due}\n").tables["invoices"]
    told = rows["due_on"].to_pylist() if "due_on" in rows.column_names else [None, None]
    assert [on and on.isoformat() for on in told] == [meant, meant]
