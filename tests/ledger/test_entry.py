"""Does a change of facts happen whole or not at all, and does it keep what held before?"""

from __future__ import annotations

import pytest
from tests.ledger.facts import everything, held, moment, named, names, said

from cartera.ledger.audit import verify
from cartera.ledger.entry import entry
from cartera.ledger.models import AuditEntry, Change, Client


def test_a_new_fact_raises_the_facts_version_by_one(book):
    named(book, {"acme": "Acme", "bell": "Bell"})
    assert (book.facts_version, names(book)) == (1, {"acme": "Acme", "bell": "Bell"})


def test_a_fact_that_is_said_again_changes_nothing(book):
    named(book, {"acme": "Acme"})
    before = everything(book)
    made = named(book, {"acme": "Acme"})
    assert (everything(book), book.facts_version) == (before, 1)
    assert (made.change.number, made.change.facts_version) == (2, None)


def test_what_held_before_can_be_asked_for(book):
    named(book, {"acme": "Acme"})
    named(book, {"acme": "Acme Ltd"})
    named(book, {"acme": None})
    assert [names(book, version) for version in range(4)] == [{}, {"acme": "Acme"}, {"acme": "Acme Ltd"}, {}]


def test_a_fact_that_is_gone_leaves_a_tombstone_and_may_come_back(book):
    named(book, {"acme": "Acme"})
    named(book, {"acme": None})
    assert Client.objects.using(book.alias).get(until_version=None).is_deleted
    named(book, {"acme": "Acme"})
    assert names(book) == {"acme": "Acme"}


def test_one_name_in_two_sources_is_two_facts(book):
    named(book, {"acme": "Acme"}, source="file")
    named(book, {"acme": "Acme Inc"}, source="shop")
    assert sorted(held(book, Client).values_list("source", "name")) == [("file", "Acme"), ("shop", "Acme Inc")]


def test_replacing_keeps_the_other_values(book):
    with entry(book, "import", at=moment(1), by="Ana") as made:
        made.put(Client, "acme", source="file", client_id="acme", name="Acme", city="Bath")
    with entry(book, "import", at=moment(2), by="Ana") as made:
        made.replace(held(book, Client).get(), name="Acme Ltd")
    row = held(book, Client).get()
    assert (row.name, row.city, row.source) == ("Acme Ltd", "Bath", "file")


@pytest.mark.parametrize("problem", [KeyboardInterrupt, ValueError])
def test_a_change_that_fails_half_way_never_was(book, problem):
    named(book, {"acme": "Acme"})
    before = everything(book)
    with pytest.raises(problem):
        failing(book, problem)
    assert (everything(book), book.facts_version) == (before, 1)
    assert Change.objects.using(book.alias).count() == AuditEntry.objects.using(book.alias).count() == 1
    assert verify(book) == (1, [])


def test_changes_are_numbered_without_gaps_and_each_has_its_audit_line(book):
    for number in range(4):
        named(book, {"acme": f"Acme {number // 2}"})
    changes = Change.objects.using(book.alias).order_by("number")
    assert list(changes.values_list("number", "facts_version")) == [(1, 1), (2, None), (3, 2), (4, None)]
    lines = AuditEntry.objects.using(book.alias).order_by("number")
    assert list(lines.values_list("change_number", flat=True)) == [1, 2, 3, 4]


def failing(book, problem):
    with entry(book, "import", at=moment(2), by="Ana") as made:
        said(made, "acme", "Acme Ltd")
        said(made, "bell", "Bell")
        raise problem
