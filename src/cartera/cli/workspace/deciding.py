"""What do all commands that decide share? About whom, asked first where it is about many; and what is told then."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

from cartera.app.scope import EVERYTHING
from cartera.cli.options import ASKING, PRINTING, Where, chosen, option
from cartera.cli.program import command
from cartera.cli.workspace.done import where, write_json
from cartera.cli.workspace.options import PANEL
from cartera.errors import Ambiguous, CarteraError, Question, suggested

if TYPE_CHECKING:
    from cartera.app.workspace.deciding.act import Act, Done
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.ledger.book import Book

MOST_TOLD = 5  # clients for whom it is told one by one why they are left out

__all__ = ["AsJson", "Code", "Where", "Yes"]

Yes = Annotated[bool, option("--yes", "-y", panel=ASKING, text="Do it for all that --where leaves, without asking.")]
AsJson = Annotated[bool, option("--json", panel=PRINTING, text="Tell it to a program: change, clients, plans, text.")]
Code = Annotated[
    str,
    option("--reason", panel=PANEL, metavar="CODE", text="Why: price, competitor, closed, moved, need_gone, other ..."),
]


def split(
    words: list[str], filters: list[str] | None, *names: str, usage: tuple[str, ...]
) -> tuple[str | None, list[str]]:
    """The client that the words begin with, None where filters say whom, and the words after it."""
    wanted = [*([] if filters else ["CLIENT"]), *names]
    if len(words) == len(wanted):
        return (None, words) if filters else (words[0], words[1:])
    beside = " beside --where" if filters else ""
    found = f"{len(words)} words" if len(words) != 1 else "1 word"
    told = " ".join(wanted) or "no words"
    raise CarteraError(
        f"{told} was expected{beside}, and {found} found: {' '.join(words)!r}.", fix=f"For example {suggested(*usage)}."
    )


def whom(book: Book, workspace: str | None, client: str | None, filters: list[str] | None, act: Act) -> Whom:
    """The client named, or all that the filters leave today."""
    from cartera.app.workspace.deciding.whom import client_called, clients_where

    if client is not None:
        return client_called(EVERYTHING, book, client)
    from cartera.app.show import Ask
    from cartera.app.workspace.place import chosen as place

    return clients_where(EVERYTHING, book, place(workspace), Ask(day=act.day, where=chosen(filters)))


def agree(whom: Whom, doing: str, *, yes: bool, refused: dict[str, str] | None = None) -> Whom:
    """Those of them with whom it fits, after a person agreed where it is about several. CarteraError: with nobody.

    doing: with a hole for whom: mark {} as lost. refused: why it does not fit some.
    """
    left = whom.without(set(refused or {}))
    out = [f"Left out: {why.format(name=whom.names[one])}" for one, why in (refused or {}).items()]
    out = [*out[:MOST_TOLD], *([f"Left out: {len(out) - MOST_TOLD:,} more."] if len(out) > MOST_TOLD else [])]
    if not left.names:
        raise CarteraError("it fits nobody of those asked for.", fix=" ".join(out))
    if len(whom.names) == 1 or yes:
        sys.stderr.writelines(f"{line}\n" for line in out)
        return left
    unclear = "\n".join([*out, f"{doing.format(left.text).capitalize()}: {left.listed}?"])
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Ambiguous([Question("bulk", unclear, "--yes", {"": "do it, as one change that one undo takes back"})])
    sys.stderr.write(f"{unclear} [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
        raise CarteraError("Nothing was done.")
    return left


def tell(done: Done, workspace: str | None, *, as_json: bool) -> None:
    """Write what was done and how to take it back."""
    if as_json:
        told: dict[str, Any] = {"change": done.number, "clients": done.clients, "plans": done.plans}
        write_json(told | {"text": " ".join(filter(None, (f"{done.text}.", done.effect)))})
        return
    back = command("undo", str(done.number), *where(workspace))
    effect = f" {done.effect}" if done.effect else ""
    sys.stdout.write(f"{done.text} (change {done.number}).{effect} To take it back: {back}.\n")
