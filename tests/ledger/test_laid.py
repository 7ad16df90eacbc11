"""Are rows that a large import lays beside the facts seen by nobody, until a number alone makes all of them facts?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.ledger.facts import everything, imported, invoice_rows, moment

from cartera.app.workspace.identity.who import held
from cartera.errors import CarteraError
from cartera.ledger import batches, laid
from cartera.ledger.batches import holding
from cartera.ledger.columns.changed import is_small
from cartera.ledger.entry import entry
from cartera.ledger.lease import held as leased
from cartera.ledger.models import Invoice, Note
from cartera.ledger.stage import Published, stage
from cartera.ledger.undo import undo

TEN = {f"i{number}": Decimal(number) for number in range(10)}
OTHER = TEN | {"i3": Decimal("3.5"), "i99": Decimal(99)}


def shown(book):
    """Invoice -> amount, as people and imports read them; by both ways."""
    found = dict(held(book, Invoice).values_list("key", "amount"))
    stored = {row["key"]: row["amount"] for row in holding(book, Invoice) if not row["is_deleted"]}
    assert {key: int(amount * 10_000) for key, amount in found.items()} == stored
    return found


def noted(book, text):
    with entry(book, "note", at=moment(5), by="Ana") as made:
        made.put(Note, text, client_id="acme", at=moment(5), by="Ana", text=text)


def begun(book, amounts):
    """A change whose rows lie beside the facts."""
    change = batches.begin(book, "import", at=moment(1), by="Ana")
    laid.begin_laying(book, change)
    return change, laid.lay(book, change, stage(book, Invoice, invoice_rows(amounts)))


def published(book, change):
    with batches.publishing(book, change, at=moment(9)) as made:
        inside = shown(book)
    return made, inside


@pytest.fixture
def filled(book):
    imported(book, invoice_rows(TEN))
    return book


def test_nobody_sees_what_is_laid_and_a_number_makes_facts_of_it(filled):
    change, found = begun(filled, OTHER)
    assert found == Published(new=1, changed=1, unchanged=9)
    assert (shown(filled), filled.facts_version) == (TEN, 1)
    made, inside = published(filled, change)
    assert inside == shown(filled) == OTHER
    assert filled.facts_version == made.version == change.facts_version
    assert laid.laid(filled) is None


def test_what_others_decide_meanwhile_goes_first_and_every_version_stands(filled):
    change, _ = begun(filled, OTHER)
    noted(filled, "likes tea")
    assert (filled.facts_version, shown(filled)) == (2, TEN)
    assert is_small(filled, 0, 2, 10)
    assert not is_small(filled, 0, 2, 9)
    published(filled, change)
    noted(filled, "likes coffee")
    assert filled.facts_version == change.facts_version + 1
    undo(filled, change.number, at=moment(10), by="Ana")
    assert shown(filled) == TEN


def test_what_is_taken_away_again_never_was(filled):
    before = everything(filled)
    begun(filled, OTHER)
    assert everything(filled) != before
    assert batches.clear_unfinished(filled) == 1
    assert (everything(filled), shown(filled)) == (before, TEN)


def test_more_rows_than_one_step_are_laid_whole(book):
    many = {f"i{number}": Decimal(number) for number in range(laid.AT_ONCE + 7)}
    change, found = begun(book, many)
    assert (found.new, shown(book)) == (laid.AT_ONCE + 7, {})
    published(book, change)
    assert shown(book) == many
    undo(book, 1, at=moment(10), by="Ana")
    assert shown(book) == {}


def test_undo_waits_for_an_import_and_clears_one_that_was_stopped(filled):
    begun(filled, OTHER)
    with (
        leased(filled, "import", lambda: moment(2)),
        pytest.raises(CarteraError, match="another import is running in this workspace"),
    ):
        undo(filled, 1, at=moment(2), by="Ana")
    undo(filled, 1, at=moment(2), by="Ana")
    assert (shown(filled), laid.laid(filled)) == ({}, None)


def test_nobody_decides_about_a_document_that_an_import_says_anew(filled):
    begun(filled, OTHER)
    row = held(filled, Invoice).get(key="i3")
    with (
        pytest.raises(CarteraError, match="an import that has not ended says something new about it"),
        entry(filled, "move", at=moment(2), by="Ana") as made,
    ):
        made.replace(row, amount=Decimal(5))
    assert shown(filled) == TEN


def test_decisions_never_reach_the_version_of_an_import_that_was_stopped(filled):
    change, _ = begun(filled, OTHER)
    type(change).objects.using(filled.alias).filter(pk=change.pk).update(facts_version=3)
    noted(filled, "likes tea")
    with pytest.raises(CarteraError, match="an import that was stopped is in the way"):
        noted(filled, "likes coffee")
