"""Move a plan to another day, or drop it. Both are new versions of the plan: what was known before stays known."""

from __future__ import annotations

from contextlib import ExitStack
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera import tongue
from cartera.app.workspace.deciding.act import Act, Done, change
from cartera.app.workspace.deciding.effect import told_moves
from cartera.app.workspace.deciding.planning import told
from cartera.app.workspace.deciding.whom import Whom, the_client
from cartera.errors import CarteraError, nearest, suggested
from cartera.tongue import say

FAR = Decimal("0.5")  # of the plan: an invoice that differs by more is remarked

if TYPE_CHECKING:
    from datetime import date

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book


def move(scope: Scope, book: Book, text: str, on: date, act: Act) -> Done:
    """The plan on another day, of the same amount, known since it was first entered.

    A mark that was made after the plan is therefore not lifted by moving it. CarteraError: it is no open plan, or
    planned for that day already.
    """
    scope.require("plan")
    row = open_plan(scope, book, text)
    if row.issued_on == on:
        raise CarteraError(
            say("{plan} is planned for {day} already.", plan=row.invoice_id, day=on),
            fix=say("Give another day, or leave it."),
        )
    text, effect, number = _changed(book, "move", row, act, issued_on=on)
    told = say("Moved {plan} from {before} to {day}", plan=text, before=row.issued_on, day=on)
    return Done(number, told, effect, (row.client_id,), (row.invoice_id,))


def drop(scope: Scope, book: Book, text: str, act: Act) -> Done:
    """The plan dropped from today on; on the days before it counts as it did. CarteraError: it is no open plan."""
    scope.require("plan")
    row = open_plan(scope, book, text)
    text, effect, number = _changed(book, "drop", row, act, void_on=act.day)
    told = say("Dropped {plan}, planned for {day}", plan=text, day=row.issued_on)
    return Done(number, told, effect, (row.client_id,), (row.invoice_id,))


def keep(scope: Scope, book: Book, text: str, invoice: Any, act: Act) -> Done:
    """The plan kept by this invoice: it is closed from the day on which it was issued."""
    scope.require("plan")
    row = open_plan(scope, book, text)
    text, effect, number = _changed(book, "match", row, act, **closed_by(invoice, act.day))
    effect = " ".join(filter(None, (effect, _far(row, invoice))))
    told = say("Matched {plan} with invoice {invoice}", plan=text, invoice=invoice.invoice_id)
    return Done(number, told, effect, (row.client_id,), (row.invoice_id,))


def _far(row: Any, invoice: Any) -> str:
    """What to look at when the invoice is of much more or much less than was planned."""
    if row.amount is None or invoice.amount is None or row.currency != invoice.currency:
        return ""
    if abs(invoice.amount - row.amount) <= FAR * row.amount:
        return ""
    return say(
        "Look again: {planned} was planned and {invoiced} is invoiced.",
        planned=tongue.number(row.amount, 2), invoiced=tongue.number(invoice.amount, 2),
    )  # fmt: skip


def closed_by(invoice: Any, day: date) -> dict[str, Any]:
    """What becomes of a plan that this invoice keeps; one issued ahead of its day takes the plan's place today."""
    return {"void_on": min(invoice.issued_on, day), "fulfilled_by": invoice.invoice_id}


def open_plan(scope: Scope, book: Book, text: str) -> Any:
    """The plan with this id. CarteraError: there is none, it is a source's own, or it is closed already."""
    from cartera.ledger.entry import MANUAL
    from cartera.ledger.plans import PREFIX, holding, open_plans

    wanted = text.strip() if not text.strip()[:1].isdigit() else f"{PREFIX}{text.strip()}"
    planned = holding(book).filter(state="planned")
    found = planned.filter(invoice_id=wanted).first() or planned.filter(invoice_id=text.strip()).first()
    if found is None or (scope.clients is not None and found.client_id not in scope.clients):
        open_ids = list(open_plans(book).order_by("invoice_id").values_list("invoice_id", flat=True))
        near = nearest(wanted, open_ids)
        hint = say("Did you mean {name}?", name=repr(near)) + " " if near else ""
        raise CarteraError(
            say("there is no plan {text}.", text=repr(text)),
            fix=hint + say("List them: {command}.", command=suggested("plans")),
        )
    if found.source != MANUAL:
        raise CarteraError(
            say("{invoice_id} was planned in {source}, not here.", invoice_id=found.invoice_id, source=found.source),
            fix=say("Change it there and import it again."),
        )
    if found.void_on is not None:
        plan = found.invoice_id
        what = say("{plan} was dropped on {day}.", plan=plan, day=found.void_on)
        if found.fulfilled_by:
            what = say("{plan} was kept by invoice {invoice}.", plan=plan, invoice=found.fulfilled_by)
        by = found.content_of
        back = say("To open it again: {command}.", command=suggested("undo", str(by.number)))
        again = back if by.kind in {"drop", "match"} else say("Plan anew instead.")
        raise CarteraError(what, fix=again)
    return found


def _changed(book: Book, kind: str, row: Any, act: Act, **values: Any) -> tuple[str, str, int]:
    """The plan in words, what the change moved, and its number; refused when the plan changed meanwhile."""
    whom = Whom({row.client_id: the_client(book, row.client_id)})
    with ExitStack() as stack:
        moved = stack.enter_context(told_moves(book, whom, act))
        made = stack.enter_context(change(book, kind, act, whom.ids, {"plan": row.invoice_id}))
        now = type(row).objects.using(book.alias).filter(pk=row.pk, until_version=None).first()
        if now is None:
            raise CarteraError(
                say("{invoice_id} was changed meanwhile.", invoice_id=row.invoice_id),
                fix=say("Look at it again: {command}.", command=suggested("plans")),
            )
        made.before[row.invoice_id] = state_of(row)
        made.replace(row, **values)
        for name, value in values.items():
            setattr(now, name, value)
        made.after[row.invoice_id] = state_of(now)
    worth = tongue.money(row.amount, row.currency, places=2)
    told = say("{plan} of {clients} ({worth})", plan=row.invoice_id, clients=whom.text, worth=worth)
    return told, moved.text, made.change.number


def state_of(row: Any) -> dict[str, Any]:
    """A plan as the audit keeps it."""
    ended = {"closed_on": row.void_on.isoformat()} if row.void_on else {}
    kept = {"kept_by": row.fulfilled_by} if row.fulfilled_by else {}
    return {"client_id": row.client_id} | told(row.issued_on, row.amount, row.currency) | ended | kept


def client_of(scope: Scope, book: Book, text: str) -> str | None:
    """The client of a plan, open or closed; None when there is no such plan, or none that the scope sees."""
    from cartera.ledger.plans import holding

    found = holding(book).filter(state="planned", invoice_id=text).first()
    if found is None or (scope.clients is not None and found.client_id not in scope.clients):
        return None
    return str(found.client_id)
