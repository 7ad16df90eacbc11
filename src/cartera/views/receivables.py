"""View `receivables`: who owes how much and since when; with `--by invoice_id` document by document."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.receivables import AGES, AgeLimits, foreign, missing, open_documents, receivables
from cartera.tongue import say, text
from cartera.views import phrasing
from cartera.views.view import Column, Picture, Query, View

DOCUMENT = "invoice_id"
NOBODY = text("no client named", "value")
DEBTORS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id", unknown="no client named"),
    Column("document_count", "Documents", "count", total=True, minor=True),
    Column("open_amount", "Open", "money", total=True),
    Column("overdue_amount", "Overdue", "money", total=True),
    Column("oldest_due_on", "Oldest due", "date"),
)
DOCUMENTS = (
    Column("client_id", "Id", link="client_id", minor=True),
    Column("name", "Client", link="client_id", unknown=NOBODY),
    Column("invoice_id", "Document"),
    Column("number", "Number", minor=True),
    Column("issued_on", "Issued", "date", minor=True),
    Column("due_on", "Due", "date"),
    Column("days_overdue", "Days overdue", "days"),
    Column("age", "Age", minor=True),
    Column("open_amount", "Open", "money", total=True),
    Column("is_net", "Net", "flag", minor=True),
)
MOST_BARS = 12
BY_AMOUNT = ("-overdue_amount", "-open_amount", "client_id")


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.receivables`, by client or by document."""
    if query.by not in ((), (DOCUMENT,)):
        raise InputError(
            say("receivables are not split by {names}.", names=", ".join(query.by)),
            fix=say("Give --by {name}, or none.", name=DOCUMENT),
        )
    if query.by:
        return open_documents(facts, day=query.day)
    return receivables(facts, day=query.day, policy=query.policy)


def columns(query: Query) -> tuple[Column, ...]:
    """The debtor and what it owes by age, or the documents."""
    if query.by:
        return DOCUMENTS
    labels = AgeLimits().labels
    ages = [Column(age, labels[age], "money", total=True, minor=age in ("not_due", "undated")) for age in AGES]
    return (*DEBTORS, *ages)


def order(query: Query) -> tuple[str, ...]:
    """Who owes most of what is overdue first, or the documents that are overdue for longest."""
    return ("-days_overdue", "-open_amount", DOCUMENT) if query.by else BY_AMOUNT


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How much is open and overdue, and the client that owes most of what is overdue."""
    if not rows:
        return say("No open document is known.")
    whole = phrasing.total(rows, "open_amount")
    if query.by:
        late = sum(row["open_amount"] for row in rows if row["days_overdue"])
        return say("{open} is open, {late} of it overdue.", open=tongue.money(whole), late=tongue.money(late))
    late = phrasing.total(rows, "overdue_amount")
    if late <= 0:
        return say("{open} is open, nothing of it overdue.", open=tongue.money(whole))
    worst = max(rows, key=lambda row: (row["overdue_amount"], row["client_id"] or ""))
    told = {
        "open": tongue.money(whole), "late": tongue.money(late), "name": _debtor(worst),
        "amount": tongue.money(worst["overdue_amount"]),
    }  # fmt: skip
    if whole <= 0:
        return say("{open} is open, {late} of it overdue, most by {name} with {amount}.", **told)
    share = tongue.share(float(late / whole))
    return say("{open} is open, {late} ({share}) of it overdue, most by {name} with {amount}.", share=share, **told)


def _debtor(row: dict[str, Any]) -> str:
    return row["name"] or phrasing.word(NOBODY)


def notes(facts: Facts, query: Query) -> list[str]:
    """What is missing, what the amounts are, and what is told apart."""
    told = say(
        "Open amounts include tax, as the invoices state them today; where only paid_on is known, the net amount."
    )
    return [*(missing(facts) or [told]), *foreign(facts, query.day)]


def bars(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """One bar per class of age; of a list of documents one per document."""
    if query.by:
        return [_bar(f"{_debtor(row)}, {row[DOCUMENT]}", row["open_amount"]) for row in rows[:MOST_BARS]]
    labels = AgeLimits().labels
    return [_bar(labels[age], phrasing.total(rows, age)) for age in AGES] if rows else []


def _bar(name: str, amount: Any) -> dict[str, Any]:
    told, label = tongue.money(amount), phrasing.named(name, tongue.number(amount, 2))
    return {"name": name, "clients": max(amount, 0), "clients_text": told, "label": label}


VIEW = View(
    "receivables",
    "Who owes us how much, and since when?",
    answer,
    columns,
    order,
    picture=Picture("ranked_bars", bars),
    sentence=sentence,
    notes=notes,
    example="cartera show receivables demo",
    takes=frozenset({"by"}),
    cuts=(DOCUMENT,),
)
