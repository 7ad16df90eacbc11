"""Do rules go from draft to published, decide from then on, and come back from an older version?"""

from __future__ import annotations

import pytest

from cartera.app.roles import may
from cartera.app.scope import EVERYTHING, NotAllowedError, Scope
from cartera.app.workspace.day import day_there
from cartera.app.workspace.settings import workspace_policy
from cartera.app.workspace.steering import discard, draft, policy_of, publish, rules, text_of
from cartera.app.workspace.steering.announced import announced, read
from cartera.calendar import add_days
from cartera.errors import CarteraError, PolicyError
from cartera.ledger import audit
from cartera.portfolio.policy import Policy, read_policy

LONGER = Policy.kopilot(active_months=5, sleeping_months=9)


def test_a_draft_decides_nothing_until_it_is_published(book):
    made = draft(EVERYTHING, book, LONGER, name="Longer", by="Ana")
    assert workspace_policy(book.workspace) == Policy.kopilot()
    publish(EVERYTHING, book, made.key, note="Our clients buy less often.", by="Ana")
    assert workspace_policy(book.workspace) == LONGER
    assert [(one.key, one.is_in_force) for one in rules(EVERYTHING, book, by="Ana")] == [("v1", True)]
    assert audit.verify(book)[1] == []


def test_published_rules_are_announced_for_two_weeks_to_who_has_not_read_of_them(book):
    today = day_there(book)
    assert announced(EVERYTHING, book, user=1, today=today) is None
    for name, numbers in (("One", LONGER), ("Two", Policy.salescope())):
        publish(EVERYTHING, book, draft(EVERYTHING, book, numbers, name=name, by="Ana").key, note="Try.", by="Ana")
    told = announced(EVERYTHING, book, user=1, today=today)
    assert (told.number, told.by, told.on, told.rules, told.before, told.key) == (
        2, "Ana", today, Policy.salescope(), LONGER, "v1",
    )  # fmt: skip
    assert announced(EVERYTHING, book, user=1, today=add_days(today, 13)) == told
    assert announced(EVERYTHING, book, user=1, today=add_days(today, 14)) is None
    read(EVERYTHING, book, 2, user=1)
    read(EVERYTHING, book, 9, user=2)
    assert announced(EVERYTHING, book, user=1, today=today) is None
    assert announced(EVERYTHING, book, user=2, today=today) == told


def test_an_older_version_comes_back_under_a_new_number(book):
    for name, numbers in (("One", LONGER), ("Two", Policy.salescope())):
        publish(EVERYTHING, book, draft(EVERYTHING, book, numbers, name=name, by="Ana").key, note="Try.", by="Ana")
    back = publish(EVERYTHING, book, "v1", note="It was better.", by="Bo")
    assert (back.key, workspace_policy(book.workspace)) == ("v3", LONGER)
    assert [one.key for one in rules(EVERYTHING, book, by="Bo")] == ["v3", "v2", "v1"]


def test_what_cannot_be_published(book):
    made = draft(EVERYTHING, book, LONGER, name="Longer", by="Ana")
    with pytest.raises(CarteraError, match="why"):
        publish(EVERYTHING, book, made.key, note=" ", by="Ana")
    with pytest.raises(CarteraError, match="unknown version"):
        publish(EVERYTHING, book, "v9", note="Try.", by="Ana")
    with pytest.raises(NotAllowedError):
        publish(Scope("Acme", None, may("rep")), book, made.key, note="Try.", by="Ana")
    publish(EVERYTHING, book, made.key, note="Try.", by="Ana")
    with pytest.raises(CarteraError, match="already"):
        publish(EVERYTHING, book, "v1", note="Again.", by="Ana")


def test_a_draft_is_thrown_away_by_who_wrote_it(book):
    made = draft(EVERYTHING, book, LONGER, name="Longer", by="Ana", is_shared=False)
    assert rules(EVERYTHING, book, by="Bo") == []
    assert discard(EVERYTHING, book, made.key, by="Ana") == "Longer"
    assert rules(EVERYTHING, book, by="Ana") == []


@pytest.mark.parametrize("policy", [Policy.kopilot(), LONGER, Policy.salescope(inactive_months=12)])
def test_rules_as_text_are_the_same_rules(policy):
    assert read_policy(text_of(policy), "x") == policy


def test_numbers_as_people_type_them():
    assert policy_of("kopilot", {"active_months": " 5 ", "sleeping_months": "", "boundary": "cold"}).active_months == 5
    with pytest.raises(PolicyError, match="does not hold"):
        policy_of("kopilot", {"active_months": "9"})
    with pytest.raises(PolicyError):
        policy_of("kopilot", {"active_months": "4.5"})


def test_a_draft_is_whose_account_it_is_not_whose_name(book):
    from cartera.ledger.models import User

    one, two = (User.objects.db_manager(book.alias).create_user(f"{n}@acme.example", None, name="Ana").pk for n in "ab")
    made = draft(EVERYTHING, book, LONGER, name="Longer", by="Ana", user=one, is_shared=False)
    for other in (two, None):
        assert rules(EVERYTHING, book, by="Ana", user=other) == []
        with pytest.raises(CarteraError, match="unknown version"):
            discard(EVERYTHING, book, made.key, by="Ana", user=other)
    assert discard(EVERYTHING, book, made.key, by="Anna now", user=one) == "Longer"
