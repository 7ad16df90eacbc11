"""Linking clients: nothing lost, old ids keep resolving, everything can be taken back, circles are refused."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.ledgers import MOMENT
from tests.shells.shell import cartera
from tests.workspace.identity.acme import ACME, NORTH, SOUTH, TWIN, fill

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.identity.link import link_different, link_parent, link_same
from cartera.app.workspace.identity.suggest import suggest
from cartera.app.workspace.identity.who import who
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.ledger.book import Book


def moved(book: Book, *, roll_up: bool = True) -> dict[str, str]:
    from cartera.ledger.links import links

    return links(book).moved(roll_up=roll_up)


def undone(book: Book, number: int) -> int:
    from cartera.ledger.undo import undo

    return undo(book, number, at=MOMENT, by="Ana").change.number


def test_one_client_from_two(book: Book) -> None:
    fill(book, ACME, TWIN)
    assert [(pair.first, pair.second) for pair in suggest(EVERYTHING, book)] == [("A1", "B7")]
    number, told = link_same(EVERYTHING, book, "A1", "ACME limited", by="Ana")
    assert told == "ACME Limited (B7) is the same client as Acme Ltd (A1), which leads"
    assert moved(book) == {"B7": "A1"} and suggest(EVERYTHING, book) == []
    assert who(EVERYTHING, book, "B7").client_id == who(EVERYTHING, book, "ACME Limited").client_id == "A1"
    undone(book, number)
    assert moved(book) == {} and who(EVERYTHING, book, "B7").client_id == "B7" and len(suggest(EVERYTHING, book)) == 1


def test_the_contrary_said_meanwhile_closes_no_circle(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(book, ACME, TWIN)

    def now() -> datetime:
        """The moment before the lock, in which somebody else is quicker."""
        monkeypatch.setattr("cartera.app.workspace.identity.link.now", lambda: MOMENT)
        link_same(EVERYTHING, book, "B7", "A1", by="Bob")
        return MOMENT

    monkeypatch.setattr("cartera.app.workspace.identity.link.now", now)
    with pytest.raises(CarteraError, match="the two were linked the other way round meanwhile"):
        link_same(EVERYTHING, book, "A1", "B7", by="Ana")
    assert moved(book) == {"A1": "B7"}


def test_every_row_stays_with_its_client(book: Book) -> None:
    from cartera.ledger.models import Client, Invoice

    fill(book, ACME, TWIN, invoices=3)
    before = [list(model.objects.using(book.alias).values()) for model in (Client, Invoice)]
    link_same(EVERYTHING, book, "A1", "B7", by="Ana")
    assert [list(model.objects.using(book.alias).values()) for model in (Client, Invoice)] == before


def test_two_clients_are_never_suggested_again(book: Book) -> None:
    fill(book, ACME, TWIN)
    number, _ = link_different(EVERYTHING, book, "B7", "A1", by="Ana")
    assert suggest(EVERYTHING, book) == []
    undone(book, number)
    assert len(suggest(EVERYTHING, book)) == 1


def test_a_later_decision_replaces_the_difference(book: Book) -> None:
    from cartera.ledger.links import links

    fill(book, ACME, TWIN)
    link_different(EVERYTHING, book, "A1", "B7", by="Ana")
    number, _ = link_same(EVERYTHING, book, "A1", "B7", by="Ana")
    assert links(book).different == frozenset() and moved(book) == {"B7": "A1"}
    undone(book, number)
    assert links(book).different == {("A1", "B7")} and moved(book) == {}


def test_chains_lead_to_their_end(book: Book) -> None:
    fill(book, ACME, TWIN, NORTH)
    first, _ = link_same(EVERYTHING, book, "B7", "N1", by="Ana")
    second, told = link_same(EVERYTHING, book, "A1", "N1", by="Ana")
    assert (
        told
        == "Acme North Ltd (N1) is the same client as Acme Ltd (A1), which leads, with the client already linked to it"
    )
    assert moved(book) == {"B7": "A1", "N1": "A1"}
    undone(book, second)
    assert moved(book) == {"N1": "B7"}
    undone(book, first)
    assert moved(book) == {}


def test_undoing_undos_cannot_close_a_circle_that_never_ends(book: Book) -> None:
    fill(book, ACME, TWIN)
    first, _ = link_same(EVERYTHING, book, "A1", "B7", by="Ana")
    back = undone(book, first)
    link_same(EVERYTHING, book, "B7", "A1", by="Ana")
    undone(book, back)
    assert moved(book) == {"B7": "A1"}


def test_children_count_as_their_parent_when_the_workspace_says_so(book: Book) -> None:
    fill(book, ACME, NORTH, SOUTH)
    link_parent(EVERYTHING, book, "N1", "A1", by="Ana")
    link_parent(EVERYTHING, book, "S1", "N1", by="Ana")
    assert moved(book) == {"N1": "A1", "S1": "A1"} and moved(book, roll_up=False) == {}


def test_at_the_command_line(workspace: str) -> None:
    from cartera.app.workspace.place import open_workspace

    fill(open_workspace(workspace), ACME, TWIN)
    found = cartera(f"link suggest -w {workspace}")
    assert "A1 and B7 could be one client\n  agrees   name: " in found.out
    assert found.told == "1 pair to look at. Nothing is linked without you.\n"
    done = cartera(f"link A1 B7 -w {workspace} --by Ana")
    assert done.out.startswith(
        "ACME Limited (B7) is the same client as Acme Ltd (A1), which leads (change 2). To take it"
    )
    assert (
        cartera(f"link list -w {workspace}").out == "ACME Limited (B7) is the same client as Acme Ltd (A1) (change 2)\n"
    )
    assert cartera(f"link suggest -w {workspace}").told == "No two clients look like one.\n"
    wrong = cartera(f"link A B C D -w {workspace}")
    assert wrong.status == 2 and wrong.told.startswith("link does not understand 'A B C D'. For example: cartera link")


@pytest.mark.thorough
def test_old_ids_keep_finding_the_client_in_questions(workspace: str) -> None:
    from cartera.app.workspace.place import open_workspace

    fill(open_workspace(workspace), ACME, TWIN)
    cartera(f"link A1 B7 -w {workspace}")
    assert "\nAcme Ltd: Active since" in cartera(f"explain B7 {workspace} --day 2026-03-31").out
    shown = cartera(f"show activity {workspace} --where client_id=B7 --day 2026-03-31 --format csv").out
    assert [line.partition(",")[0] for line in shown.splitlines()[1:]] == ["A1"]
