"""Does the audit notice every line that was edited, removed, moved or cut off, and nothing else?"""

from __future__ import annotations

import pytest
from django.db.models import F
from tests.ledger.facts import named

from cartera.ledger import audit
from cartera.ledger.audit import Break, verify
from cartera.ledger.models import AuditEntry, AuditValue, Workspace

LINES = 5


@pytest.fixture
def told(book):
    """A workspace with five changes."""
    for number in range(LINES):
        named(book, {"acme": f"Acme {number}"})
    assert verify(book) == (LINES, [])
    return book


def lines(book):
    return AuditEntry.objects.using(book.alias)


def values(book):
    return AuditValue.objects.using(book.alias)


def where(book):
    """The numbers of the lines at which the chain breaks."""
    return sorted({one.number for one in verify(book)[1]})


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "mark"),
        ("by_digest", "0" * 64),
        ("change_number", 9),
        ("value_digest", "0" * 64),
        ("previous", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_an_edited_line_is_found(told, column, value):
    lines(told).filter(number=3).update(**{column: value})
    assert 3 in where(told)


def test_a_moved_moment_is_found(told):
    line = lines(told).get(number=3)
    lines(told).filter(number=3).update(at=line.at.replace(year=2020))
    assert where(told) == [3]


@pytest.mark.parametrize("changed", [{"value": "{}"}, {"by": "Bob"}, {"client_id": "bell"}])
def test_an_edited_value_is_found(told, changed):
    values(told).filter(entry__number=3).update(**changed)
    assert verify(told)[1] == [Break(3, "its values were changed after they were written")]


def test_an_edited_line_with_a_hash_made_to_fit_is_found_at_the_next_one(told):
    line = lines(told).get(number=3)
    line.verb = "mark"
    line.hash = audit.hashed(line)
    line.save(using=told.alias)
    assert where(told) == [4]


@pytest.mark.parametrize("number", [1, 3])
def test_a_removed_line_is_found(told, number):
    removed(told, number)
    assert where(told) == [number + 1]


def test_a_cut_tail_is_found(told):
    removed(told, LINES)
    assert verify(told)[1] == [Break(LINES, f"the audit ended with line {LINES}, which is not here")]


def test_an_emptied_audit_is_found(told):
    for number in range(1, LINES + 1):
        removed(told, number)
    assert where(told) == [1]


def test_lines_in_another_order_are_found(told):
    lines(told).filter(number=3).update(number=99)
    lines(told).filter(number=4).update(number=3)
    lines(told).filter(number=99).update(number=4)
    assert where(told) == [3, 4, 5]


def test_renumbered_lines_after_a_removal_are_found(told):
    removed(told, 3)
    for number in (4, 5):
        lines(told).filter(number=number).update(number=F("number") - 1)
    Workspace.objects.using(told.alias).update(audit_number=LINES - 1)
    assert where(told) == [3, 4]


def test_an_erased_value_leaves_the_chain_whole(told):
    values(told).filter(entry__number=3).delete()
    assert verify(told) == (LINES, [])


def test_lines_hold_no_names(told):
    for line in lines(told).values():
        assert not {"Ana", "acme", "Acme"} & {str(value) for value in line.values()}


def removed(book, number):
    """The line with its value gone."""
    values(book).filter(entry__number=number).delete()
    lines(book).filter(number=number).delete()
