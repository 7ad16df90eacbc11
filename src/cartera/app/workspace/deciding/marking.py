"""Mark clients lost, cancelled or reactivated: what people know and invoices do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.app.workspace.deciding.act import Act, Done, change
from cartera.app.workspace.deciding.effect import told_moves
from cartera.errors import CarteraError, UnknownNameError, suggested, typed
from cartera.tongue import Value, filled, say, spoken, text
from cartera.words import MARKS, REASONS, reason_said

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.ledger.book import Book

CANCELLED, REACTIVATED = "cancelled", "reactivated"
INVOICED = text("{name} was invoiced: mark it lost instead.")
UNMARKED = text("{name} carries no mark to lift.")


def mark(scope: Scope, book: Book, whom: Whom, word: str, act: Act, *, on: date, review: date | None = None) -> Done:
    """The mark on these clients from `on`. CarteraError: it does not fit one of them, see `refused`."""
    scope.require("mark")
    check_reason(act.reason)
    if review is not None and review <= act.day:
        raise CarteraError(
            say("{review} is no day to come.", review=review),
            where="--review",
            fix=say("Give the day on which to look again."),
        )
    for one, why in refused(book, whom, word, on).items():
        raise CarteraError(filled(spoken(why), {"name": whom.names[one]}), fix=_instead(word, one))
    from cartera.ledger.models import Mark

    told = {"mark": word} | ({"review": review.isoformat()} if review else {})
    with told_moves(book, whom, act) as moved, change(book, "mark", act, whom.ids, told) as made:
        for ordinal, one in enumerate(whom.ids, 1):
            made.put(
                Mark, f"{made.change.number}.{ordinal}", client_id=one, mark=word, marked_on=on, recorded_at=act.at,
                by=act.by, reason=act.reason, note=act.note, review_on=review,
            )  # fmt: skip
            made.after[one] = told | {"on": on.isoformat()}
        made.before |= {one: {"segment": moved.before[one]} for one in whom.ids if one in moved.before}
    return Done(made.change.number, _said(whom, word, on, act.reason, review), moved.text, whom.ids)


def _said(whom: Whom, word: str, on: date, reason: str, review: date | None) -> str:
    """Marked Acme as lost from 2026-05-01 (too expensive); to be looked at again on 2026-11-01."""
    named: dict[str, Value] = {"clients": whom.text, "mark": spoken(word, "value"), "day": on}
    told = say("Marked {clients} as {mark} from {day}", **named)
    if reason:
        told = say("Marked {clients} as {mark} from {day} ({reason})", reason=reason_said(reason).lower(), **named)
    return say("{told}; to be looked at again on {day}", told=told, day=review) if review else told


def refused(book: Book, whom: Whom, word: str, on: date) -> dict[str, str]:
    """client_id -> why the mark does not fit it: cancelled where something was invoiced, reactivated without a mark."""
    if word not in MARKS:
        raise UnknownNameError("mark", word, MARKS)
    if word == CANCELLED:
        from cartera.app.workspace.deciding.standing import invoiced

        return dict.fromkeys(sorted(invoiced(book, whom.ids, on)), INVOICED)
    if word == REACTIVATED:
        marked = _marked(book, whom, on)
        return {one: UNMARKED for one in whom.ids if one not in marked}
    return {}


def check_reason(code: str) -> None:
    """Nothing when it is one of the reasons that are counted, or none; words of one's own belong into the note."""
    if code and code not in REASONS:
        error = UnknownNameError("reason", code, tuple(REASONS), where="--reason")
        error.args = (typed(f"{error.args[0]} Say more with --note."),)
        raise error


def _marked(book: Book, whom: Whom, on: date) -> set[str]:
    """Those whose latest mark dated up to `on` is lost or cancelled, lifted or not."""
    from cartera.app.workspace.deciding.standing import facts_about
    from cartera.portfolio.marks import mark_on

    facts = facts_about(book, whom.ids)
    rows: list[dict[str, Any]] = facts.room.rows(mark_on(facts, on))
    return {row["client_id"] for row in rows if row["mark"] != REACTIVATED}


def _instead(word: str, client_id: str) -> str:
    if word == CANCELLED:
        return say(
            "Cancelled is for clients that never bought: {command}.", command=suggested("mark", client_id, "lost")
        )
    planning = suggested("plan", client_id, "DAY", "AMOUNT")
    return say("What is lost by time comes back with an invoice or a plan: {command}.", command=planning)
