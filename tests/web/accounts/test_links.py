"""The links by which people come in: the first owner's, an invitation's, a new password's. Each is good once."""

from __future__ import annotations

import shutil

import pytest
from django.test import Client as Browser
from tests.web.company import PASSWORD, PEOPLE, opened
from tests.web.conftest import browser

from cartera.app.scope import EVERYTHING, Scope
from cartera.app.workspace.access import invitations, passwords, people
from cartera.errors import CarteraError
from cartera.web.accounts import first
from cartera.web.site import serve

NEW = "nina@acme.example"


@pytest.fixture
def empty_site(companies, tmp_path):
    """Both companies, and nobody who owns anything yet."""
    from cartera.ledger.database import disconnect
    from cartera.ledger.models import Membership, User

    shutil.copytree(companies, tmp_path / "empty", ignore=shutil.ignore_patterns("*-shm", "*-wal"))
    made = opened(tmp_path / "empty")
    Membership.objects.using(made.alias).all().delete()
    User.objects.using(made.alias).all().delete()
    serve(made)
    yield made
    disconnect(made.alias)


def acme(site):
    return site.book(site.workspaces()["acme"])


def verbs(site, name="Acme"):
    from cartera.ledger.models import AuditEntry

    return list(
        AuditEntry.objects.using(site.alias)
        .filter(workspace__name=name)
        .order_by("number")
        .values_list("verb", flat=True)
    )


