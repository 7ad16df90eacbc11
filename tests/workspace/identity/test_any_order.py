"""Links in any order: everybody ends under one id, no circle, and taking all of them back restores what was."""

from __future__ import annotations

from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.ledgers import MOMENT
from tests.workspace.identity.acme import fill

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.identity.link import link_different, link_parent, link_same
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.ledger.book import Book

IDS = "ABCDEF"
VERBS = (link_same, link_same, link_parent, link_different)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(5))
def test_any_order(book: Book, seed: int) -> None:
    from cartera.ledger.links import links
    from cartera.ledger.undo import undo

    random, made = Random(seed), []
    fill(book, *({"client_id": one, "name": f"Client {one}"} for one in IDS))
    for _ in range(25):
        try:
            if made and random.random() < 0.3:
                number = undo(book, random.choice(made), at=MOMENT, by="Ana").change.number
            else:
                number, _told = random.choice(VERBS)(EVERYTHING, book, *random.sample(IDS, 2), by="Ana")
        except CarteraError:
            continue
        made.append(number)
        for roll_up in (True, False):
            moved = links(book).moved(roll_up=roll_up)
            assert not set(moved.values()) & moved.keys(), "whoever leads stands under its own id"
    for number in reversed(made):
        with suppress(CarteraError):  # it is undone already
            undo(book, number, at=MOMENT, by="Ana")
    assert links(book).moved(roll_up=True) == {}
