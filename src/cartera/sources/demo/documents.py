"""What is an invoice, a credit note or a plan before it is a row, and what stands on it?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date
    from random import Random

    from cartera.sources.demo.catalogue import Product

TAX = 20  # per cent; open amounts are what the client must pay, tax included


class Line(NamedTuple):
    """One line; amount and cost in cents, for the whole quantity."""

    product: Product
    quantity: int
    amount: int
    cost: int

    def negated(self) -> Line:
        """The line that takes this one back."""
        return Line(self.product, -self.quantity, -self.amount, -self.cost)


@dataclass(slots=True)
class Document:
    """One row of invoices with its lines. owed: share of the amount that is still open; credits: what it corrects."""

    client_id: str
    rep: str | None
    issued_on: date
    lines: list[Line]
    kind: str = "invoice"
    state: str = "issued"
    known_on: date | None = None
    void_on: date | None = None
    due_on: date | None = None
    paid_on: date | None = None
    owed: float = 0.0
    credits: Document | None = None
    invoice_id: str = ""
    number: str | None = None
    amount: int = field(init=False)

    def __post_init__(self) -> None:
        self.amount = sum(line.amount for line in self.lines)

    @property
    def open_amount(self) -> int | None:
        """Cents still to be paid, tax included; None for a plan, which nobody owes."""
        if self.state == "planned":
            return None
        return round(self.amount * (100 + TAX) / 100 * self.owed)


def basket(rng: Random, favourites: tuple[Product, ...], target: float, age: int, *, most: int) -> list[Line]:
    """Lines of different products worth about `target` cents and never less, at the prices of `age` days ago."""
    start, count = int(rng.random() * len(favourites)), 1 + int(rng.random() * min(most, len(favourites)))
    lines, left = [], target
    for i in range(count):
        product = favourites[(start + i) % len(favourites)]
        price = product.price_at(age)
        is_last = i == count - 1
        quantity = max(1, -int(-left // price) if is_last else int(left * (0.2 + 0.5 * rng.random()) // price))
        amount = quantity * price
        lines.append(Line(product, quantity, amount, amount * product.cost // 100))
        left -= amount
    return lines


def credit_note(invoice: Document, issued_on: date, lines: list[Line], *, is_linked: bool = True) -> Document:
    """A credit note of the invoice's client that takes lines back; without the link it only lowers the money."""
    return Document(
        client_id=invoice.client_id,
        rep=invoice.rep,
        issued_on=issued_on,
        lines=[line.negated() for line in lines],
        kind="credit_note",
        known_on=issued_on,
        credits=invoice if is_linked else None,
    )