def test_the_first_owner_sets_up_once_and_never_again(empty_site):
    path = first.link(first.WELCOME)
    token = path.rpartition("/")[2]
    made = Browser()
    page = made.get(path)
    assert page.status_code == 200 and token not in page.content.decode()
    bad = made.post(path, {"email": "nobody", "name": "O", "password": PASSWORD})
    assert bad.status_code == 422 and "no e-mail address" in bad.content.decode()
    weak = made.post(path, {"email": NEW, "name": "O", "password": "short"})
    assert weak.status_code == 422 and first.has_owner(empty_site) is False
    done = made.post(path, {"email": NEW, "name": "Olga", "password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, "/")
    assert verbs(empty_site)[-2:] == ["first_owner", "sign_in"]
    for method in ("get", "post"):
        for one in (path, "/welcome/", "/welcome/x", first.link(first.WELCOME)):
            answer = getattr(made, method)(one)
            assert answer.status_code == 404 and token not in answer.content.decode()


def test_set_up_stays_shut_when_the_owner_is_disabled(empty_site):
    from cartera.ledger.models import Membership, User

    first.own(empty_site, NEW, "Olga", PASSWORD)
    User.objects.using(empty_site.alias).update(is_active=False)
    Membership.objects.using(empty_site.alias).update(is_active=False)
    assert Browser().get(first.link(first.WELCOME)).status_code == 404


def test_the_demo_is_entered_once_and_only_where_there_is_a_demo(empty_site):
    path = first.link(first.ENTER)
    assert Browser().get(path).status_code == 404
    empty_site.is_demo = True
    first.own(empty_site, first.DEMO_EMAIL, "", None)
    path = first.link(first.ENTER)
    assert Browser().get(path).status_code == 302
    assert Browser().get(path).status_code == 404


def test_an_invitation_makes_an_account_with_its_place(own_site):
    made = invitations.invite(EVERYTHING, acme(own_site), NEW, by="olga", role="rep", rep="Ana", team="north")
    guest = Browser()
    assert made.path.rpartition("/")[2] not in guest.get(made.path).content.decode()
    assert guest.post(made.path, {"name": "Nina", "password": "short"}).status_code == 422
    assert guest.post(made.path, {"name": "Nina", "password": PASSWORD}).status_code == 302
    member = next(one for one in people.people(EVERYTHING, acme(own_site)) if one.email == NEW)
    assert (member.name, member.place.role, member.place.sees, member.place.rep) == ("Nina", "rep", "own", "Ana")
    assert guest.get("/account").status_code == 200
    assert Browser().get(made.path).status_code == Browser().post(made.path).status_code == 404
    assert verbs(own_site)[-3:] == ["invite", "join", "sign_in"]


def test_an_invitation_adds_a_place_to_an_account(own_site):
    rival = own_site.book(own_site.workspaces()["rival"])
    made = invitations.invite(EVERYTHING, rival, PEOPLE["owner"].upper(), by="sam", role="viewer")
    stranger, owner = browser(own_site, "stranger"), browser(own_site, "owner")
    assert stranger.post(made.path, {"name": "x", "password": PASSWORD}).status_code == 422
    assert owner.get("/rival/settings").status_code == 404
    assert owner.post(made.path).status_code == 302
    assert verbs(own_site, "Rival")[-1] == "join"


def test_who_joins_twice_at_once_is_in_once(own_site):
    book = acme(own_site)
    made = invitations.invite(EVERYTHING, book, NEW, by="olga", role="viewer")
    one, two = (invitations.invited(book.alias, made.path.rpartition("/")[2]) for _ in "ab")
    invitations.join(book, one, invitations.Newcomer("Nina", PASSWORD))
    with pytest.raises(LookupError):
        invitations.join(book, two, invitations.Newcomer("Nina", PASSWORD))
    rival = own_site.book(own_site.workspaces()["rival"])
    other = invitations.invite(EVERYTHING, rival, NEW, by="sam", role="viewer").invitation
    with pytest.raises(CarteraError, match=f"email: {NEW} has an account already. Sign in with it."):
        invitations.join(rival, other, invitations.Newcomer("Nina", PASSWORD))
    other.refresh_from_db(using=own_site.alias)
    assert other.used_at is None, "the link is still good for who signs in"


def test_nobody_joins_under_the_name_of_another(own_site):
    made = invitations.invite(EVERYTHING, acme(own_site), NEW, by="olga", role="viewer")
    answer = Browser().post(made.path, {"name": "Owner", "password": PASSWORD})
    assert answer.status_code == 422 and "somebody else here is called Owner." in answer.content.decode()
    assert Browser().post(made.path, {"name": "Nina", "password": PASSWORD}).status_code == 302


def test_an_invitation_takes_no_role_away_that_was_given_meanwhile(own_site):
    from cartera.ledger.models import Membership, User

    book = acme(own_site)
    sam = User.objects.using(own_site.alias).get(email=PEOPLE["stranger"])
    made = invitations.invite(EVERYTHING, book, sam.email, by="olga", role="viewer").invitation
    Membership.objects.using(own_site.alias).create(workspace_id=book.workspace_id, user=sam, role="owner")
    assert invitations.join(book, made, sam).role == "owner"


def test_a_withdrawn_replaced_or_late_invitation_is_worth_nothing(own_site):
    book = acme(own_site)
    one = invitations.invite(EVERYTHING, book, NEW, by="olga", role="viewer")
    two = invitations.invite(EVERYTHING, book, NEW, by="olga", role="viewer")
    assert [Browser().get(each.path).status_code for each in (one, two)] == [404, 200]
    invitations.withdraw(EVERYTHING, book, two.invitation.pk, by="olga")
    assert Browser().get(two.path).status_code == 404
    three = invitations.invite(EVERYTHING, book, NEW, by="olga", role="viewer")
    three.invitation.expires_at -= invitations.LASTS
    three.invitation.save(using=own_site.alias)
    assert Browser().get(three.path).status_code == 404


def test_nobody_invites_whom_they_may_not(own_site):
    book = acme(own_site)
    with pytest.raises(CarteraError, match="is in this workspace already"):
        invitations.invite(EVERYTHING, book, PEOPLE["rep"], by="olga", role="viewer")
    with pytest.raises(CarteraError, match="not allowed"):
        invitations.invite(Scope(may=frozenset({"show"})), book, NEW, by="ana", role="owner")


def test_a_new_password_by_link(own_site):
    book, sleeping = acme(own_site), browser(own_site, "rep")
    number = people.member_called(EVERYTHING, book, PEOPLE["rep"])
    path = passwords.reset_path(EVERYTHING, book, own_site.secret, number, by="olga")
    page = Browser().get(path)
    assert page.status_code == 200 and path.rpartition("/")[2] not in page.content.decode()
    assert Browser().post(path, {"password": "short"}).status_code == 422
    assert Browser().post(path, {"password": PASSWORD})["Location"] == "/sign-in"
    assert sleeping.get("/account").status_code == 302
    assert Browser().get(path).status_code == 404
    assert verbs(own_site)[-2:] == ["reset", "password"]


def test_a_new_password_by_link_ends_the_keys_and_one_that_was_changed_does_not(own_site):
    from cartera.app.workspace.access import keys
    from cartera.ledger.models import User

    book = acme(own_site)
    user = User.objects.using(own_site.alias).get(email=PEOPLE["rep"])
    keys.make(EVERYTHING, book, user, "Warehouse", by="rep")
    passwords.set_password(own_site.alias, own_site.key, user, PASSWORD)
    assert len(keys.keys(EVERYTHING, book, user)) == 1
    path = passwords.path_for(own_site.secret, user)
    assert "Your API keys end as well" in Browser().get(path).content.decode()
    assert Browser().post(path, {"password": "four words put together"})["Location"] == "/sign-in"
    assert keys.keys(EVERYTHING, book, user) == []
    assert verbs(own_site)[-2:] == ["password", "revoke"]


@pytest.mark.parametrize(
    "path", ["/reset/x/y", "/reset/OTk5OTk/abc-def", "/reset/MQ/abc", "/join/x", "/reset/" + "z" * 400 + "/a"]
)
def test_a_made_up_link_is_no_page(own_site, path):
    assert Browser().get(path).status_code == Browser().post(path).status_code == 404
    assert own_site.text


def test_an_owner_does_not_get_into_another_workspace_by_a_link(own_site):
    from cartera.ledger.models import Membership, User

    book = acme(own_site)
    sam = User.objects.using(own_site.alias).get(email=PEOPLE["stranger"])
    guest = Membership.objects.using(own_site.alias).create(workspace_id=book.workspace_id, user=sam, role="viewer")
    with pytest.raises(CarteraError, match="is in another workspace as well"):
        passwords.reset_path(EVERYTHING, book, own_site.secret, guest.pk, by="olga")
    assert passwords.reset_path(EVERYTHING, book, own_site.secret, guest.pk, by="root", is_keeper=True)
