"""Which invoice keeps which plan? Sure where one of each are near each other, else asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

NEAR_DAYS = 13  # two plans a month apart are at least 28 days apart: no invoice is that near to both
NEAR_SHARE = Decimal("0.1")  # hours and expenses move an amount by a tenth; more is another job
ASKED_DAYS = 46  # half a quarter: of a series by quarters an invoice raises one question, not two


@dataclass(frozen=True)
class Document:
    """A plan or an invoice. known_on: of a plan, when it was entered."""

    id: str
    client_id: str
    on: date
    amount: Decimal
    currency: str | None = None
    known_on: date | None = None


@dataclass(frozen=True)
class Pair:
    """An invoice that may keep a plan. days: by how many it came later than planned."""

    plan: Document
    invoice: Document

    @property
    def days(self) -> int:
        """By how many days the invoice came later than planned; negative for earlier."""
        return (self.invoice.on - self.plan.on).days

    @property
    def is_near_in_days(self) -> bool:
        """Whether it came about when it was planned."""
        return abs(self.days) <= NEAR_DAYS

    @property
    def is_near_in_amount(self) -> bool:
        """Whether it is about as much as was planned."""
        return abs(self.invoice.amount - self.plan.amount) <= NEAR_SHARE * self.plan.amount

    @property
    def is_close(self) -> bool:
        """Whether nothing speaks against it."""
        return self.is_near_in_days and self.is_near_in_amount

    @property
    def is_worth_asking(self) -> bool:
        """Whether a person may see the one in the other."""
        return self.is_near_in_days or (self.is_near_in_amount and abs(self.days) <= ASKED_DAYS)


def paired(plans: Iterable[Document], invoices: Iterable[Document]) -> tuple[list[Pair], list[Pair]]:
    """Pairs that are certain, and those to ask about: of one client and currency, invoiced after the plan was entered.

    Certain: close, and neither its plan nor its invoice is close to another.
    """
    possible = [pair for pair in _possible(plans, invoices) if pair.is_worth_asking]
    close = [pair for pair in possible if pair.is_close]
    by_plan, by_invoice = Counter(pair.plan.id for pair in close), Counter(pair.invoice.id for pair in close)
    certain = [pair for pair in close if by_plan[pair.plan.id] == 1 == by_invoice[pair.invoice.id]]
    settled = {one.id for pair in certain for one in (pair.plan, pair.invoice)}
    asked = [pair for pair in possible if not settled & {pair.plan.id, pair.invoice.id}]
    return certain, asked


def _possible(plans: Iterable[Document], invoices: Iterable[Document]) -> list[Pair]:
    by_client: dict[str, list[Document]] = {}
    for one in invoices:
        by_client.setdefault(one.client_id, []).append(one)
    return [
        Pair(plan, invoice)
        for plan in sorted(plans, key=lambda one: (one.on, one.id))
        for invoice in sorted(_of(by_client, plan), key=lambda one: (one.on, one.id))
    ]


def _of(by_client: dict[str, list[Document]], plan: Document) -> Sequence[Document]:
    return [
        one
        for one in by_client.get(plan.client_id, [])
        if (plan.currency or one.currency) == (one.currency or plan.currency)
        and (plan.known_on is None or one.on >= plan.known_on)
    ]
