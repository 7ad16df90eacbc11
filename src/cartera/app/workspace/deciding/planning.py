"""Plan what will be invoiced: once, as a series, or like last year; for one client or for many, in one change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cartera import money, tongue
from cartera.app.workspace.deciding.act import Act, Done, change
from cartera.app.workspace.deciding.effect import told_moves
from cartera.calendar import add_months
from cartera.errors import CarteraError, suggested
from cartera.tongue import Value, say, say_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from cartera.app.scope import Scope
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.ledger.book import Book

YEAR = 12  # months


@dataclass(frozen=True)
class Planned:
    """One invoice to come."""

    client_id: str
    on: date
    amount: Decimal
    currency: str | None


def plan(scope: Scope, book: Book, whom: Whom, planned: Sequence[Planned], act: Act) -> Done:
    """These invoices planned, known from today on; the portfolio counts them at once."""
    scope.require("plan")
    from cartera.ledger.models import Invoice
    from cartera.ledger.plans import plan_ids, taken_ids

    taken = taken_ids(book)
    with told_moves(book, whom, act) as moved, change(book, "plan", act, whom.ids, {"plans": len(planned)}) as made:
        ids = plan_ids(made.change.number, len(planned), taken)
        for key, one in zip(ids, planned, strict=True):
            made.put(
                Invoice, key, invoice_id=key, client_id=one.client_id, kind="invoice", state="planned",
                issued_on=one.on, known_on=act.day, amount=money.rounded(one.amount), currency=one.currency, more="{}",
            )  # fmt: skip
            made.after[key] = {"client_id": one.client_id} | told(one.on, one.amount, one.currency)
    return Done(made.change.number, _said(whom, planned, ids), moved.text, whom.ids, tuple(ids))


def told(on: date, amount: Decimal | None, currency: str | None) -> dict[str, str]:
    """A plan as the audit keeps it."""
    return {"on": on.isoformat(), "amount": money.text(amount), "currency": currency or ""}


def alike(book: Book, whom: Whom, days: Iterable[date], amount: Decimal, currency: str | None = None) -> list[Planned]:
    """The same amount for each client on each day, in the currency given, else in the one usual for the client."""
    usual = {} if currency else currencies(book, whom)
    return [Planned(one, day, amount, currency or usual[one]) for one in whom.ids for day in days]


def like_last_year(book: Book, whom: Whom, act: Act) -> list[Planned]:
    """Every invoice of the last twelve months that counts, a year later, but for those planned so already.

    CarteraError: there is none.
    """
    found = [
        Planned(row["client_id"], add_months(row["issued_on"], YEAR), row["amount"], row["currency"])
        for row in _last_year(book, whom, act.day)
    ]
    already = _open(book, whom)
    wanted = [one for one in found if one.on > act.day and one not in already]
    if wanted:
        return wanted
    if found:
        raise CarteraError(
            say("all that was invoiced to {name} in the last twelve months is planned again already.", name=whom.text),
            fix=say("List the plans: {command}.", command=suggested("plans")),
        )
    raise CarteraError(
        say("nothing was invoiced to {name} in the last twelve months.", name=whom.text),
        fix=say("Give a day and an amount instead."),
    )


def proposed(book: Book, whom: Whom, act: Act) -> Planned | None:
    """The invoice of the last twelve months whose day comes again first and that nobody planned yet, None without."""
    try:
        return min(like_last_year(book, whom, act), key=lambda one: (one.on, one.amount))
    except CarteraError:
        return None


def currencies(book: Book, whom: Whom) -> dict[str, str | None]:
    """client_id -> the currency of its latest invoice, else its own, else the workspace's."""
    from cartera.app.workspace.identity.who import held
    from cartera.ledger.models import Client
    from cartera.ledger.plans import issued

    found: dict[str, str | None] = dict.fromkeys(whom.ids, str(book.workspace.currency) or None)
    own = held(book, Client).exclude(currency=None).values_list("client_id", "currency")
    found |= {one: currency for one, currency in own if one in found}
    dated = sorted(issued(book, whom.ids), key=lambda row: row.issued_on)
    return found | {row.client_id: row.currency for row in dated if row.currency and row.client_id}


def _last_year(book: Book, whom: Whom, day: date) -> list[dict[str, Any]]:
    import narwhals as nw

    from cartera.app.workspace.deciding.standing import facts_about
    from cartera.money import NO_CURRENCY
    from cartera.portfolio.counting import sales_and_plans

    facts = facts_about(book, whom.ids)
    since = (nw.col("issued_on") > add_months(day, -YEAR)) & (nw.col("issued_on") <= day)
    rows = facts.room.rows(sales_and_plans(facts, day).filter(nw.col("counts") & since))
    for row in rows:
        row["currency"] = None if row["currency"] == NO_CURRENCY else row["currency"]
    return sorted(rows, key=lambda row: (row["client_id"], row["issued_on"], row["invoice_id"]))


def _open(book: Book, whom: Whom) -> set[Planned]:
    from cartera.ledger.plans import open_plans

    rows: Iterable[Any] = open_plans(book)
    return {Planned(r.client_id, r.issued_on, r.amount, r.currency) for r in rows if r.client_id in whom.names}


def _said(whom: Whom, planned: Sequence[Planned], ids: Sequence[str]) -> str:
    """Planned 1,200.00 EUR for Acme on 2026-05-01 as plan-12; several by their number, first and last day and sum."""
    sums: dict[str, Decimal] = {}
    for one in planned:
        sums[one.currency or ""] = sums.get(one.currency or "", money.rounded(one.amount * 0)) + one.amount
    parts = [tongue.money(total, currency, places=2) for currency, total in sorted(sums.items())]
    worth = parts[0] if len(parts) == 1 else tongue.both(parts)
    if len(planned) == 1:
        return say(
            "Planned {worth} for {clients} on {day} as {plan}",
            worth=worth, clients=whom.text, day=planned[0].on, plan=ids[0],
        )  # fmt: skip
    first, last = min(one.on for one in planned), max(one.on for one in planned)
    named: dict[str, Value] = {"clients": whom.text, "worth": worth, "plan": ids[0], "last_plan": ids[-1]}
    if first == last:
        return say_many(
            "Planned {count} invoices for {clients} on {day}, {worth} in all, as {plan} to {last_plan}",
            "Planned {count} invoices for {clients} on {day}, {worth} in all, as {plan} to {last_plan}",
            count=len(planned), day=first, **named,
        )  # fmt: skip
    return say_many(
        "Planned {count} invoices for {clients} from {first} to {last}, {worth} in all, as {plan} to {last_plan}",
        "Planned {count} invoices for {clients} from {first} to {last}, {worth} in all, as {plan} to {last_plan}",
        count=len(planned), first=first, last=last, **named,
    )  # fmt: skip
