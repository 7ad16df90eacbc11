"""The command `link`: which clients could be one, are one, are surely two, or belong to a parent."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import Printing
from cartera.cli.printing import check_format
from cartera.cli.program import command
from cartera.cli.workspace.done import tell_done, where
from cartera.cli.workspace.lists import is_json, tell_list
from cartera.cli.workspace.options import By, Remark, Workspace, book
from cartera.errors import CarteraError, suggested

if TYPE_CHECKING:
    from cartera.facts.likeness import Pair
    from cartera.ledger.book import Book
    from cartera.views.view import Unit

SUGGEST, DIFFERENT, PARENT, LIST = "suggest", "different", "parent", "list"
USES = (("suggest",), ("A", "B"), ("different", "A", "B"), ("parent", "CHILD", "PARENT"))
Words = Annotated[
    list[str],
    typer.Argument(metavar="suggest | A B | different A B | parent CHILD PARENT | list", show_default=False),
]
PAIRS: dict[str, Unit] = {"first": "text", "second": "text", "score": "count", "reasons": "text"}
LINKS: dict[str, Unit] = {
    "client_id": "text", "to_id": "text", "relation": "text", "change": "count", "by": "text", "made_at": "text",
    "sentence": "text",
}  # fmt: skip


def link_command(
    words: Words,
    *,
    printing: Printing,
    workspace: Workspace = None,
    by: By = None,
    note: Remark = "",
) -> None:
    """Say which clients are one: B is the same client as A, and A leads. Old ids keep finding it."""
    check_format(printing)
    opened = book(workspace)
    match words:
        case ["suggest"]:
            tell_suggestions(opened, workspace, printing)
        case ["list"]:
            tell_links(opened, printing)
        case _:
            tell_done(*decide(opened, words, by, note), workspace, as_json=is_json(printing))


def decide(opened: Book, words: list[str], by: str | None, note: str) -> tuple[str, int]:
    """Link, keep apart, or put below a parent, as the words say: the sentence, and the number of the change."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.identity import link

    verbs = {DIFFERENT: link.link_different, PARENT: link.link_parent}
    match words:
        case [verb, one, other] if verb in verbs:
            said = verbs[verb](EVERYTHING, opened, one, other, by=author(by), note=note)
        case [one, other]:
            said = link.link_same(EVERYTHING, opened, one, other, by=author(by), note=note)
        case _:
            raise CarteraError(
                f"link does not understand {' '.join(words)!r}.",
                fix=f"For example: {', '.join(suggested('link', *one) for one in USES)}.",
            )
    return said[1], said[0]


def tell_suggestions(opened: Book, workspace: str | None, how: Printing) -> None:
    """Write the pairs with their reasons and the two answers."""
    from cartera.app.workspace.identity.suggest import suggest

    found = suggest(EVERYTHING, opened)
    shown = found[: how.most_rows or None]
    rows = [
        {"first": pair.first, "second": pair.second, "score": pair.score, "reasons": "; ".join(reasons(pair))}
        for pair in found
    ]
    tell_list("suggestions", PAIRS, rows, (line for pair in shown for line in told(pair, workspace)), how)
    if is_json(how):
        return
    sys.stderr.write(f"{counted(len(found), len(shown))}\n")


def told(pair: Pair, workspace: str | None) -> list[str]:
    """One suggestion over several lines."""
    why = [f"  {one.verdict:8} {one.field}: {one.text}" for one in pair.reasons]
    ids = (pair.first, pair.second, *where(workspace))
    head = f"{pair.first} and {pair.second} could be one client"
    return [
        head,
        *why,
        f"  one client?  {command('link', *ids)}",
        f"  two clients? {command('link', DIFFERENT, *ids)}",
    ]


def reasons(pair: Pair) -> list[str]:
    """Why the two could be one, and what speaks against it."""
    return [f"{one.field} {one.verdict}: {one.text}" for one in pair.reasons]


def counted(count: int, shown: int) -> str:
    """How many pairs there are."""
    if not count:
        return "No two clients look like one."
    rest = "" if shown == count else f", the first {shown} shown (--limit 0 shows all)"
    return f"{count:,} {'pair' if count == 1 else 'pairs'} to look at{rest}. Nothing is linked without you."


def tell_links(opened: Book, how: Printing) -> None:
    """Write every link that holds, with the change that made it."""
    from cartera.app.workspace.identity.told import told_links

    rows = told_links(EVERYTHING, opened)
    tell_list("links", LINKS, rows, (f"{row['sentence']} (change {row['change']})" for row in rows), how)
    if not rows:
        sys.stderr.write(f"No links. To look for some: {suggested('link', 'suggest')}.\n")
