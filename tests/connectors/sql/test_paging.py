"""Is a query read whole in pages: no invoice cut, no key left out, none doubled; and told where it cannot be?"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from tests.ledgers import server

from cartera.sources.kit.contract import Position, Window
from cartera.sources.kit.parsing import parsed
from cartera.sources.kit.refusals import IncompleteError
from cartera.sources.sql import paging
from cartera.sources.sql.connector import SQL

CLIENTS, LINES, INVOICES, CONTACTS = SQL.streams
AFTER = "(:after_key IS NULL OR bill > :after_key)"
ALL = "SELECT bill AS invoice_id, 'C' AS client_id, '2026-03-01' AS issued_on, net AS amount FROM item"
PAGED = f"{ALL} WHERE {AFTER} ORDER BY bill LIMIT"
SIZES = (2, 3, 1, 4, 2)  # items of the bills 8 to 12: as text, 10 would come before 8


@pytest.fixture
def reader(tmp_path):
    """A way to a database of five bills; given the queries."""
    path = tmp_path / "erp.sqlite3"
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("CREATE TABLE item (bill INTEGER, net INTEGER, person TEXT)")
        rows = [(8 + n, 10, f"P{one}") for n, size in enumerate(SIZES) for one in range(size)]
        file.executemany("INSERT INTO item VALUES (?, ?, ?)", rows)
    return lambda **queries: SQL.reader({"address": f"sqlite:///{path}", "queries": queries})


def pulled(way, stream, position=Position()):  # noqa: B008 - it cannot be changed
    pages = list(SQL.pull(way, stream, position, Window()))
    return [record for page in pages for record in page.records], pages


def sums(records):
    return {one.key: sum(Decimal(line["amount"]) for line in parsed(one.payload)["lines"]) for one in records}


WHOLE = {str(8 + n): 10 * size for n, size in enumerate(SIZES)}


@pytest.mark.parametrize("limit", [5, 6, 7, 8, 11, 12, 13, 100])
@pytest.mark.parametrize("name", ["items", "lines"])
def test_no_invoice_is_cut_in_two_whatever_a_page_holds(reader, name, limit):
    stream = INVOICES if name == "items" else LINES
    records, _ = pulled(reader(**{name: f"{PAGED} {limit}"}), stream)
    assert sums(records) == WHOLE
    assert len(records) == len(SIZES)


def test_stopped_after_any_page_it_goes_on_with_whole_invoices(reader):
    way = reader(items=f"{PAGED} 5")
    _, pages = pulled(way, INVOICES)
    for number, page in enumerate(pages[:-1]):
        before = [record for one in pages[: number + 1] for record in one.records]
        after, _ = pulled(way, INVOICES, page.position)
        assert sums([*before, *after]) == WHOLE


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
def test_an_invoice_that_fills_a_page_is_told(reader, limit):
    with pytest.raises(IncompleteError, match=r"items: \d+ fills a whole page, which may cut it\. Let the query give"):
        pulled(reader(items=f"{PAGED} {limit}"), INVOICES)


def test_a_single_invoice_that_is_all_there_is_comes_unless_it_fills_the_page(reader):
    query = f"{ALL} WHERE bill = 9 AND {AFTER} ORDER BY bill LIMIT"
    records, _ = pulled(reader(items=f"{query} 4"), INVOICES)
    assert sums(records) == {"9": 30}
    with pytest.raises(IncompleteError, match="9 fills a whole page"):
        pulled(reader(items=f"{query} 3"), INVOICES)


@pytest.mark.parametrize("limit", [5, 100])
def test_people_at_a_client_are_not_cut_apart_and_their_names_are_no_keys(reader, limit):
    query = f"SELECT bill AS client_id, person AS name FROM item WHERE {AFTER} ORDER BY bill LIMIT {limit}"
    records, _ = pulled(reader(contacts=query), CONTACTS)
    assert len({one.key for one in records}) == len(records) == sum(SIZES)
    assert all(re.fullmatch(r"\d+/[0-9a-f]{16}", one.key) for one in records)


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_keys_are_listed_to_the_last_page(reader, limit):
    of_keys = f"SELECT DISTINCT bill AS invoice_id FROM item WHERE {AFTER} ORDER BY bill LIMIT {limit}"
    assert set(SQL.keys(reader(invoices=ALL, invoice_keys=of_keys), INVOICES)) == set(WHOLE)
    assert set(SQL.keys(reader(invoices=of_keys), INVOICES)) == set(WHOLE)
    records, _ = pulled(reader(invoices=of_keys), INVOICES)
    assert [one.key for one in records] == list(WHOLE)


def test_a_query_that_finds_nothing_without_a_key_is_told_and_an_empty_table_is_not(reader):
    of_keys = "SELECT bill AS invoice_id FROM item WHERE bill > {} ORDER BY bill LIMIT 2"
    for query, stream in ((of_keys, INVOICES), (ALL + " WHERE bill > :after_key", LINES)):
        with pytest.raises(IncompleteError, match=r"its first page is empty.*Write WHERE \(:after_key IS NULL OR"):
            pulled(reader(**{stream.name: query.format(":after_key")}), stream)
    with pytest.raises(IncompleteError, match="its first page is empty"):
        list(SQL.keys(reader(invoices=of_keys.format(":after_key")), INVOICES))
    assert pulled(reader(items=f"{ALL} WHERE bill < 0 AND {AFTER}"), INVOICES)[0] == []
    assert pulled(reader(invoices=of_keys.format("100 + coalesce(:after_key, 0)")), INVOICES)[0] == []


def test_a_query_that_does_not_go_on_ends(reader):
    with pytest.raises(IncompleteError, match=r"invoices: after 12 it gives 12 again"):
        pulled(reader(invoices=f"{ALL} WHERE :after_key IS NULL OR bill >= :after_key ORDER BY bill"), INVOICES)


def test_rows_of_an_invoice_that_do_not_follow_each_other_are_told(reader):
    with pytest.raises(IncompleteError, match=r"lines: the rows of \d+ do not follow each other\. Write ORDER BY inv"):
        pulled(reader(lines=f"{ALL} ORDER BY person, bill"), LINES)


def test_a_query_without_its_key_is_told_by_name(reader):
    for query, stream, column in (("invoices", INVOICES, "invoice_id"), ("clients", CLIENTS, "client_id")):
        way = reader(**{query: "SELECT bill, net AS amount FROM item"})
        with pytest.raises(IncompleteError, match=rf"{query}: it has no column {column}\. Name it with AS"):
            pulled(way, stream)
        with pytest.raises(IncompleteError, match="it has no column"):
            SQL.keys(way, stream)
    with pytest.raises(IncompleteError, match="invoices: a row has no invoice_id"):
        pulled(reader(invoices="SELECT NULL AS invoice_id"), INVOICES)


def test_bytes_are_told_by_query_and_column(reader):
    way = reader(invoices=f"{ALL.replace('net AS amount', chr(120) + chr(39) + '00' + chr(39) + ' AS scan')}")
    with pytest.raises(
        IncompleteError, match=r"invoices: scan holds bytes, which is no value of a fact\. Leave it out"
    ):
        pulled(way, INVOICES)


def test_a_float_without_decimals_ends_nothing(reader):
    records, _ = pulled(reader(invoices="SELECT 1 AS invoice_id, 9e999 AS amount, 1e30 AS cost, 0.1 AS x"), INVOICES)
    told = parsed(records[0].payload)
    assert (told["amount"], told["cost"], told["x"]) == ("Infinity", "1" + "0" * 30, "0.1000")


def test_a_time_of_change_that_cannot_be_read_is_none(reader):
    query = "SELECT {} AS invoice_id, 5 AS amount, '{}' AS updated_at WHERE '9' > :since"
    ways = [query.format(1, "31/03/2026 10:00"), query.format(2, "2026-03-31 10:00")]
    records, pages = pulled(reader(items=" UNION ALL ".join(ways)), INVOICES)
    assert [one.updated_at for one in records] == [None, datetime(2026, 3, 31, 10, tzinfo=UTC)]
    assert pages[-1].position == Position(datetime(2026, 3, 31, 10, tzinfo=UTC))
    _, pages = pulled(reader(invoices=ways[0]), INVOICES)
    assert pages[-1].position == Position(paging.BEGINNING)  # read whole again: our clock is not asked


def test_what_changed_cannot_be_asked_for_without_a_time_of_change(reader):
    with pytest.raises(IncompleteError, match="invoices: a query that takes :since needs a column updated_at"):
        pulled(reader(invoices=f"{ALL} WHERE '9' > :since"), INVOICES)


@pytest.mark.parametrize("key", [7, "7", "a:b", Decimal("7.0"), UUID(int=7)])
def test_a_link_gives_the_key_back_in_its_type(reader, key):
    way = reader()
    way.kinds["invoices"] = {"invoice_id": type(key).__name__}
    found = paging._key(paging._link(way, "invoices", [{"invoice_id": str(key)}]))
    assert (type(found), found) == (type(key), key)
    assert paging._key("") is None


@pytest.mark.postgres
@pytest.mark.parametrize(
    "key", ["i", "(i + 10000000000)::bigint", "'k' || i", "i::numeric(6, 2)", "md5(i::text)::uuid"]
)
def test_postgresql_goes_on_from_a_key_of_any_type(key):
    table = f"(SELECT {key} AS id FROM generate_series(1, 9) i, generate_series(1, 2)) AS t"
    where = "now() > :since AND (:after_key IS NULL OR id > :after_key)"
    query = f"SELECT id AS invoice_id, 5 AS amount, now() AS updated_at FROM {table} WHERE {where} ORDER BY id LIMIT 5"
    way = SQL.reader({"address": server(), "queries": {"items": query, "invoice_keys": query}})
    records, _ = pulled(way, INVOICES)
    assert len(records) == len({one.key for one in records}) == 9
    assert {sum(Decimal(line["amount"]) for line in parsed(one.payload)["lines"]) for one in records} == {10}
    assert set(SQL.keys(way, INVOICES)) == {one.key for one in records}
