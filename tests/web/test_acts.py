"""Is a decision done once, by whoever may, on the client that was seen; and can it be taken back for ever?"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from tests.web.company import MADE, invoice
from tests.web.conftest import browser

from cartera.web.acts import row_id

HTMX = {"HX-Request": "true"}


def sending(page: Any, **more: str) -> dict[str, str]:
    """What the form of a page sends, with some fields filled in."""
    html = page.content.decode()
    form = html[html.index('class="form act"') :]
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))
    found.pop("csrfmiddlewaretoken", None)
    return {name: unescape(value) for name, value in found.items()} | more


def segment(site: Any, client: str) -> str:
    """The client's segment now, as the owner's list shows it."""
    html = browser(site, "owner").get("/acme/clients?every=all").content.decode()
    row = html[html.index(f'data-client="{client}"') :]
    return re.search(r'class="tag">.*?</svg>([^<]+)<', row, re.DOTALL)[1].strip()


def changes(site: Any) -> int:
    from cartera.ledger.models import Change

    return Change.objects.using(site.alias).filter(workspace__name="Acme").count()


def test_a_client_is_marked_lost_and_back(own_site):
    rep = browser(own_site, "rep")
    form = sending(rep.get("/acme/do/lost?client=c00&from=clients"), reason="price", note="too dear")
    done = rep.post("/acme/do/lost?from=clients", form)
    assert (done.status_code, done["Location"]) == (302, "/acme/clients")
    page = rep.get("/acme/clients").content.decode()
    assert "Client 00 marked lost." in page
    assert "Client 00 marked lost." not in rep.get("/acme/clients").content.decode()
    assert segment(own_site, "c00") == "Lost"
    undo = re.search(r'action="([^"]+do/undo[^"]+)"', page)[1]
    key = re.search(r'do/undo.*?name="request_id" value="([^"]+)"', page, re.DOTALL)[1]
    assert rep.post(unescape(undo), {"request_id": key}).status_code == 302
    assert "Taken back: what was decided about Client 00." in rep.get("/acme/clients").content.decode()
    assert segment(own_site, "c00") == "Active"


@pytest.mark.thorough
def test_the_undo_of_a_row_that_the_filter_dropped_loads_the_list_again(own_site):
    rep = browser(own_site, "rep")
    where = "from=clients&segment=active"
    form = sending(rep.get(f"/acme/do/lost?client=c00&{where}"), reason="price")
    dropped = rep.post(f"/acme/do/lost?{where}", form, headers=HTMX)
    assert dropped["HX-Redirect"] == "/acme/clients?segment=active"
    page = rep.get("/acme/clients?segment=active").content.decode()
    undo = unescape(re.search(r'hx-post="([^"]+do/undo[^"]+)"', page)[1])
    back = rep.post(undo, {"request_id": "u"}, headers=HTMX)
    assert (back.content, back["HX-Redirect"]) == (b"", "/acme/clients?segment=active")


def test_sent_twice_is_done_once(own_site):
    owner = browser(own_site, "owner")
    form = sending(owner.get("/acme/do/note?client=c01"), text="likes blue")
    before = changes(own_site)
    answers = [owner.post("/acme/do/note", form, headers=HTMX) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert changes(own_site) == before + 1
    assert owner.post("/acme/do/note", form | {"text": "another text"}).status_code == 302
    assert changes(own_site) == before + 1


@pytest.mark.parametrize("currency", ["EUR", "USD", ""])
def test_the_row_after_a_decision_is_that_of_the_list(own_site, currency):
    """Also of a client that is invoiced in another currency than most, whichever the workspace reports in."""
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Invoice, Workspace

    Workspace.objects.using(own_site.alias).filter(name="Acme").update(currency=currency)
    book = own_site.desk(own_site.workspaces()["acme"]).book
    with entry(book, "import", at=MADE, by="Olga", told={"file": "dollars.csv"}) as made:
        for n in range(4):
            told = invoice(f"c03-{n}", "c03", soon() - timedelta(days=160 + 30 * n), 1000 + n) | {"currency": "USD"}
            made.put(Invoice, f"c03-{n}", source="start", **told)
    owner = browser(own_site, "owner")
    form = sending(owner.get("/acme/do/note?client=c03&from=clients"), text="likes blue")
    row = cells(owner.post("/acme/do/note?from=clients", form, headers=HTMX))
    assert row == cells(owner.get("/acme/clients"))
    assert ("4,006" in row) == (currency == "USD")


@pytest.mark.parametrize("where", ["top:1", "client_id:c00"])
def test_a_client_whom_the_lists_filter_does_not_leave_has_no_row(own_site, where):
    owner = browser(own_site, "owner")
    assert 'data-client="c03"' not in owner.get(f"/acme/clients?where={where}").content.decode()
    form = sending(owner.get(f"/acme/do/note?client=c03&from=clients&where={where}"), text="likes blue")
    done = owner.post(f"/acme/do/note?from=clients&where={where}", form, headers=HTMX)
    assert unescape(done["HX-Redirect"]) == f"/acme/clients?where={where}"


def cells(page: Any) -> list[str]:
    """The words of the row of c03."""
    html = unescape(page.content.decode())
    row = html[html.index('data-client="c03"') :].partition("</tr>")[0].partition('class="slot"')[0]
    return [one.strip() for one in re.sub(r"<[^>]*>", "\n", row).split("\n")[1:] if one.strip()]


def test_a_form_without_its_number_is_refused(own_site):
    owner = browser(own_site, "owner")
    assert owner.post("/acme/do/note", {"client": "c01", "text": "x"}).status_code == 422


@pytest.mark.thorough
def test_a_client_that_changed_meanwhile_is_shown_before(own_site):
    ana, mario = browser(own_site, "rep"), browser(own_site, "owner")
    form = sending(ana.get("/acme/do/plan?client=c00"), day=str(soon()), amount="1,234.56")
    mario.post("/acme/do/lost", sending(mario.get("/acme/do/lost?client=c00"), reason="closed"))
    refused = ana.post("/acme/do/plan", form, headers=HTMX)
    assert refused.status_code == 409
    html = refused.content.decode()
    assert "owner: marked the client" in html
    assert "You saw: Active. Now: Lost." in html
    assert 'value="1,234.56"' in html
    assert ana.post("/acme/do/plan", sending(refused, day=str(soon()), amount="1,234.56")).status_code == 302


@pytest.mark.thorough
def test_another_client_that_changed_is_no_obstacle(own_site):
    ana, mario = browser(own_site, "rep"), browser(own_site, "owner")
    form = sending(ana.get("/acme/do/note?client=c00"), text="hello")
    mario.post("/acme/do/note", sending(mario.get("/acme/do/note?client=c02"), text="other"))
    assert ana.post("/acme/do/note", form).status_code == 302


@pytest.mark.parametrize("client", ["c01", "z00", "nobody", ""])
def test_foreign_and_absent_look_alike(enter, client):
    rep = enter("rep")
    for verb in ("plan", "lost", "note", "log"):
        assert rep.get(f"/acme/do/{verb}?client={client}").status_code == 404
        assert rep.post(f"/acme/do/{verb}", {"client": client, "request_id": "a"}).status_code == 404


def test_a_viewer_is_told_who_may(enter):
    page = enter("viewer").get("/acme/do/lost?client=c00")
    assert page.status_code == 403
    assert "an owner, a manager or the client" in page.content.decode()
    assert enter("rep").get("/acme/do/assign?client=c00").status_code == 403
    assert "do/lost" not in enter("viewer").get("/acme/clients").content.decode()


def test_what_is_wrong_stands_beside_its_field(own_site):
    owner = browser(own_site, "owner")
    form = sending(owner.get("/acme/do/plan?client=c01"), day="1/1/2020", amount="many")
    page = owner.post("/acme/do/plan", form)
    assert page.status_code == 422
    html = unescape(page.content.decode())
    assert "1 Jan 2020 has come already" in html
    assert "many is no amount above zero" in html
    assert 'value="many"' in html


@pytest.mark.thorough
def test_cancelled_is_refused_where_something_was_invoiced(own_site):
    owner = browser(own_site, "owner")
    page = owner.post("/acme/do/cancelled", sending(owner.get("/acme/do/cancelled?client=c01")))
    assert page.status_code == 422
    assert "Client 01 was invoiced, so it was a client. Mark it lost instead." in page.content.decode()


@pytest.mark.thorough
def test_a_plan_is_proposed_moved_and_dropped(own_site):
    owner = browser(own_site, "owner")
    page = owner.get("/acme/do/plan?client=c00&from=clients")
    html = page.content.decode().partition('class="form act"')[2]
    value = re.search(r'name="day" value="([^"]+)"', html)[1]
    assert value > str(datetime.now(UTC).date())
    done = owner.post("/acme/do/plan?from=clients", sending(page, day=value, amount="1.234,50"), headers=HTMX)
    html = done.content.decode()
    assert "Planned 1,234.50" in html
    assert 'hx-swap-oob="true"' in html
    plan = plan_of(own_site)
    moved = owner.post("/acme/do/move", sending(owner.get(f"/acme/do/move?plan={plan}"), plan=plan, day=str(soon())))
    assert moved.status_code == 302
    rep = browser(own_site, "other_rep")
    assert rep.get(f"/acme/do/drop?plan={plan}").status_code == 404
    assert owner.post("/acme/do/drop", sending(owner.get(f"/acme/do/drop?plan={plan}"), plan=plan)).status_code == 302
    assert owner.get("/acme/do/drop?plan=plan-99").status_code == 404


@pytest.mark.thorough
def test_undo_of_others_needs_to_be_allowed(own_site):
    owner, rep = browser(own_site, "owner"), browser(own_site, "rep")
    owner.post("/acme/do/note", sending(owner.get("/acme/do/note?client=c00"), text="mine"))
    number = newest(own_site)
    refused = rep.post("/acme/do/undo", {"change": str(number), "request_id": "u1"})
    assert refused.status_code == 403
    rep.post("/acme/do/note", sending(rep.get("/acme/do/note?client=c00"), text="hers"))
    assert rep.post("/acme/do/undo", {"change": str(newest(own_site)), "request_id": "u2"}).status_code == 302
    assert rep.post("/acme/do/undo", {"change": str(newest(own_site)), "request_id": "u3"}).status_code == 302
    page = rep.get("/acme/clients").content.decode()
    assert "Back in force" in page
    other = browser(own_site, "other_rep")
    assert other.post("/acme/do/undo", {"change": str(number), "request_id": "u4"}).status_code == 404
    assert owner.post("/acme/do/undo", {"change": "99999", "request_id": "u5"}).status_code == 404


@pytest.mark.thorough
def test_several_at_once_are_one_change(own_site):
    owner = browser(own_site, "owner")
    before = changes(own_site)
    form = {**sending(owner.get("/acme/do/lost?client=c00&client=c02")), "client": ["c00", "c02"]}
    assert owner.post("/acme/do/lost", form).status_code == 302
    assert changes(own_site) == before + 1
    assert "2 clients marked lost." in owner.get("/acme/clients").content.decode()


@pytest.mark.thorough
def test_a_contact_is_logged_and_a_rep_assigned(own_site):
    owner = browser(own_site, "owner")
    assert owner.post(
        "/acme/do/log", sending(owner.get("/acme/do/log?client=c00"), channel="call", on=today(), about="asked")
    )
    assert "Logged a contact with Client 00." in owner.get("/acme/clients").content.decode()
    owner.post("/acme/do/assign", sending(owner.get("/acme/do/assign?client=c00"), rep="Bruno", since=today()))
    assert browser(own_site, "rep").get("/acme/do/note?client=c00").status_code == 404
    assert browser(own_site, "other_rep").get("/acme/do/note?client=c00").status_code == 200


def test_a_day_that_is_over_offers_nothing(enter):
    assert "do/lost" not in enter("owner").get("/acme/clients?day=2026-01-31").content.decode()
    ahead = enter("owner").get(f"/acme/clients?day={soon()}").content.decode()
    assert "do/plan" in ahead
    assert "do/lost" not in ahead


def soon() -> Any:
    return datetime.now(UTC).date() + timedelta(days=40)


def today() -> str:
    return str(datetime.now(UTC).date())


def newest(site: Any) -> int:
    from cartera.ledger.models import Change

    rows = Change.objects.using(site.alias).filter(workspace__name="Acme").order_by("-number")
    return int(rows.values_list("number", flat=True)[0])


def plan_of(site: Any) -> str:
    from cartera.ledger.models import Invoice

    return str(Invoice.objects.using(site.alias).filter(state="planned").values_list("invoice_id", flat=True)[0])


@pytest.mark.thorough
def test_a_step_silences_a_call_until_its_day(own_site):
    owner = browser(own_site, "owner")
    assert "Client 09" in owner.get("/acme/today").content.decode()
    page = owner.get("/acme/do/step?client=c09&from=today")
    done = owner.post("/acme/do/step?from=today", sending(page, day=str(soon()), text="send the offer"))
    assert done.status_code == 302
    html = owner.get("/acme/today").content.decode()
    assert "Client 09 comes back on" in html
    assert f'id="{row_id("c09")}"' not in html
    assert owner.post("/acme/do/finish", sending(owner.get("/acme/do/finish?client=c09"))).status_code == 302
    assert f'id="{row_id("c09")}"' in owner.get("/acme/today").content.decode()
    owner.post("/acme/do/no-answer?from=today", {"client": "c09", "request_id": "n1"})
    assert "Logged: no answer from Client 09." in owner.get("/acme/today").content.decode()


def test_what_is_typed_is_said_back(enter):
    owner = enter("owner")
    assert owner.get("/acme/do/echo?day=2026-12-03").content.decode() == "3 Dec 2026, Thursday"
    assert owner.get("/acme/do/echo?review=3/12/2026").content.decode() == "3 Dec 2026, Thursday"
    assert owner.get("/acme/do/echo?amount=1.234,56").content.decode() == "1,234.56"
    assert owner.get("/acme/do/echo?amount=%3Cb%3E").content.decode().startswith("&lt;b&gt; is no amount")
    french = owner.get("/acme/do/echo?amount=1.234", headers={"Accept-Language": "fr"}).content.decode()
    assert french == "1\N{NARROW NO-BREAK SPACE}234,00"
    assert owner.get("/acme/do/echo?amount=1.234").content.decode() == "1.23"


@pytest.mark.thorough
def test_a_double_click_writes_once(own_site):
    form = sending(browser(own_site, "owner").get("/acme/do/note?client=c01"), text="twice")
    before = changes(own_site)

    def send(_: int) -> int:
        return browser(own_site, "owner").post("/acme/do/note", form).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(send, range(4))) == [302] * 4
    assert changes(own_site) == before + 1


@pytest.mark.thorough
def test_a_contact_is_kept(own_site):
    rep = browser(own_site, "rep")
    form = sending(
        rep.get("/acme/do/contact?client=c00&from=clients/c00"), name="Jo Smith", role="buyer", consent="mail"
    )
    assert rep.post("/acme/do/contact?from=clients/c00", form).status_code == 302
    html = rep.get("/acme/clients/c00").content.decode()
    assert "Jo Smith is kept at Client 00." in html
    assert "consent: mail" in html
