"""Does undoing take back one change and only that? Random changes, undone and redone, against a plain reading."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.facts import imported, invoice_rows, moment, named, names
from tests.ledgers import KEY

from cartera.errors import CarteraError
from cartera.ledger.audit import verify
from cartera.ledger.book import Book, create_book
from cartera.ledger.database import connection
from cartera.ledger.undo import undo

CLIENTS = ("acme", "bell", "cole")
says = st.dictionaries(st.sampled_from(CLIENTS), st.sampled_from(["A", "B", None]), min_size=1)
steps = st.lists(st.one_of(says, st.integers(1, 12)), min_size=1, max_size=14)


def test_undo_and_undo_of_the_undo(book):
    named(book, {"acme": "A"})
    named(book, {"acme": "B"})
    undo(book, 2, at=moment(3), by="Ana")
    assert names(book) == {"acme": "A"}
    undo(book, 3, at=moment(4), by="Ana")
    assert names(book) == {"acme": "B"}
    assert book.facts_version == 4


def test_tables_of_other_programs_in_the_database_stay(book):
    others = ("touched", "winner", "settled", "staged_invoice", "staged_client")
    with connection(book.alias).cursor() as cursor:
        for name in others:
            cursor.execute(f"CREATE TABLE {name} (told TEXT)")
    imported(book, invoice_rows({"i1": Decimal(1)}))
    undo(book, 1, at=moment(2), by="Ana")
    assert set(others) <= set(connection(book.alias).introspection.table_names())


def test_a_later_change_of_the_same_fact_stands(book):
    named(book, {"acme": "A", "bell": "A"})
    named(book, {"acme": "B"})
    undo(book, 1, at=moment(3), by="Ana")
    assert names(book) == {"acme": "B"}


def test_what_another_source_named_so_meanwhile_does_not_come_back_beside_it(book):
    named(book, {"acme": "A"}, source="x")
    undo(book, 1, at=moment(2), by="Ana")
    named(book, {"acme": "B"}, source="y")
    said = r"change 1 cannot come back: 'acme' is the id of something else by now, from change 3. Take that back first"
    with pytest.raises(CarteraError, match=said):
        undo(book, 2, at=moment(4), by="Ana")
    assert names(book) == {"acme": "B"}
    undo(book, 3, at=moment(5), by="Ana")
    undo(book, 2, at=moment(6), by="Ana")
    assert names(book) == {"acme": "A"}


def test_undoing_twice_is_refused_in_a_sentence(book):
    named(book, {"acme": "A"})
    undo(book, 1, at=moment(2), by="Ana")
    with pytest.raises(CarteraError, match=r"change 1 is undone already, by 2. To bring it back: cartera undo 2."):
        undo(book, 1, at=moment(3), by="Ana")


def test_a_change_that_never_was_is_refused_in_a_sentence(book):
    with pytest.raises(CarteraError, match=r"unknown change '7'. Valid: none yet."):
        undo(book, 7, at=moment(1), by="Ana")


# The fixture is made to last: it hands out a new workspace for every example.
@pytest.mark.thorough
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_any_changes_undone_in_any_order(shared_book: Iterator[Book], steps: list):
    book = next(shared_book)
    changes: list[dict | int] = []  # what each change said that was new, or the number that it undoes
    for number, step in enumerate(steps, start=1):
        if isinstance(step, dict):
            before = reading(changes)
            changes.append({client: name for client, name in step.items() if before.get(client) != name})
            named(book, step)
        else:
            with suppress(CarteraError):
                undo(book, step, at=moment(number), by="Ana")
                changes.append(step)
        assert names(book) == reading(changes)
    assert verify(book) == (len(changes), [])


def reading(changes: list[dict | int]) -> dict[str, str]:
    """Client -> name: what the newest changes in force say; a change is in force unless an undo in force names it."""
    undone: set[int] = set()
    for number in range(len(changes), 0, -1):
        said = changes[number - 1]
        if isinstance(said, int) and number not in undone:
            undone ^= {said}
    found: dict[str, str | None] = {}
    for number, said in enumerate(changes, start=1):
        if isinstance(said, dict) and number not in undone:
            found |= said
    return {client: name for client, name in found.items() if name is not None}


@pytest.fixture
def shared_book(ledger_address: str) -> Iterator[Book]:
    """New workspaces of one database: one per example costs less than a database each."""
    return (create_book(ledger_address, f"w{one}", at=moment(0), key=KEY) for one in range(sys.maxsize))
