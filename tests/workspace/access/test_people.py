"""Who may be what: the last owner stays one, every change leaves a line, and nobody does what it may not."""

from __future__ import annotations

import json

import pytest

from cartera.app.roles import may
from cartera.app.scope import EVERYTHING, NotAllowedError, Scope
from cartera.app.workspace.access import keys, people
from cartera.app.workspace.access.invitations import invite
from cartera.errors import CarteraError, UnknownNameError


@pytest.fixture
def team(book):
    """An owner and a rep: their numbers."""
    from cartera.ledger.models import Membership, User

    def made(who, role, **place):
        user = User.objects.db_manager(book.alias).create_user(f"{who}@acme.example", None, name=who)
        return (
            Membership.objects.using(book.alias)
            .create(workspace_id=book.workspace_id, user=user, role=role, **place)
            .pk
        )

    return {"olga": made("olga", "owner"), "ana": made("ana", "rep", sees="own", rep="Ana")}


def lines(book):
    from cartera.ledger.models import AuditValue

    rows = AuditValue.objects.using(book.alias).filter(entry__workspace_id=book.workspace_id).select_related("entry")
    return [(one.entry.verb, json.loads(one.value)) for one in rows.order_by("entry__number")]


def test_a_new_place_holds_and_is_written_down(book, team):
    made = people.change(
        EVERYTHING, book, team["ana"], by="olga", role="manager", sees="team", team="north", grants=["export"]
    )
    assert (made.place.role, made.place.sees, made.place.team, made.place.grants) == (
        "manager",
        "team",
        "north",
        ("export",),
    )
    verb, value = lines(book)[-1]
    assert verb == "role"
    assert value["before"] == {"rep": "Ana", "role": "rep", "sees": "own"}
    assert value["after"]["role"] == "manager" and value["after"]["person"] == "ana@acme.example"
    people.change(
        EVERYTHING, book, team["ana"], by="olga", role="manager", sees="team", team="north", grants=["export"]
    )
    assert len(lines(book)) == 1, "nothing changed, nothing to tell"


def test_the_last_owner_stays(book, team):
    for act in (people.disable, people.remove):
        with pytest.raises(CarteraError, match="last owner"):
            act(EVERYTHING, book, team["olga"], by="olga")
    with pytest.raises(CarteraError, match="last owner"):
        people.change(EVERYTHING, book, team["olga"], by="olga", role="viewer")
    people.change(EVERYTHING, book, team["ana"], by="olga", role="owner")
    people.disable(EVERYTHING, book, team["ana"], by="olga")
    with pytest.raises(CarteraError, match="last owner"):
        people.remove(EVERYTHING, book, team["olga"], by="olga")
    people.enable(EVERYTHING, book, team["ana"], by="olga")
    people.remove(EVERYTHING, book, team["olga"], by="ana")
    assert [one.name for one in people.people(EVERYTHING, book)] == ["ana"]
    assert [verb for verb, _ in lines(book)] == ["role", "disable", "enable", "remove"]


def test_who_is_removed_loses_its_keys(book, team):
    from cartera.ledger.models import ApiKey, User

    ana = User.objects.using(book.alias).get(name="ana")
    made = keys.make(EVERYTHING, book, ana, "Warehouse", by="ana")
    assert made.token.startswith(made.key.prefix) and made.token not in str(vars(made.key))
    people.remove(EVERYTHING, book, team["ana"], by="olga")
    assert ApiKey.objects.using(book.alias).get().revoked_at is not None


def test_somebody_else_s_key_is_not_there(book, team):
    from cartera.ledger.models import User

    ana, olga = (User.objects.using(book.alias).get(name=name) for name in ("ana", "olga"))
    own, other = (
        keys.make(EVERYTHING, book, ana, "mine", by="ana"),
        keys.make(EVERYTHING, book, olga, "hers", by="olga"),
    )
    rep = Scope(may=may("rep"))
    assert [one.name for one in keys.keys(rep, book, ana)] == ["mine"]
    with pytest.raises(LookupError):
        keys.revoke(rep, book, ana, other.key.pk, by="ana")
    keys.revoke(rep, book, ana, own.key.pk, by="ana")
    assert [one.name for one in keys.keys(EVERYTHING, book, olga)] == ["hers"]
    assert team


@pytest.mark.parametrize("role", ["manager", "rep", "viewer"])
def test_only_owners_look_after_people(book, team, role):
    scope = Scope(may=may(role))
    for act in (people.disable, people.enable, people.remove):
        with pytest.raises(NotAllowedError):
            act(scope, book, team["ana"], by="x")
    with pytest.raises(NotAllowedError):
        people.change(scope, book, team["ana"], by="x", role="owner")
    with pytest.raises(NotAllowedError):
        people.people(scope, book)


WRONG = [
    ({"role": "boss"}, UnknownNameError, "role: unknown role 'boss'. Valid: owner, manager, rep, viewer."),
    ({"role": "viewer", "sees": "some"}, UnknownNameError, "sees: unknown sees 'some'. Valid: all, team, own."),
    ({"role": "viewer", "sees": "team"}, CarteraError,
     "team: a person who sees the clients of a team must be in one. Name the team."),
    ({"role": "rep"}, CarteraError, "rep: a person who sees its own clients must be known as a sales rep. Write the"
     " name of the sales rep as it stands in the invoices."),
    ({"role": "viewer", "grants": ["fly"]}, UnknownNameError, "grant: unknown grant 'fly'. Valid: import, imports,"
     " link, rates, reconcile, sync, export, margin."),
]  # fmt: skip


@pytest.mark.parametrize(("place", "kind", "message"), WRONG)
def test_a_place_that_is_none_is_refused(book, team, place, kind, message):
    with pytest.raises(kind) as caught:
        people.change(EVERYTHING, book, team["ana"], by="olga", **place)
    assert str(caught.value) == message


def test_a_member_of_another_workspace_is_not_there(ledger_address, team):
    from tests.ledgers import KEY, MOMENT

    from cartera.ledger.book import create_book

    other = create_book(ledger_address, "Rival", at=MOMENT, key=KEY)
    with pytest.raises(LookupError):
        people.disable(EVERYTHING, other, team["ana"], by="sam")


@pytest.mark.parametrize("sees", [{"sees": "own", "rep": "Ana"}, {"sees": "team", "team": "north"}])
@pytest.mark.parametrize("grant", ["import", "imports", "link", "reconcile", "sync"])
def test_who_does_not_see_all_is_granted_nothing_that_reaches_all(book, team, grant, sees):
    said = f"grants: {grant} would reach clients that this person does not see."
    with pytest.raises(CarteraError, match=said):
        people.change(EVERYTHING, book, team["ana"], by="olga", role="manager", grants=[grant], **sees)
    with pytest.raises(CarteraError, match=said):
        invite(EVERYTHING, book, "new@acme.example", by="olga", role="rep", grants=[grant], **sees | {"rep": "Ana"})
    made = people.change(EVERYTHING, book, team["ana"], by="olga", role="manager", sees="all", grants=[grant])
    assert made.place.grants == (grant,)


def test_an_old_row_with_such_a_grant_is_worth_no_more(book, team):
    from cartera.app.roles import scope_of
    from cartera.ledger.models import Membership

    member = Membership.objects.using(book.alias).select_related("workspace").get(pk=team["ana"])
    member.grants = ["import", "imports", "link", "reconcile", "sync", "export"]
    assert scope_of(member, frozenset({"c1"})).may == may("rep", ["export"])
    member.sees = "all"
    assert scope_of(member, None).allows("import")
