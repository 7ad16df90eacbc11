"""What did people say and decide about one client? Every entry with its change, newest first, for its profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera.tongue import capital, day_text, listed, money, say, spoken, text
from cartera.words import reason_said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.ledger.book import Book

MARKED = {
    "lost": text("marked lost"), "cancelled": text("marked cancelled"), "reactivated": text("reactivated"),
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One thing that somebody said. on: the day there. number: of its change. is_undone: it holds no more.

    user_id: who, None for the command line. kind: plan, mark, note, assignment, interaction, step or contact.
    """

    on: date
    kind: str
    words: str
    by: str
    number: int
    user_id: int | None = None
    is_undone: bool = False


def story(scope: Scope, book: Book, whom: Whom, *, until: date) -> list[Said]:
    """What people said of the client up to a day, also what was taken back, the newest first."""
    scope.require("show")
    from cartera.app.workspace.day import day_there
    from cartera.ledger.entry import MANUAL
    from cartera.ledger.links import links
    from cartera.ledger.models import Assignment, Contact, Interaction, Invoice, Mark, Note, Step

    told = links(book)
    ids = [one for own in whom.ids for one in (own, *told.followers(own))]
    found: list[Said] = []
    for model in (Invoice, Mark, Note, Assignment, Interaction, Step, Contact):
        held: Any = model._default_manager.using(book.alias)  # noqa: SLF001 - documented by Django
        rows = held.filter(workspace_id=book.workspace_id, client_id__in=ids, source=MANUAL).select_related("change")
        kind = "plan" if model is Invoice else model.__name__.lower()
        for row in _said_first(rows):
            change = row.change
            on = day_there(book, change.made_at)
            if on <= until:
                words = capital(WORDS[kind](row))
                is_undone = change.undone_by_id is not None
                found.append(Said(on, kind, words, change.by, change.number, change.user_id, is_undone))
    return sorted(found, key=lambda one: (one.on, one.number), reverse=True)


def _said_first(rows: Iterable[Any]) -> list[Any]:
    """The rows that say something of their own: not those that an undo wrote again."""
    return [row for row in rows if row.change_id == row.content_of_id]


def _plan(row: Any) -> str:
    worth = money(row.amount, row.currency, places=2)
    if row.fulfilled_by:
        return say("plan {id} kept by invoice {invoice}", id=row.invoice_id, invoice=row.fulfilled_by)
    if row.void_on:
        return say("plan {id} dropped", id=row.invoice_id)
    return say("planned {amount} for {day}", amount=worth, day=day_text(row.issued_on))


def _mark(row: Any) -> str:
    parts = [spoken(MARKED.get(row.mark, row.mark))]
    parts += [reason_said(row.reason)] if row.reason else []
    parts += [row.note] if row.note else []
    parts += [say("look again on {day}", day=day_text(row.review_on))] if row.review_on else []
    return listed(parts)


def _assignment(row: Any) -> str:
    since = day_text(row.since_on)
    if not row.rep:
        return say("no sales rep from {day} on", day=since)
    return say("sales rep {rep} from {day} on", rep=row.rep, day=since)


def _step(row: Any) -> str:
    parts = [say("next step on {day}", day=day_text(row.due_on)), row.text]
    parts += [say("done on {day}", day=day_text(row.done_on))] if row.done_on else []
    return listed([one for one in parts if one])


WORDS: dict[str, Callable[[Any], str]] = {
    "plan": _plan,
    "mark": _mark,
    "note": lambda row: row.text,
    "assignment": _assignment,
    "interaction": lambda row: listed([one for one in (spoken(row.channel, "value"), row.subject) if one]),
    "step": _step,
    "contact": lambda row: say("contact {name}", name=listed([one for one in (row.name, row.role) if one])),
}
