"""How do clients, classes and steps of a bridge read in a sentence? The same in every view's answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera import tongue
from cartera.tongue import capital, say, say_in, say_many, spoken, text
from cartera.words import segment_said

if TYPE_CHECKING:
    from cartera.views.view import Query


PERIODS = {
    "day": text("day", "period"), "week": text("week", "period"), "month": text("month", "period"),
    "quarter": text("quarter", "period"), "year": text("year", "period"),
}  # fmt: skip


def clients(count: int) -> str:
    """1 client, 1,204 clients."""
    return say_many("{count} client", "{count} clients", count=count)


def grown(part: float | Decimal) -> str:
    """+12.3 %, -8.1 %: a change as a share of what was before."""
    return tongue.share(part, sign=True)


def label(segment: str | None) -> str:
    """The segment's name as people say it; of no segment, that the client was none yet."""
    return say_in("value", "Not a client yet") if segment is None else segment_said(segment)


def word(value: str) -> str:
    """What a class or another fixed word of an answer is called."""
    return spoken(value, "value")


def head(value: str) -> str:
    """The same at the beginning of a line."""
    return capital(word(value))


def tally(counts: Iterable[tuple[int, str]]) -> str:
    """3 high, 12 low: how many are of each class."""
    return tongue.listed(say("{count} {what}", count=count, what=word(value)) for count, value in counts)


def value_name(name: str) -> str:
    """What people call a column by which an answer is split."""
    return spoken(name.replace("_", " ").capitalize(), "column")


def among_all(query: Query) -> list[str]:
    """What must be said of classes where a filter leaves some clients; nothing where it leaves all."""
    told = say(
        "Classes, scores and means are those among all clients; counts and sums are of those that the filter leaves."
    )
    return [told] if query.whole else []


def no_client() -> str:
    """The sentence of an answer without rows."""
    return say("No client yet.")


def nobody_inside() -> str:
    """The sentence of a portfolio without clients."""
    return say("Nobody is in the portfolio.")


def total(rows: Sequence[Mapping[str, Any]], column: str) -> Any:
    """The sum of a column, unknown values left out."""
    return sum(row[column] for row in rows if row[column] is not None)


def named(name: str, told: str) -> str:
    """A name and what is said of it: Lost: 12 clients."""
    return say("{name}: {told}", name=name, told=told)


def level(name: str, amount: Decimal) -> dict[str, Any]:
    """The row of a bridge's picture that stands for a whole amount."""
    label = named(name, tongue.number(amount, 2))
    return {"step": name, "from": None, "to": amount, "text": tongue.money(amount), "colour": "muted", "label": label}


def step(name: str, start: Decimal, change: Decimal, colour: str) -> dict[str, Any]:
    """The row of a bridge's picture that leads from `start` by `change`."""
    return {
        "step": name, "from": start, "to": start + change, "text": tongue.number(change, sign=True), "colour": colour,
        "label": named(name, tongue.number(change, 2, sign=True)),
    }  # fmt: skip


def period(every: str) -> str:
    """What a period is called."""
    return spoken(PERIODS[every], "period")


def periods(count: int, every: str) -> str:
    """3 quarters, 1 year."""
    if every == "year":
        return say_many("{count} year", "{count} years", count=count)
    if every == "quarter":
        return say_many("{count} quarter", "{count} quarters", count=count)
    if every == "month":
        return say_many("{count} month", "{count} months", count=count)
    return say_many("{count} week", "{count} weeks", count=count)


def counted(count: int, noun: str) -> str:
    """1 invoice, 1,204 invoices."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def are(count: int) -> str:
    """is for one, are for any other number."""
    return "is" if count == 1 else "are"


def their(count: int) -> str:
    """its for one, their for any other number."""
    return "its" if count == 1 else "their"
