"""Whatever goes wrong on the way, do the facts end as they would have without it, or does the source say so?"""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.connectors.running import connected, ran, tables
from tests.connectors.toy import Toy, filled
from tests.ledgers import KEY, MOMENT

from cartera.sources.kit.faults import Fault

PASSING = ("busy", "busy_until", "busy_silent", "broken", "down", "cut", "half", "login", "late", "reset", "twice")
ENDING = ("refused", "gone", "expired", "foreign")
SAYS_SO = {"incomplete", "paused", "reconnect"}
LISTS = ("/clients", "/invoices", "/payments")
FAULTS = st.builds(
    Fault, st.sampled_from(PASSING + ENDING), on=st.tuples(st.integers(1, 9)),
    path=st.sampled_from(("", *LISTS)), seconds=st.sampled_from((0, 0.001, 3600)),
)  # fmt: skip
SCHEDULES = st.lists(FAULTS.filter(lambda one: one.way != "late" or one.seconds < 1), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def truth():
    """What holds after a run without faults, by name; made once."""
    return {}


def books_with_payments():
    return filled(4, 18, payments=12)


def fresh(ledger_address, count):
    from cartera.ledger.book import create_book

    return create_book(ledger_address, f"W{count}", at=MOMENT, key=KEY, currency="EUR")


def undisturbed(truth, ledger_address):
    """The tables after a run without faults."""
    if "tables" not in truth:
        book = fresh(ledger_address, "truth")
        with books_with_payments().served() as server:
            assert ran(book, connected(book, server.base, Toy())).outcome == "done"
        truth["tables"] = tables(book)
    return truth["tables"]


def ends_in_truth(book, truth, schedule):
    """Each run with faults says so or is whole; the first run without any is whole."""
    with books_with_payments().served(faults=tuple(schedule)) as server:
        source = connected(book, server.base, Toy())
        for _ in range(2):
            outcome = ran(book, source).outcome
            if outcome == "done":
                assert tables(book) == truth
            else:
                assert outcome in SAYS_SO
        server.faults = ()
        assert ran(book, source).outcome == "done"
    assert tables(book) == truth


def tried(ledger_address, truth, examples, name):
    """The property, for so many schedules, each in a workspace of its own."""
    wanted, count = undisturbed(truth, ledger_address), iter(range(10_000))

    @settings(max_examples=examples, database=None, phases=[Phase.explicit, Phase.generate])
    @given(SCHEDULES)
    def whole(schedule):
        ends_in_truth(fresh(ledger_address, f"{name} {next(count)}"), wanted, schedule)

    whole()


def test_a_few_random_faults_change_nothing(ledger_address, truth):
    """G1, G7"""
    tried(ledger_address, truth, 6, "few")


@pytest.mark.thorough
@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_many_random_faults_change_nothing(ledger_address, truth):
    """G1, G7"""
    tried(ledger_address, truth, 40, "many")


@pytest.mark.slow
@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_two_hundred_random_faults_change_nothing(ledger_address, truth):
    """G1, G7: 200 schedules of up to five faults."""
    tried(ledger_address, truth, 200, "most")


@pytest.mark.slow
@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
@pytest.mark.parametrize("first", [*PASSING, *ENDING])
def test_every_pair_of_faults_changes_nothing(ledger_address, truth, first):
    """G7: each fault alone and with each other one, in the same list and in the next."""
    wanted = undisturbed(truth, ledger_address)
    for place, second in enumerate(("nothing", *PASSING, *ENDING)):
        pair = (Fault(first, on=(2,), seconds=0), Fault(second, on=(3,), seconds=0))
        ends_in_truth(fresh(ledger_address, f"pair {place}"), wanted, pair)
