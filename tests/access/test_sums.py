"""The list's total is the plain sum of what its reader may see, in page, file and API; without the filter it is not."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.access import world as w
from tests.access.world import HERE, MEMBERS, World

from cartera.app import opened
from cartera.app.workspace.columns import source

if TYPE_CHECKING:
    from datetime import date


def invoices(world: World, day: date) -> dict[str, Decimal]:
    """Client -> the sum of the invoices of its last 365 days, read from the ledger and added in Python."""
    from cartera.ledger.models import Invoice

    book = world.book(HERE)
    rows = Invoice.objects.using(book.alias).filter(
        workspace_id=book.workspace_id, until_version=None, is_deleted=False, state="issued"
    )
    found: dict[str, Decimal] = {}
    for client, amount, on in rows.values_list("client_id", "amount", "issued_on"):
        if 0 <= (day - on).days < 365:
            found[client] = found.get(client, Decimal(0)) + amount
    return found


def expected(world: World, who: str, day: date) -> Decimal:
    """What the caller's list must add up to; the merged client's invoices count for the one that leads."""
    own = invoices(world, day)
    lead = {w.MERGED: w.LEADING}
    return sum((one for client, one in own.items() if seen(world, who, lead.get(client, client))), Decimal(0))


def seen(world: World, who: str, client: str) -> bool:
    """As `world.sees`; an erased client lives on under a pseudonym and without its rep, for those who see all."""
    is_known = client[:1] == "c" and client[1:].isdecimal()
    return w.sees(who, client) if is_known else who in ("owner", "viewer") or erased_is_own(world, who)


def erased_is_own(world: World, who: str) -> bool:
    """Whether the rep of the erased client is still known, and this caller's."""
    from cartera.ledger.models import Client

    rows = Client.objects.using(world.site.alias).filter(workspace__name="Acme", until_version=None, is_deleted=False)
    rep = next((one.rep for one in rows if not (one.client_id[:1] == "c" and one.client_id[1:].isdecimal())), "")
    return rep == "Ana" and who in ("rep", "manager")


def listed(world: World, who: str) -> tuple[Decimal, int, date]:
    """The total, the number of rows and the day that the API tells."""
    from datetime import date

    answer = world.browser(who).get(f"/api/v1/{HERE}/views/clients?limit=100")
    told = json.loads(answer.content)
    rows = told["rows"]
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal(told["totals"]["amount"])
    return Decimal(told["totals"]["amount"]), len(rows), date.fromisoformat(told["day"])


@pytest.mark.thorough
@pytest.mark.parametrize("who", MEMBERS)
def test_the_total_is_the_plain_sum(world: World, who: str) -> None:
    total, count, day = listed(world, who)
    assert total == expected(world, who, day)
    page = world.browser(who).get(f"/{HERE}/clients?every=all").content.decode()
    assert page.count('data-client="') == count
    foot = page[page.index("<tfoot") :]
    assert f"{total:,.0f}" in foot
    if who in ("owner", "manager"):
        with world.as_if():
            file = world.browser(who).get(f"/{HERE}/export/clients.csv").content.decode("utf-8-sig")
        assert sum(Decimal(row["amount"]) for row in csv.DictReader(io.StringIO(file))) == total


@pytest.mark.thorough
def test_the_reps_together_see_what_the_manager_s_and_the_rest_see(world: World) -> None:
    rep, other, owner = (listed(world, who)[0] for who in ("rep", "other_rep", "owner"))
    assert rep != other
    assert rep + other <= owner


@pytest.mark.thorough
def test_without_the_predicate_it_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (opened, source):
        monkeypatch.setattr(module, "seen", lambda _, facts: facts)
    fresh = type(world)(world.site, world.names)
    world.site.forget(world.site.workspaces()[HERE])
    try:
        page = fresh.browser("rep").get(f"/{HERE}/clients").content.decode()
        assert [word for word in w.hidden("rep") if word in page], "the removed filter was not seen"
        total, _, day = listed(fresh, "rep")
        assert total != expected(world, "rep", day)
    finally:
        world.site.forget(world.site.workspaces()[HERE])
