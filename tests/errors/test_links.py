"""Links between clients that are refused, with the whole message; nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.workspace.identity.acme import ACME, NORTH, SOUTH, TWIN, fill

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.identity.link import link_different, link_parent, link_same
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.ledger.book import Book


def test_refusals(book: Book) -> None:
    fill(book, ACME, TWIN, NORTH, SOUTH)
    number, _ = link_same(EVERYTHING, book, "A1", "B7", by="Ana")
    link_parent(EVERYTHING, book, "N1", "A1", by="Ana")
    link_different(EVERYTHING, book, "A1", "S1", by="Ana")
    cases = [
        (link_same, "A1", "A1", "'A1' and 'A1' name one client. Name two: cartera link A1 OTHER."),
        (link_same, "B7", "A1", "ACME Limited (B7) and Acme Ltd (A1) are one client already."
         f" To part them: cartera undo {number}."),
        (link_same, "A1", "B7", "Acme Ltd (A1) and ACME Limited (B7) are one client already."
         f" To part them: cartera undo {number}."),
        (link_different, "A1", "B7", "Acme Ltd (A1) and ACME Limited (B7) are linked as one client."
         f" To part them: cartera undo {number}."),
        (link_parent, "A1", "B7", "Acme Ltd (A1) and ACME Limited (B7) are one client. Name another parent."),
        (link_parent, "A1", "N1", "Acme North Ltd (N1) is below Acme Ltd (A1) already: a circle."
         " Name a parent outside of its own tree."),
        (link_same, "N1", "A1", "Acme North Ltd (N1) rolls up to Acme Ltd (A1), which would then roll up to itself."
         " Let the parent lead: cartera link A1 N1."),
        (link_different, "A1", "S1", "this was said before and still holds. See: cartera link list."),
        (link_same, "Acme", "S1", "4 clients fit 'Acme'. Give the id: Acme Ltd (A1), ACME Limited (B7),"
         " Acme North Ltd (N1), Acme South Ltd (S1)."),
        (link_same, "Acmee", "S1", "there is no client 'Acmee' in this workspace. Did you mean 'Acme Ltd' (A1)?"),
    ]  # fmt: skip
    from cartera.ledger.models import Change

    count = Change.objects.using(book.alias).count()
    for verb, one, other, message in cases:
        with pytest.raises(CarteraError) as caught:
            verb(EVERYTHING, book, one, other, by="Ana")
        assert str(caught.value) == message
    assert Change.objects.using(book.alias).count() == count


def test_somebody_said_the_contrary_meanwhile(book: Book) -> None:
    from cartera.app.workspace.identity.link import _write
    from cartera.ledger.links import SAME, links

    fill(book, ACME, SOUTH)
    link_same(EVERYTHING, book, "A1", "S1", by="Ana")
    with pytest.raises(CarteraError) as caught:
        _write(book, SAME, ("A1", "S1"), by="Bob", note="")
    assert str(caught.value) == "the two were linked the other way round meanwhile. See: cartera link list."
    assert links(book).same == {"S1": "A1"}
