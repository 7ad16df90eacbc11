"""Which shapes of files are read, told as files: what a person would export, type or be sent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.reader.given import buckets, invoices, read, refused, workbook

from cartera.errors import Ambiguous
from cartera.sources.files import ReadOptions, read_file


class TestLanguages:
    def test_portuguese(self, tmp_path) -> None:
        reading = read(tmp_path, """
            Cliente;Nota Fiscal;Data de Emissão;Valor Líquido;Vendedor;Situação
            Padaria Estrela;1001;31/01/2026;1.234,56;Ana;Paga
            Café Central;1002;15/02/2026;99,90;Rui;Rascunho
        """)  # fmt: skip
        assert invoices(reading) == [
            ("Padaria Estrela", "2026-01-31", "1234.56"),
            ("Café Central", "2026-02-15", "99.9"),
        ]
        assert reading.tables["invoices"]["state"].to_pylist() == ["issued", "planned"]
        assert reading.tables["invoices"]["rep"].to_pylist() == ["Ana", "Rui"]

    def test_spanish(self, tmp_path) -> None:
        reading = read(tmp_path, """
            Código cliente,Razón social,Factura,Fecha,Base imponible,IVA,Divisa
            C7,Hotel Sol,F-1,2026-01-31,"100,50","21,10",EUR
        """)  # fmt: skip
        assert invoices(reading) == [("C7", "2026-01-31", "100.5")]
        assert reading.tables["clients"]["name"].to_pylist() == ["Hotel Sol"]

    def test_french(self, tmp_path) -> None:
        reading = read(tmp_path, """
            Date;N° facture;Raison sociale;Total HT;TVA;Commercial;Ville
            31/01/2026;F1;Dupont & Fils;1 234,56 €;246,91 €;Léa;Lyon
        """)  # fmt: skip
        assert invoices(reading) == [("Dupont & Fils", "2026-01-31", "1234.56")]
        assert reading.tables["invoices"]["currency"].to_pylist() == ["EUR"]

    def test_english_with_month_names(self, tmp_path) -> None:
        reading = read(tmp_path, """
            Customer,Invoice No,Invoice Date,Subtotal
            Acme,1,"January 3, 2026",10.5
            Acme,2,4 Feb 2026,11
        """)  # fmt: skip
        assert [row[1] for row in invoices(reading)] == ["2026-01-03", "2026-02-04"]


class TestAmounts:
    def test_price_times_quantity_less_a_discount_rate(self, tmp_path) -> None:
        reading = read(tmp_path, """
            Client;Order No;Date;Qty;Price;Discount
            Acme;1;2026-01-31;3;10,50;0,1
            Acme;1;2026-01-31;1;0,00;0
        """)  # fmt: skip
        assert invoices(reading) == [("Acme", "2026-01-31", "28.35")]

    def test_total_less_tax(self, tmp_path) -> None:
        reading = read(tmp_path, "Client,Date,Total,VAT\nAcme,2026-01-31,120.00,20.00\n")
        assert invoices(reading) == [("Acme", "2026-01-31", "100")]
        assert not reading.notices

    def test_totals_alone_are_taken_as_net_and_said(self, tmp_path) -> None:
        reading = read(tmp_path, "Client,Date,Total\nAcme,2026-01-31,120.00\n")
        assert reading.notices == [
            "No tax column: the amounts in Total are taken as net (--amounts gross:20 takes 20 % off)."
        ]

    def test_gross_amounts_lose_their_tax(self, tmp_path) -> None:
        reading = read(tmp_path, "Client,Date,Total\nAcme,2026-01-31,100.00\n", amounts="gross:20")
        assert invoices(reading) == [("Acme", "2026-01-31", "83.3333")]

    def test_more_than_four_decimals_are_rounded_once_and_counted(self, tmp_path) -> None:
        reading = read(tmp_path, "Client,Date,Qty,Price\nAcme,2026-01-31,3,0.00015\nAcme,2026-02-01,1,2\n")
        assert [row[2] for row in invoices(reading)] == ["0.0004", "2"]
        assert "1 row with more than four decimals: rounded half to even." in reading.notices

    def test_a_total_repeated_on_each_line_is_asked(self, tmp_path) -> None:
        text = "Client,Number,Date,Product,Total\n" + "".join(
            f"Acme,{n},2026-01-31,{p},50\n" for n in (1, 2) for p in "ab"
        )
        with pytest.raises(Ambiguous) as asked:
            read(tmp_path, text)
        assert list(asked.value.questions[0].readings) == ["per-line", "per-invoice"]
        assert [row[2] for row in invoices(read(tmp_path, text, amounts="per-invoice"))] == ["50", "50"]
        assert [row[2] for row in invoices(read(tmp_path, text, amounts="per-line"))] == ["100", "100"]


class TestDocuments:
    def test_lines_become_one_invoice_and_stay(self, tmp_path) -> None:
        reading = read(tmp_path, """
            client,number,date,product,net
            Acme,7,2026-01-31,Soap,10
            Acme,7,2026-01-31,Soap,10
            Bell,8,2026-02-01,Wax,5
        """)  # fmt: skip
        assert invoices(reading) == [("Acme", "2026-01-31", "20"), ("Bell", "2026-02-01", "5")]
        lines = reading.tables["lines"].to_pylist()
        assert [(row["invoice_id"], row["line_no"], row["product"]) for row in lines] == [
            ("7", 1, "Soap"), ("7", 2, "Soap"), ("8", 1, "Wax"),
        ]  # fmt: skip

    def test_a_number_is_no_key(self, tmp_path) -> None:
        reading = read(
            tmp_path, "client,number,date,net\nAcme,7,2026-01-31,1\nBell,7,2026-01-31,2\nAcme,7,2026-03-31,4\n"
        )
        assert reading.tables["invoices"]["invoice_id"].to_pylist() == ["7", "7 (2)", "7 (3)"]
        assert "1 invoice number on several clients or days: each is a document of its own." in reading.notices

    def test_rows_without_a_number_are_invoices_of_their_own(self, tmp_path) -> None:
        reading = read(tmp_path, "client,date,net\nAcme,2026-01-31,1\nAcme,2026-01-31,1\n")
        assert reading.tables["invoices"]["invoice_id"].to_pylist() == ["line 2", "line 3"]

    def test_names_are_folded_into_one_client(self, tmp_path) -> None:
        reading = read(tmp_path, "client,date,net,city\n Acme  Ltd,2026-01-31,1,Bath\nACME LTD,2026-02-01,1,York\n")
        assert reading.tables["clients"].to_pylist() == [{"client_id": "Acme Ltd", "name": "ACME LTD", "city": "York"}]
        assert "1 client differs in city (Acme Ltd): the newest row's value is used." in reading.notices

    def test_states_are_told_and_only_what_is_issued_counts(self, tmp_path) -> None:
        states = ("Paid", "Draft", "Voided")
        rows = "".join(f"Acme,{i},2026-01-31,{state},10\n" for i, state in enumerate(states))
        reading = read(tmp_path, f"client,number,date,status,net\n{rows}")
        assert reading.tables["invoices"]["state"].to_pylist() == ["issued", "planned", "void"]
        assert reading.understood[-1] == (
            "3 documents (3 invoices and 0 credit notes, 1 planned, 1 void) of 1 client; "
            "from 2026-01-31 to 2026-01-31; net 10.00."
        )

    def test_kinds_and_payments(self, tmp_path) -> None:
        reading = read(tmp_path, """
            client,number,date,type,net
            Acme,1,2026-01-31,Invoice,100
            Acme,2,2026-02-01,Credit note,30
            Acme,3,2026-02-02,Payment,70
            Acme,4,2026-02-03,Barter,5
        """)  # fmt: skip
        assert invoices(reading) == [("Acme", "2026-01-31", "100"), ("Acme", "2026-02-01", "-30")]
        assert reading.tables["invoices"]["kind"].to_pylist() == ["invoice", "credit_note"]
        assert (buckets(reading), reading.counts.left_out) == ((5, 3, 1, 1), 1)
        assert refused(reading) == [("UNKNOWN_TYPE", "line 5", "type", "Barter")]

    @pytest.mark.parametrize(
        ("amounts", "kinds"), [(("-5", "-7"), {"credit_note"}), (("-5", "7"), {"credit_note", "invoice"})]
    )
    def test_numbers_with_c_are_credit_notes_when_all_are_negative(self, tmp_path, amounts, kinds) -> None:
        rows = "".join(f"Acme,C{i},2026-01-0{i},{amount}\n" for i, amount in enumerate(amounts, 1))
        reading = read(tmp_path, f"client,number,date,net\nAcme,9,2026-01-09,1\n{rows}")
        assert set(reading.tables["invoices"]["kind"].to_pylist()[1:]) == kinds

    def test_rows_without_a_client_are_kept_unattributed(self, tmp_path) -> None:
        reading = read(tmp_path, "client,number,date,net\nAcme,1,2026-01-31,1\n,2,2026-01-31,2\n,,2026-01-31,3\n")
        assert invoices(reading) == [("Acme", "2026-01-31", "1"), (None, "2026-01-31", "2")]
        assert refused(reading) == [("MISSING_CLIENT_AND_NUMBER", "line 4", "", "")]

    def test_half_an_invoice_is_never_read(self, tmp_path) -> None:
        lines = "".join(f"Acme,7,2026-01-31,{amount}\n" for amount in ("1", "2", "x", "4"))
        reading = read(tmp_path, f"client,number,date,net\n{lines}Bell,8,2026-02-01,5\n")
        assert invoices(reading) == [("Bell", "2026-02-01", "5")]
        assert reading.counts.reasons == {"BAD_NUMBER": 1, "INVOICE_INCOMPLETE": 3}


class TestFurniture:
    def test_a_persons_sheet_with_titles_and_a_total(self, tmp_path) -> None:
        reading = read(tmp_path, """
            Sales 2026,,
            ,,
            Client,Date,Amount
            Acme,2026-01-31,10
            ,,
            Client,Date,Amount
            Bell,2026-02-01,5
            Total,,15
            ,,
            made by Ann,,
        """)  # fmt: skip
        assert buckets(reading) == (10, 2, 0, 8)
        assert reading.counts.structure == {
            "title": 1, "blank": 3, "header": 1, "repeated header": 1, "total": 1, "footer": 1,
        }  # fmt: skip
        assert [(c.stated, c.agrees) for c in reading.controls] == [("15.00", True)]

    def test_a_total_that_is_wrong_is_told(self, tmp_path) -> None:
        reading = read(tmp_path, "Client,Date,Amount\nAcme,2026-01-31,10\nTotal,,11\n", amounts="net")
        assert reading.notices == ["The file's own sums differ: Total says 11.00, the rows give 10.00."]

    def test_a_client_called_total_is_a_client(self, tmp_path) -> None:
        reading = read(tmp_path, "Client,Date,Amount\nTotal,2026-01-31,10\nTotal,2026-02-28,10\n")
        assert len(invoices(reading)) == 2

    def test_the_first_line_may_name_the_delimiter(self, tmp_path) -> None:
        assert invoices(read(tmp_path, "sep=;\nClient;Date;Amount\nAcme;2026-01-31;10,5\n")) == [
            ("Acme", "2026-01-31", "10.5")
        ]


class TestKnownLayouts:
    def test_harvest_with_a_long_address_and_blank_thousands(self, tmp_path) -> None:
        header = (
            "Issue Date,Last Payment Date,ID,PO Number,Client,Subject,Invoice Amount,Paid Amount,Balance,Subtotal,"
            "Discount,Tax,Tax2,Currency,Currency Symbol,Document Type,Client Address"
        )
        row = (
            '2026-03-31,,H-1,,Volvo,Design,"20 160,0","0,0","20 160,0","20 160,0",0,0,0,Swedish Krona - SEK,kr,Invoice,'
            '"Main street 1\n411 01 Göteborg\nSweden"'
        )
        reading = read(tmp_path, f"{header}\n{row}\n")
        assert invoices(reading) == [("Volvo", "2026-03-31", "20160")]
        assert reading.tables["invoices"]["currency"].to_pylist() == ["SEK"]
        assert buckets(reading) == (2, 1, 0, 1)

    def test_xero_lines_with_the_invoices_total_on_each(self, tmp_path) -> None:
        header = (
            "*ContactName,EmailAddress,POCity,*InvoiceNumber,*InvoiceDate,*DueDate,Total,TaxTotal,InvoiceAmountDue,"
            "Description,*Quantity,*UnitAmount,LineAmount,TaxAmount,Currency,Type,Status"
        )
        rows = [
            "Acme,a@b.c,Bath,INV-1,31/01/2026,28/02/2026,360.00,60.00,360,Design,1,100,100,20,GBP,Sales invoice,Sent",
            "Acme,a@b.c,Bath,INV-1,31/01/2026,28/02/2026,360.00,60.00,360,Code,2,100,200,40,GBP,Sales invoice,Sent",
            "Acme,a@b.c,Bath,INV-2,01/02/2026,28/02/2026,-12.00,-2.00,0,Back,1,-10,-10,-2,GBP,Sales credit note,Paid",
        ]
        reading = read(tmp_path, "\n".join([header, *rows]))
        assert invoices(reading) == [("Acme", "2026-01-31", "300"), ("Acme", "2026-02-01", "-10")]
        assert reading.tables["invoices"]["open_amount"].to_pylist() == [Decimal(360), Decimal(0)]
        assert [(c.name, c.stated, c.agrees) for c in reading.controls] == [
            ("the total of 2 documents", "348.00", True)
        ]

    def test_our_own_schema_in_one_file(self, tmp_path) -> None:
        reading = read(tmp_path, """
            invoice_id,client_id,issued_on,amount,state,kind,known_on,void_on,credits,base_amount,segment
            i1,c1,2026-01-31,100.00,issued,invoice,,,,90.00,gold
            i2,c1,2026-03-01,50.00,planned,,2026-02-01,2026-02-20,,,gold
            i3,c1,2026-02-10,-100.00,issued,credit_note,,,i1,,gold
            i4,,2026-02-11,7.00,void,,,,,,
        """)  # fmt: skip
        rows = reading.tables["invoices"].to_pylist()
        assert [(row["invoice_id"], row["state"], row["kind"]) for row in rows] == [
            ("i1", "issued", "invoice"),
            ("i2", "planned", "invoice"),
            ("i3", "issued", "credit_note"),
            ("i4", "void", "invoice"),
        ]
        assert (rows[1]["known_on"], rows[1]["void_on"]) == (date(2026, 2, 1), date(2026, 2, 20))
        assert (rows[2]["credits"], rows[0]["base_amount"], rows[3]["client_id"]) == ("i1", Decimal(90), None)
        assert not reading.notices or "without a client" in reading.notices[0]


class TestFurtherColumns:
    def test_they_go_where_their_values_belong(self, tmp_path) -> None:
        reading = read(tmp_path, """
            client,number,date,product,net,Size Class,Shipped,Lot No,Lot-No,kind
            Acme,1,2026-01-31,Soap,1,big,2026-02-01,a,w,x1
            Acme,1,2026-01-31,Wax,2,big,2026-02-01,b,x,x2
            Acme,2,2026-02-28,Wax,3,big,2026-03-01,c,y,x3
            Bell,3,2026-02-28,Wax,4,small,,d,z,x4
        """)  # fmt: skip
        assert reading.tables["clients"]["size_class"].to_pylist() == ["big", "small"]
        assert reading.tables["invoices"]["shipped"].to_pylist() == ["2026-02-01", "2026-03-01", None]
        assert reading.tables["lines"]["lot_no"].to_pylist() == ["a", "b", "c", "d"]
        assert reading.tables["lines"]["lot_no_in_file"].to_pylist() == ["w", "x", "y", "z"]
        assert (
            "Other columns kept: size_class (clients); shipped (invoices); lot_no, lot_no_in_file, kind (lines)."
            in (reading.understood)
        )

    def test_signs_for_nothing_are_counted(self, tmp_path) -> None:
        reading = read(
            tmp_path, "client,date,due date,net\nA,2026-01-31,n/a,1\nB,2026-01-31,-,1\nC,2026-01-31,2026-02-28,1\n"
        )
        assert reading.tables["invoices"]["due_on"].to_pylist() == [None, None, date(2026, 2, 28)]
        assert reading.notices == ["2 cells of due date with a sign such as - or n/a: read as empty."]


class TestContainers:
    text = "Client,Number,Date,Net\nAcme,007,2026-01-31,1234.56\nBell,008,2026-02-28,-99.90\n"

    def test_gzip_and_json_and_parquet_and_workbook_tell_the_same(self, tmp_path) -> None:
        import json

        import pyarrow as pa
        import pyarrow.parquet as pq

        expected = invoices(read(tmp_path, self.text))
        rows = [
            {"Client": "Acme", "Number": "007", "Date": date(2026, 1, 31), "Net": Decimal("1234.56")},
            {"Client": "Bell", "Number": "008", "Date": date(2026, 2, 28), "Net": Decimal("-99.90")},
        ]
        plain = [{**row, "Date": str(row["Date"]), "Net": float(row["Net"])} for row in rows]
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.dat")
        (tmp_path / "b.dat").write_text(json.dumps(plain))
        (tmp_path / "c.dat").write_text("\n".join(json.dumps(row) for row in plain))
        workbook(tmp_path / "d.dat", {"Sheet": [list(rows[0]), *([*row.values()] for row in rows)]})
        for name in ("a.dat", "b.dat", "c.dat", "d.dat"):
            reading = read_file(tmp_path / name)
            assert invoices(reading) == expected
            assert reading.tables["invoices"]["number"].to_pylist() == ["007", "008"]
        assert invoices(read(tmp_path, self.text, "sales.csv.gz")) == expected

    def test_the_sheet_with_known_names_is_picked(self, tmp_path) -> None:
        rows = [["Client", "Number", "Date", "Net"], ["Acme", 7, date(2026, 1, 31), 10.5]]
        path = workbook(tmp_path / "a.xlsx", {"Notes": [["hello", "world"], ["a", 1]], "Data": rows})
        assert invoices(read_file(path)) == [("Acme", "2026-01-31", "10.5")]

    def test_two_such_sheets_are_a_question(self, tmp_path) -> None:
        rows = [["Client", "Number", "Date", "Net"], ["Acme", 7, date(2026, 1, 31), 10.5]]
        path = workbook(tmp_path / "a.xlsx", {"2025": rows, "2026": rows})
        with pytest.raises(Ambiguous) as asked:
            read_file(path)
        assert list(asked.value.questions[0].readings) == ["2025", "2026"]
        assert len(invoices(read_file(path, ReadOptions(sheet="2026")))) == 1

    def test_number_cells_are_never_asked(self, tmp_path) -> None:
        rows = [["Client", "Date", "Net"], ["Acme", date(2026, 1, 2), 1.234], ["Acme", 46055, "1.234,56"]]
        reading = read_file(workbook(tmp_path / "a.xlsx", {"S": rows}))
        assert invoices(reading) == [("Acme", "2026-01-02", "1.234"), ("Acme", "2026-02-02", "1234.56")]
