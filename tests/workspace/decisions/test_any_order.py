"""Plans, moves, drops, invoices, marks, notes, reps and undos in any order leave what a plain reading of them says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledgers import KEY, MOMENT
from tests.workspace.decisions.deciding import TODAY, Desk, ago
from tests.workspace.decisions.plainly import Plainly

from cartera.errors import CarteraError
from cartera.ledger.audit import verify
from cartera.ledger.book import Book, create_book
from cartera.ledger.models import Assignment, Mark, Note, Version
from cartera.ledger.plans import holding, plans

clients = st.sampled_from(["acme", "zero"])
days = st.sampled_from([ago(-20), ago(-32), ago(-46)])
plan_ids = st.integers(2, 6).map("plan-{}".format)
steps = st.one_of(
    st.tuples(st.just("plan"), clients, days),
    st.tuples(st.just("plan"), st.just("acme"), days),
    st.tuples(st.just("bring"), st.just("acme"), days),
    st.tuples(st.just("move"), plan_ids, days),
    st.tuples(st.just("drop"), plan_ids),
    st.tuples(st.just("bring"), st.just("acme"), days),
    st.tuples(st.just("mark"), clients, st.sampled_from(["lost", "cancelled", "reactivated"])),
    st.tuples(st.just("note"), clients, st.sampled_from(["called", "wrote"])),
    st.tuples(st.just("assign"), clients, st.sampled_from(["Ana", "Bo", ""])),
    st.tuples(st.just("undo"), st.integers(2, 8)),
    st.tuples(st.just("undo"), st.integers(2, 8)),
)


@pytest.fixture
def books(ledger_address: str) -> Iterator[Book]:
    """New workspaces of one database: one per example costs less than a database each."""
    return (create_book(ledger_address, f"w{one}", at=MOMENT, key=KEY, currency="EUR") for one in range(sys.maxsize))


# The fixture is made to last: it hands out a new workspace for every example.
@pytest.mark.thorough
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(steps, min_size=4, max_size=10))
def test_decisions_in_any_order(books: Iterator[Book], wanted: list[tuple[Any, ...]]):
    desk, plainly = Desk(next(books)), Plainly(TODAY)
    desk.brought(("i1", "acme", ago(380), "1000"), clients=("acme", "zero"))
    plainly.changes.append({("invoice", "i1"): ("acme", ago(380))})
    for verb, *words in wanted:
        expected = getattr(plainly, verb)(*words)
        assert done(desk, verb, *words) == expected, (verb, words)
        assert facts(desk.book) == plainly.facts
    assert verify(desk.book) == (len(plainly.changes), [])


def done(desk: Desk, verb: str, *words: Any) -> bool:
    """Whether the decision was made."""
    if verb == "bring":
        client, on = words
        desk.brought((f"i{desk.changes + 1}", client, on, "1200"))
        return True
    with suppress(CarteraError):
        getattr(desk, verb)(*words)
        return True
    return False


def facts(book: Book) -> dict[tuple[str, str], Any]:
    """What lies in the ledger now, in the shape of the plain reading."""
    issued = holding(book).filter(state="issued")
    return (
        {("plan", r.key): (r.client_id, r.issued_on, r.void_on, r.fulfilled_by) for r in plans(book)}
        | {("invoice", r.key): (r.client_id, r.issued_on) for r in issued}
        | {("mark", r.key): (r.client_id, r.mark) for r in rows(book, Mark)}
        | {("note", r.key): (r.client_id, r.text) for r in rows(book, Note)}
        | {("assign", r.key): r.rep for r in rows(book, Assignment)}
    )


def rows(book: Book, model: type[Version]) -> Any:
    """The rows of a kind of fact that hold now."""
    held: Any = model._default_manager.using(book.alias)
    return held.filter(workspace_id=book.workspace_id, until_version=None, is_deleted=False)
