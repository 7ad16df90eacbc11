"""How do counts, shares and money read in a sentence? The same in every view's answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera.words import SEGMENT_LABELS

if TYPE_CHECKING:
    from cartera.views.view import Query

UNKNOWN = "\N{EN DASH}"  # what is not known is never shown as 0


def clients(count: int) -> str:
    """1 client, 1,204 clients."""
    return counted(count, "client")


def counted(count: int, noun: str) -> str:
    """1 invoice, 1,204 invoices."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def are(count: int) -> str:
    """is for one, are for any other number."""
    return "is" if count == 1 else "are"


def their(count: int) -> str:
    """its for one, their for any other number."""
    return "its" if count == 1 else "their"


def grown(part: float | Decimal) -> str:
    """+12.3 %, -8.1 %: a change as a share of what was before."""
    return f"{part * 100:+,.1f} %"


def share(part: float | None) -> str:
    """57.8 %, or a dash where it is not known."""
    return UNKNOWN if part is None else f"{part * 100:,.1f} %"


def money(amount: Decimal | None) -> str:
    """1,234 without cents; sentences round, tables do not."""
    return UNKNOWN if amount is None else f"{amount:,.0f}"


def label(segment: str | None) -> str:
    """The segment's name as people say it; of no segment, that the client was none yet."""
    return "Not a client yet" if segment is None else SEGMENT_LABELS[segment]


def among_all(query: Query) -> list[str]:
    """What must be said of classes where a filter leaves some clients; nothing where it leaves all."""
    told = "Classes, scores and means are those among all clients; counts and sums are of those that the filter leaves."
    return [told] if query.whole else []


def total(rows: Sequence[Mapping[str, Any]], column: str) -> Any:
    """The sum of a column, unknown values left out."""
    return sum(row[column] for row in rows if row[column] is not None)


def level(name: str, amount: Decimal) -> dict[str, Any]:
    """The row of a bridge's picture that stands for a whole amount."""
    label = f"{name}: {amount:,.2f}"
    return {"step": name, "from": None, "to": amount, "text": money(amount), "colour": "muted", "label": label}


def step(name: str, start: Decimal, change: Decimal, colour: str) -> dict[str, Any]:
    """The row of a bridge's picture that leads from `start` by `change`."""
    label = f"{name}: {change:+,.2f}"
    return {
        "step": name, "from": start, "to": start + change, "text": f"{change:+,.0f}", "colour": colour, "label": label,
    }  # fmt: skip
