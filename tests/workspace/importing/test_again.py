"""What becomes of a file that comes again? Nothing of the same bytes; of a newer export what changed in it."""

from __future__ import annotations

from tests.workspace.importing.bringing import Desk, counts, invoices

from cartera.app.workspace.importing.prepare import Earlier

SALES = """
    Invoice No,Customer,Date,Amount
    1001,Acme,2026-01-31,100.00
    1002,Acme,2026-02-28,110.00
    1003,Beta,2026-02-28,70.50
"""


def test_the_same_bytes_change_nothing(desk: Desk) -> None:
    desk.imports(SALES)
    version = desk.book.facts_version
    found = desk.prepared(SALES)
    assert isinstance(found, Earlier)
    assert (found.number, found.day, desk.book.facts_version) == (1, "2026-03-31", version)


def test_the_same_rows_in_other_bytes_change_no_fact(desk: Desk) -> None:
    desk.imports(SALES)
    version = desk.book.facts_version
    again = desk.imports(SALES.replace(",", ";"))
    assert counts(again) == (0, 0, 3)
    assert desk.book.facts_version == version


def test_another_order_of_rows_changes_no_fact(desk: Desk) -> None:
    desk.imports(SALES)
    head, *rows = SALES.strip("\n").rstrip().split("\n")
    assert counts(desk.imports("\n".join([head, *rows[::-1]]))) == (0, 0, 3)


def test_one_changed_cell_is_one_changed_document(desk: Desk) -> None:
    desk.imports(SALES)
    seen = desk.looked(SALES.replace("110.00", "115.00"))
    (changed,) = seen.preview.changed
    assert changed.values == {"amount": ("110.00", "115.00")}
    assert counts(desk.imports(SALES.replace("110.00", "115.00"))) == (0, 1, 2)
    assert ("1002", "Acme", "2026-02-28", "115.00") in invoices(desk.book)


def test_what_a_newer_file_lacks_stays_and_is_told(desk: Desk) -> None:
    desk.imports(SALES)
    seen = desk.looked(SALES.replace("1002,Acme,2026-02-28,110.00\n    ", ""))
    assert seen.preview.changes["missing"] == 1
    assert "1 document of file between the days of this file is not in it and stays" in seen.preview.notices[-1]
    desk.imports(seen.path)
    assert len(invoices(desk.book)) == 3


def test_replacing_the_period_takes_away_what_is_no_longer_there(desk: Desk) -> None:
    desk.imports(SALES)
    less = SALES.replace("1002,Acme,2026-02-28,110.00\n    ", "")
    assert desk.looked(less, replace="period").preview.removed == ["1002 of 2026-02-28, 110.00"]
    desk.imports(less, replace="period")
    assert [row[0] for row in invoices(desk.book)] == ["1001", "1003"]
    desk.undoes(2)
    assert len(invoices(desk.book)) == 3


def test_a_document_that_moved_within_the_days_of_the_file_is_the_same(desk: Desk) -> None:
    desk.imports(SALES)
    assert counts(desk.imports(SALES.replace("1002,Acme,2026-02-28", "1002,Acme,2026-02-03"))) == (0, 1, 2)


def test_numbers_that_begin_anew_each_year_are_other_documents(desk: Desk) -> None:
    desk.imports(SALES)
    assert counts(desk.imports(SALES.replace("2026-", "2027-"))) == (3, 0, 0)
    assert len(invoices(desk.book)) == 6


def test_two_equal_rows_without_a_number_are_two(desk: Desk) -> None:
    twice = """
        Customer,Date,Amount
        Acme,2026-01-31,100.00
        Acme,2026-01-31,100.00
        Acme,2026-02-28,100.00
    """
    assert counts(desk.imports(twice)) == (3, 0, 0)
    assert counts(desk.imports(twice.replace(",", ";"))) == (0, 0, 3)


def test_a_client_written_in_capitals_is_the_same(desk: Desk) -> None:
    desk.imports(SALES)
    done = desk.imports(SALES.replace("Acme", "ACME "))
    assert done.plan.clients.new == []
    assert counts(done)[0] == 0


def test_a_column_that_a_later_file_lacks_keeps_its_values(desk: Desk) -> None:
    desk.imports("""
        Invoice No,Customer,Date,Amount,Due date,Country
        1001,Acme,2026-01-31,100.00,2026-03-02,Portugal
    """)
    done = desk.imports("""
        Invoice No,Customer,Date,Amount
        1001,Acme,2026-01-31,100.00
    """)
    assert counts(done) == (0, 0, 1)


def test_two_sources_with_one_client_id_are_two_clients(desk: Desk) -> None:
    desk.imports(SALES, "books")
    desk.imports(SALES.replace("1001", "7001"), "shop")
    owners = {(row[0], row[1]) for row in invoices(desk.book)}
    assert ("7001", "shop:Acme") in owners
    assert ("1002", "Acme") in owners
    assert ("1002 (2)", "shop:Acme") in owners
