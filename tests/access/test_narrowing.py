"""Me, team, all: whatever an address asks for, nobody sees more than before, and of me and the team nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import product

import pytest
from tests.access import world as w
from tests.access.table import PAGES
from tests.access.world import HERE, World

from cartera.app.roles import scope_of
from cartera.app.workspace.access.narrowing import PARTS, narrowed
from cartera.errors import CarteraError

NORTHERN = tuple(f"Client {n:02}" for n in range(0, 12, 2))
SOUTHERN = tuple(f"Client {n:02}" for n in range(1, 12, 2))


def others(at: str) -> list[str]:
    """What keeps an address out of the list below, as far as it holds it."""
    return [one for one in ("{", ".toml", "settings") if one in at]


READ = tuple(
    name for name, row in PAGES.items()
    if row.who == PAGES["today"].who and row.post is None and not others(row.at)
)  # fmt: skip


@pytest.fixture
def placed(world: World) -> Iterator[World]:
    """The owner and the manager are the sales rep Ana too, in the team of the north."""
    from cartera.ledger.models import Membership

    with world.as_if():
        chosen = Membership.objects.using(world.site.alias).filter(
            workspace__name="Acme", role__in=["owner", "manager"]
        )
        chosen.update(rep="Ana", team="north")
        yield world


@pytest.mark.parametrize(("sees", "team", "rep"), [*product(("all", "team", "own"), ("", "north"), ("", "Ana"))])
def test_a_part_is_never_more_than_the_whole(world: World, sees: str, team: str, rep: str) -> None:
    from cartera.ledger.models import Membership

    held = world.site.workspaces()[HERE]
    desk = world.site.desk(held)
    for role, part in product(("owner", "manager", "rep", "viewer"), PARTS):
        member = Membership(workspace=held, role=role, sees=sees, team=team, rep=rep)
        whole = scope_of(member, desk.clients_of(member))
        if not {"me": rep, "team": team, "all": "-"}[part]:
            with pytest.raises(CarteraError, match="you are"):
                narrowed(whole, desk, member, part)
            continue
        found = narrowed(whole, desk, member, part)
        assert (found.may, found.workspace) == (whole.may, whole.workspace)
        assert found.clients == whole.clients if part == "all" else found.clients is not None
        assert whole.clients is None or (found.clients is not None and found.clients <= whole.clients)


def listed(world: World, who: str, part: str) -> set[str]:
    """The clients that the API lists."""
    answer = world.browser(who).get(f"/api/v1/{HERE}/views/clients?scope={part}")
    assert answer.status_code == 200, answer.content
    return {row["client_id"] for row in json.loads(answer.content)["rows"]}


def test_page_file_and_call_agree_on_whose_clients(placed: World) -> None:
    own, every = listed(placed, "owner", "me"), listed(placed, "owner", "all")
    assert own < every
    page = placed.browser("owner").get(f"/{HERE}/clients?scope=me").content.decode()
    assert page.count('data-client="') == len(own)
    assert not [one for one in SOUTHERN if one in page]
    file = placed.browser("owner").get(f"/{HERE}/export/clients.csv?scope=me").content.decode("utf-8-sig")
    assert {row["client_id"] for row in csv.DictReader(io.StringIO(file))} == own
    assert (
        listed(placed, "manager", "me") == listed(placed, "manager", "team") == listed(placed, "manager", "all") == own
    )


@pytest.mark.thorough
@pytest.mark.parametrize("name", READ)
def test_a_page_about_me_names_nobody_else(placed: World, name: str) -> None:
    at = PAGES[name].at
    answer = placed.browser("owner").get(f"/{HERE}/{at}{'&' if '?' in at else '?'}scope=me")
    assert answer.status_code == 200 or not at
    said = w.told(answer)
    assert not [one for one in SOUTHERN if one in said]


@pytest.mark.thorough
@pytest.mark.parametrize("name", READ)
def test_all_shows_a_rep_its_own(world: World, name: str) -> None:
    at = PAGES[name].at
    for part in ("all", "team"):
        said = w.told(world.browser("rep").get(f"/{HERE}/{at}{'&' if '?' in at else '?'}scope={part}"))
        assert not [word for word in w.hidden("rep") if word in said], part


def test_who_is_no_sales_rep_is_told_so_and_sees_nothing(world: World) -> None:
    answer = world.browser("owner").get(f"/{HERE}/clients?scope=me")
    assert answer.status_code == 400
    assert "you are no sales rep here" in answer.content.decode()
    assert not [one for one in (*NORTHERN, *SOUTHERN) if one in answer.content.decode()]
    assert world.browser("owner").get(f"/api/v1/{HERE}/views/clients?scope=team").status_code == 400
    assert world.browser("owner").get(f"/{HERE}/clients?scope=mine").status_code == 400


@pytest.mark.thorough
def test_a_client_that_was_given_away_is_given_back(placed: World) -> None:
    """A decision finds its client by its name, also when it made it leave the part that is looked at."""
    browser = placed.browser("owner")
    at = f"/{HERE}/do/assign?scope=me&from=clients&client={w.OWN}"
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', browser.get(at).content.decode()))
    away = browser.post(at, form | {"rep": "Bruno", "since": placed.names["today"]["here"]})
    assert (away.status_code, away["Location"]) == (302, f"/{HERE}/clients?scope=me")
    change = placed.state(HERE)[0]
    assert w.OWN not in listed(placed, "owner", "me")
    back = browser.post(
        f"/{HERE}/do/undo?scope=me&from=clients&change={w.newest(placed.book(HERE))}", {"request_id": "b"}
    )
    assert back.status_code == 302 and change < placed.state(HERE)[0]
    assert w.OWN in listed(placed, "owner", "me")
