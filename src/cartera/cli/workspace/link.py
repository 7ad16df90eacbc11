"""The command `link`: which clients could be one, are one, are surely two, or belong to a parent."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import PRINTING, option
from cartera.cli.program import command
from cartera.cli.words import whole
from cartera.cli.workspace.done import tell_done, where, write_json
from cartera.cli.workspace.options import By, Remark, Workspace, book
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.facts.likeness import Pair
    from cartera.ledger.book import Book

SUGGEST, DIFFERENT, PARENT, LIST = "suggest", "different", "parent", "list"
USES = (
    "For example: cartera link suggest, cartera link A B, cartera link different A B, cartera link parent CHILD PARENT."
)
Words = Annotated[
    list[str],
    typer.Argument(metavar="suggest | A B | different A B | parent CHILD PARENT | list", show_default=False),
]
AsJson = Annotated[bool, option("--json", panel=PRINTING, text="suggest, list: for a program.")]
Most = Annotated[str, option("--limit", panel=PRINTING, metavar="N", text="suggest: the first N pairs; 0 for all.")]


def link_command(
    words: Words,
    *,
    workspace: Workspace = None,
    by: By = None,
    note: Remark = "",
    json: AsJson = False,
    limit: Most = "20",
) -> None:
    """Say which clients are one: B is the same client as A, and A leads. Old ids keep finding it."""
    most, opened = whole(limit, "--limit"), book(workspace)
    match words:
        case ["suggest"]:
            tell_suggestions(opened, workspace, most, as_json=json)
        case ["list"]:
            tell_links(opened, as_json=json)
        case _:
            decide(opened, words, by, note, workspace)


def decide(opened: Book, words: list[str], by: str | None, note: str, workspace: str | None) -> None:
    """Link, keep apart, or put below a parent, as the words say."""
    from cartera.app.workspace.author import author
    from cartera.app.workspace.identity import link

    verbs = {DIFFERENT: link.link_different, PARENT: link.link_parent}
    match words:
        case [verb, one, other] if verb in verbs:
            said = verbs[verb](EVERYTHING, opened, one, other, by=author(by), note=note)
        case [one, other]:
            said = link.link_same(EVERYTHING, opened, one, other, by=author(by), note=note)
        case _:
            raise CarteraError(f"link does not understand {' '.join(words)!r}.", fix=USES)
    tell_done(said[1], said[0], workspace)


def tell_suggestions(opened: Book, workspace: str | None, most: int, *, as_json: bool) -> None:
    """Write the pairs with their reasons and the two answers."""
    from dataclasses import asdict

    from cartera.app.workspace.identity.suggest import suggest

    found = suggest(EVERYTHING, opened)
    shown = found[: most or None]
    if as_json:
        write_json([asdict(pair) for pair in shown])
        return
    for pair in shown:
        sys.stdout.writelines(f"{line}\n" for line in told(pair, workspace))
    sys.stderr.write(f"{counted(len(found), len(shown))}\n")


def told(pair: Pair, workspace: str | None) -> list[str]:
    """One suggestion over several lines."""
    reasons = [f"  {one.verdict:8} {one.field}: {one.text}" for one in pair.reasons]
    ids = (pair.first, pair.second, *where(workspace))
    head = f"{pair.first} and {pair.second} could be one client"
    return [
        head,
        *reasons,
        f"  one client?  {command('link', *ids)}",
        f"  two clients? {command('link', DIFFERENT, *ids)}",
    ]


def counted(count: int, shown: int) -> str:
    """How many pairs there are."""
    if not count:
        return "No two clients look like one."
    rest = "" if shown == count else f", the first {shown} shown (--limit 0 shows all)"
    return f"{count:,} {'pair' if count == 1 else 'pairs'} to look at{rest}. Nothing is linked without you."


def tell_links(opened: Book, *, as_json: bool) -> None:
    """Write every link that holds, with the change that made it."""
    from cartera.app.workspace.identity.told import told_links

    rows = told_links(EVERYTHING, opened)
    if as_json:
        write_json(rows)
        return
    sys.stdout.writelines(f"{row['sentence']} (change {row['change']})\n" for row in rows)
    if not rows:
        sys.stderr.write("No links. To look for some: cartera link suggest.\n")
