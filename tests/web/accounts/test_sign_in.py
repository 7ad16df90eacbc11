"""Signing in: slowly after five failures, always with the same words, dead once it was ended."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client as Browser
from tests.web.company import PASSWORD, PEOPLE
from tests.web.conftest import browser

from cartera.app.workspace.access import failures, signins
from cartera.web import sessions

WRONG = "not the password"
pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def site(own_site):
    from cartera.ledger.models import User

    user = User.objects.using(own_site.alias).get(email=PEOPLE["rep"])
    user.set_password(PASSWORD)
    user.save(using=own_site.alias)
    return own_site


def signed(password=PASSWORD, email=PEOPLE["rep"], *, into=None, **extra):
    made = into or Browser()
    return made, made.post("/sign-in", {"email": email, "password": password, **extra})


def last_line(site, name="Acme"):
    from cartera.ledger.models import AuditValue

    rows = AuditValue.objects.using(site.alias).filter(entry__workspace__name=name).select_related("entry")
    return rows.order_by("-entry__number").first()


def test_the_right_password_opens_and_is_written_down(site):
    made, answer = signed(next="/account")
    assert (answer.status_code, answer["Location"]) == (302, "/account")
    line = last_line(site)
    assert (line.entry.verb, line.by) == ("sign_in", "rep")
    assert made.get("/account").status_code == 200


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_sent_away_after_signing_in(wanted):
    assert signed(next=wanted)[1]["Location"] == "/"


def test_a_wrong_password_and_an_unknown_account_are_told_alike():
    known, unknown = signed(WRONG)[1], signed(WRONG, "nobody@acme.example")[1]
    assert known.status_code == unknown.status_code == 422
    assert told(known, PEOPLE["rep"]) == told(unknown, "nobody@acme.example")
    assert "is wrong." in told(known, PEOPLE["rep"])


def told(answer, email):
    """The page without the address that was typed and without what is random in every page."""
    return re.sub(r"\b\w{64}\b", "", answer.content.decode().replace(email, ""))


def test_after_five_failures_even_the_right_password_waits():
    for _ in range(failures.FREE):
        assert signed(WRONG)[1].status_code == 422
    answer = signed()[1]
    assert answer.status_code == 429
    assert "Try again in 1 minute." in answer.content.decode()
    assert signed(WRONG, "somebody@else.example", into=Browser(REMOTE_ADDR="10.9.9.9"))[1].status_code == 422


def test_an_unknown_account_waits_as_well():
    for n in range(failures.FREE):
        assert signed(WRONG, "nobody@x.example", into=Browser(REMOTE_ADDR=f"10.0.0.{n}"))[1].status_code == 422
    assert signed(WRONG, "NOBODY@x.example ", into=Browser(REMOTE_ADDR="10.0.0.9"))[1].status_code == 429


def test_a_network_address_waits_whatever_the_account_after_many_more(site):
    for n in range(failures.FREE_OF_ADDRESS - 1):
        assert waiting(site, f"nobody{n}@x.example") == 0
    assert signed()[1].status_code == 302, "an office has one address"
    assert waiting(site, "one.more@x.example") == 0
    assert signed()[1].status_code == 429, "who has an account does not wash the address clean with it"


def waiting(site, email):
    """Seconds after a try of this account from the address of the tests, which failed."""
    whom = failures.account(email), failures.network("127.0.0.1")
    return failures.claim(site.alias, site.secret, whom, at=datetime.now(UTC))


def test_who_signed_in_begins_anew():
    for _ in range(failures.FREE - 1):
        signed(WRONG)
    assert signed()[1].status_code == 302
    assert signed(WRONG)[1].status_code == 422


def test_the_delay_grows_up_to_a_quarter_of_an_hour():
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert [failures.left(n, at, at) for n in (4, 5, 6, 7, 10, 11, 500)] == [0, 15, 30, 60, 480, 900, 900]
    assert failures.left(5, at, at + timedelta(seconds=15)) == 0


def test_failures_name_nobody(site):
    from cartera.ledger.models import Failure

    signed(WRONG)
    rows = [one.who for one in Failure.objects.using(site.alias).all()]
    assert len(rows) == 2
    assert all(len(one) == 64 and "acme" not in one and "127" not in one for one in rows)


def test_the_key_is_new_after_signing_in():
    made, _ = signed()
    first = made.cookies["cartera"].value
    signed(into=made)
    assert made.cookies["cartera"].value != first


def copy_of(made):
    """A browser with the cookie as it is now."""
    thief = Browser()
    thief.cookies["cartera"] = made.cookies["cartera"].value
    return thief


def test_the_cookie_is_for_us_alone_and_for_no_script():
    cookie = signed()[0].cookies["cartera"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/" and not cookie["domain"]


def test_a_copied_cookie_is_dead_after_signing_out():
    made, _ = signed()
    thief = copy_of(made)
    assert thief.get("/account").status_code == 200
    made.post("/sign-out")
    assert thief.get("/account").status_code == 302


def test_signing_out_everywhere_ends_all():
    made, other = signed()[0], signed()[0]
    assert made.post("/account/sign-out-everywhere")["Location"] == "/sign-in"
    assert [one.get("/account").status_code for one in (made, other)] == [302, 302]


def test_a_new_password_ends_the_others(site):
    made, other = signed()[0], signed()[0]
    new = "four words nobody puts together"
    assert made.post("/account/password", {"old": PASSWORD, "password": new}).status_code == 302
    assert [one.get("/account").status_code for one in (made, other)] == [200, 302]
    assert signed(new)[1].status_code == 302
    assert last_line(site).entry.verb == "sign_in"


def test_a_new_password_needs_the_old_one_and_must_be_good():
    made, _ = signed()
    assert made.post("/account/password", {"old": WRONG, "password": "four words nobody puts"}).status_code == 422
    short = made.post("/account/password", {"old": PASSWORD, "password": "short"})
    assert "a password of 5 letters can be guessed; it needs 10." in short.content.decode()
    common = made.post("/account/password", {"old": PASSWORD, "password": "1234567890"})
    assert "one that many people use" in common.content.decode()


@pytest.mark.parametrize("late", [signins.RESTS, signins.LASTS])
def test_a_sign_in_ends_by_itself(site, monkeypatch, late):
    made, _ = signed()
    at = datetime.now(UTC)
    busy = timedelta(0) if late == signins.RESTS else late - timedelta(hours=1)
    from cartera.ledger.models import SignIn

    SignIn.objects.using(site.alias).update(seen_at=at + busy)
    monkeypatch.setattr(sessions, "now", lambda: at + late + timedelta(seconds=5))
    assert made.get("/account").status_code == 302
    assert not SignIn.objects.using(site.alias).exists()


def test_a_sign_in_that_is_used_goes_on_and_is_seldom_written(site, monkeypatch):
    from cartera.ledger.models import SignIn

    made, _ = signed()
    begun = SignIn.objects.using(site.alias).get().seen_at
    made.get("/account")
    assert SignIn.objects.using(site.alias).get().seen_at == begun
    monkeypatch.setattr(sessions, "now", lambda: begun + timedelta(days=2))
    made.get("/account")
    assert SignIn.objects.using(site.alias).get().seen_at == begun + timedelta(days=2)


def test_one_sign_in_is_ended_by_its_handle_and_only_ones_own(site):
    made, other = signed()[0], signed()[0]
    handles = {one.handle: one for one in signins.sign_ins(site.alias, [user(site)], here=made.session.session_key)}
    away = next(handle for handle, one in handles.items() if not one.is_here)
    assert browser(site, "owner").post(f"/account/sign-ins/{away}/end").status_code == 404
    assert made.post(f"/account/sign-ins/{away}/end").status_code == 302
    assert [one.get("/account").status_code for one in (made, other)] == [200, 302]


def user(site):
    from cartera.ledger.models import User

    return User.objects.using(site.alias).get(email=PEOPLE["rep"]).pk


def test_nobody_takes_the_name_of_another():
    made, _ = signed()
    for taken in ("owner", " OWNER", PEOPLE["manager"]):
        answer = made.post("/account/save", {"name": taken})
        assert answer.status_code == 422 and "somebody else here is called" in answer.content.decode()
    assert made.post("/account/save", {"name": "rep", "theme": "dark"}).status_code == 302


def test_the_account_keeps_language_and_colours(site):
    made, _ = signed()
    made.post("/account/save", {"name": "Ana Lima", "language": "fr", "theme": "dark"})
    page = made.get("/account").content.decode()
    assert '<html lang="fr" data-theme="dark">' in page
    assert last_line(site).entry.verb == "account"
    made.post("/account/save", {"name": "Ana Lima", "language": "tlh", "theme": "pink"})
    assert '<html lang="fr" data-theme="dark">' in made.get("/account").content.decode()


def test_pages_speak_the_person_s_language_else_the_workspace_s_else_the_browser_s(site):
    from cartera.ledger.models import User, Workspace

    owner, asks = browser(site, "owner"), {"Accept-Language": "es"}
    spoken = lambda: re.search(r'<html lang="([^"]+)"', owner.get("/acme/settings", headers=asks).content.decode())[1]  # noqa: E731
    assert spoken() == "es"
    Workspace.objects.using(site.alias).filter(name="Acme").update(language="fr")
    assert spoken() == "fr"
    User.objects.using(site.alias).filter(email=PEOPLE["owner"]).update(language="pt-BR")
    assert spoken() == "pt-BR"
