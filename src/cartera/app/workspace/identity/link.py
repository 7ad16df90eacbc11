"""Say that two clients are one, surely two, or child and parent: a decision that can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.identity.who import Who, who
from cartera.errors import CarteraError, suggested
from cartera.tongue import say, say_many

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

LINK = "link"
PERSON = "person"  # the method of a link that a person made


def link_same(scope: Scope, book: Book, leading: str, other: str, *, by: str, note: str = "") -> tuple[int, str]:
    """`other` is the same client as `leading`, which leads: the number of the change and the sentence that tells it.

    Chains are followed to their end. CarteraError: it is so already, or it would close a circle.
    """
    from cartera.ledger.links import DIFFERENT, SAME, links, pair, shown_circle

    scope.require(LINK)
    held, (first, second) = links(book), _both(scope, book, leading, other)
    if first.client_id == second.client_id:
        raise CarteraError(
            say("{first} and {second} are one client already.", first=first.called, second=second.called),
            fix=_undo(book, first, second),
        )
    apart = pair(first.client_id, second.client_id)
    told = replace(held, same={**held.same, second.client_id: first.client_id}, different=held.different - {apart})
    if shown_circle(told, first.client_id):
        raise CarteraError(
            say(
                "{first} rolls up to {second}, which would then roll up to itself.",
                first=first.called,
                second=second.called,
            ),
            fix=say("Let the parent lead: {command}.", command=suggested("link", second.own_id, first.own_id)),
        )
    moved = len(held.followers(second.client_id))
    sentence = _same(first.called, second.called, moved)
    withdrawn = [(DIFFERENT, apart)] if apart in held.different else []
    number = _write(book, SAME, (second.client_id, first.client_id), by=by, note=note, without=withdrawn)
    return number, sentence


def link_different(scope: Scope, book: Book, one: str, other: str, *, by: str, note: str = "") -> tuple[int, str]:
    """The two are surely two clients and are never suggested again. CarteraError: they are linked as one."""
    from cartera.ledger.links import DIFFERENT, pair

    scope.require(LINK)
    first, second = _both(scope, book, one, other)
    if first.client_id == second.client_id:
        raise CarteraError(
            say("{first} and {second} are linked as one client.", first=first.called, second=second.called),
            fix=_undo(book, first, second),
        )
    sentence = say(
        "{first} and {second} are two clients and are never suggested again",
        first=first.called, second=second.called,
    )  # fmt: skip
    return _write(book, DIFFERENT, pair(first.client_id, second.client_id), by=by, note=note), sentence


def link_parent(scope: Scope, book: Book, child: str, parent: str, *, by: str, note: str = "") -> tuple[int, str]:
    """`child` belongs to `parent`. CarteraError: they are one, or the parent is already below the child."""
    from cartera.ledger.links import PARENT, links, rolls_up, shown_circle

    scope.require(LINK)
    held, (first, second) = links(book), _both(scope, book, child, parent)
    if first.client_id == second.client_id:
        raise CarteraError(
            say("{first} and {second} are one client.", first=first.called, second=second.called),
            fix=say("Name another parent."),
        )
    told = replace(held, parents={**held.parents, first.client_id: second.client_id})
    if shown_circle(told, first.client_id):
        raise CarteraError(
            say("{second} is below {first} already: a circle.", second=second.called, first=first.called),
            fix=say("Name a parent outside of its own tree."),
        )
    both = {"first": first.called, "second": second.called}
    sentence = say("{first} belongs to {second} (roll_up is off: both stay in the portfolio)", **both)
    if rolls_up(book):
        sentence = say("{first} belongs to {second} and counts as it", **both)
    return _write(book, PARENT, (first.client_id, second.client_id), by=by, note=note), sentence


def _both(scope: Scope, book: Book, one: str, other: str) -> tuple[Who, Who]:
    first, second = who(scope, book, one), who(scope, book, other)
    if first.own_id == second.own_id:
        raise CarteraError(
            say("{one} and {other} name one client.", one=repr(one), other=repr(other)),
            fix=say("Name two: {command}.", command=suggested("link", one, "OTHER")),
        )
    return first, second


def _write(book: Book, relation: str, ids: tuple[str, str], *, by: str, note: str, without: Any = ()) -> int:
    from cartera.ledger.entry import entry
    from cartera.ledger.links import key, links, rows, shown_circle
    from cartera.ledger.models import Link

    told = {"relation": relation, "client_id": ids[0], "to_id": ids[1]}
    with entry(book, LINK, at=now(), by=by, subject=ids[0], note=note, told=told) as made:
        for kind, pair in without:
            for row in rows(book, kind):
                if (row.client_id, row.to_id) == pair:
                    made.remove(Link, row)
        is_new = made.put(
            Link, key(relation, *ids), client_id=ids[0], to_id=ids[1], relation=relation, method=PERSON, score=None
        )
        if not is_new:
            raise CarteraError(say("this was said before and still holds."), fix=_see())
        if shown_circle(links(book), ids[0]):  # looked at before the lock, somebody said the contrary meanwhile
            raise CarteraError(say("the two were linked the other way round meanwhile."), fix=_see())
        made.after = told
    return int(made.change.number)


def _undo(book: Book, *both: Who) -> str:
    """How to take the link away that makes one of them follow the other."""
    from cartera.ledger.links import SAME, rows

    own = {one.own_id for one in both}
    numbers = [row.change.number for row in rows(book, SAME) if row.client_id in own]
    return say("To part them: {command}.", command=suggested("undo", str(max(numbers)))) if numbers else _see()


def _see() -> str:
    return say("See: {command}.", command=suggested("link", "list"))


def _same(first: str, second: str, moved: int) -> str:
    if not moved:
        return say("{second} is the same client as {first}, which leads", first=first, second=second)
    return say_many(
        "{second} is the same client as {first}, which leads, with the client already linked to it",
        "{second} is the same client as {first}, which leads, with the {count} clients already linked to it",
        count=moved, first=first, second=second,
    )  # fmt: skip
