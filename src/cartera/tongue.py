"""How is a text said in the language of whoever reads it? English is the source; a `Tongue` says it otherwise.

The tongue in force is plain English unless `speaking` says otherwise; it also writes numbers, money, days and lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

UNKNOWN = "\N{EN DASH}"  # what is not known is never shown as 0
COUNTED = "\N{CURRENCY SIGN}"  # the currency that everything said around is counted in, where one was named
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

Key = tuple[str, str]  # context, English message; of a message with two forms the singular
Value = str | int | date  # what may stand in a field; amounts and shares are made into text before


@dataclass(frozen=True)
class Tongue:
    """A language and its ways of writing. The defaults are those of the command line and of the library.

    messages: (context, English) -> the text, or its forms by number. form: a count -> which form. twist: what is done
    to every known text before its fields are filled. grouping: the fewest digits that are grouped. day, month, percent,
    limit, money: patterns. shortened: a power of ten -> the pattern of an amount in it, largest first.
    """

    language: str = "en"
    messages: Mapping[Key, str | tuple[str, ...]] = field(default_factory=dict)
    form: Callable[[int], int] = lambda count: 0 if count == 1 else 1
    twist: Callable[[str], str] | None = None
    thousands: str = ","
    decimal: str = "."
    minus: str = "-"
    grouping: int = 4
    percent: str = "{number} %"
    limit: str = "{number}%"
    money: str = "{amount} {currency}"
    symbols: Mapping[str, str] = field(default_factory=dict)
    shortened: tuple[tuple[int, str], ...] = ((9, "{number} G"), (6, "{number} M"), (3, "{number} k"))
    day: str = "{year:04}-{month:02}-{day:02}"
    day_of_year: str = "{day} {name}"
    month: str = "{name} {year:04}"
    months: Sequence[str] = tuple(MONTHS)
    short_months: Sequence[str] = tuple(name[:3] for name in MONTHS)
    weekdays: Sequence[str] = tuple(WEEKDAYS)
    between: str = ", "
    last_two: str = "{first} and {last}"


ENGLISH = Tongue()
_IN_FORCE: ContextVar[Tongue] = ContextVar("tongue", default=ENGLISH)
_COUNTED_IN: ContextVar[Callable[[], str | None] | None] = ContextVar("counted in", default=None)


def in_force() -> Tongue:
    """The tongue that is spoken here."""
    return _IN_FORCE.get()


@contextmanager
def speaking(tongue: Tongue) -> Iterator[None]:
    """Everything said inside is said in `tongue`."""
    before = _IN_FORCE.set(tongue)
    try:
        yield
    finally:
        _IN_FORCE.reset(before)


@contextmanager
def counting_in(currency: Callable[[], str | None]) -> Iterator[None]:
    """Amounts said inside without a currency are in this one, which is asked for when the first is said."""
    before = _COUNTED_IN.set(cache(currency))
    try:
        yield
    finally:
        _COUNTED_IN.reset(before)


def text(message: str, context: str = "") -> str:  # noqa: ARG001 - the context is for whoever collects the texts
    """The message itself, marked as a text that is said later by `spoken`; for constants."""
    return message


def say(message: str, /, **fields: Value) -> str:
    """The whole message in the tongue in force, its fields filled: counts grouped, days written out."""
    return filled(spoken(message), fields)


def say_in(context: str, message: str, /, **fields: Value) -> str:
    """The same for a message that means something else elsewhere: `say_in("segment", "New")`."""
    return filled(spoken(message, context), fields)


def say_many(one: str, many: str, /, *, count: int, **fields: Value) -> str:
    """The message in the form that its count asks for; `{count}` is one of its fields."""
    return filled(spoken_many(one, many, count), {"count": count, **fields})


def spoken(message: str, context: str = "") -> str:
    """The message in the tongue in force, its fields still empty; itself where the tongue does not know it."""
    tongue = in_force()
    found = tongue.messages.get((context, message))
    if found is None:
        return message
    return _twisted(found if isinstance(found, str) else found[0], tongue)


def spoken_many(one: str, many: str, count: int) -> str:
    """The form that a count asks for, its fields still empty."""
    tongue = in_force()
    found = tongue.messages.get(("", one))
    if isinstance(found, tuple):
        return _twisted(found[tongue.form(count)], tongue)
    return one if count == 1 else many


def filled(message: str, fields: Mapping[str, Value]) -> str:
    """The message with its fields filled."""
    return message.format(**{name: value_text(value) for name, value in fields.items()})


def value_text(value: Value) -> str:
    """A field as it is read: a text as it is, a count grouped, a day written out."""
    if isinstance(value, date):
        return day_text(value)
    return number(value) if isinstance(value, int) else value


def number(value: float | Decimal, places: int = 0, *, sign: bool = False) -> str:
    """1,204 or 1,204.5 with one place; sign: a + before what is above nothing."""
    tongue = in_force()
    plain = format(value, f"{'+' if sign else ''},.{places}f")
    whole, dot, rest = plain.partition(".")
    if sum(letter.isdigit() for letter in whole) < tongue.grouping:
        whole = whole.replace(",", "")
    whole = whole.replace(",", tongue.thousands).replace("-", tongue.minus)
    return f"{whole}{tongue.decimal}{rest}" if dot else whole


def short_number(value: float) -> str:
    """The number without digits that say nothing: 34 or 34.5."""
    _, _, rest = f"{value:g}".partition(".")
    return number(value, len(rest))


def share(part: float | Decimal | None, places: int = 1, *, sign: bool = False) -> str:
    """0.578 as 57.8 %, or a dash where it is not known."""
    if part is None:
        return UNKNOWN
    return in_force().percent.format(number=number(part * 100, places, sign=sign))


def limit(part: float | Decimal, places: int | None = None) -> str:
    """A share that somebody set: 80%, or 95.5% where it is exact to that."""
    exact = Decimal(str(part))
    if places is None:
        places = max(0, -int(exact.as_tuple().exponent) - 2)
    return in_force().limit.format(number=number(exact * 100, places))


def money(amount: Decimal | None, currency: str | None = COUNTED, *, places: int = 0, sign: bool = False) -> str:
    """1,234 without cents, as sentences round; with its currency, where the tongue puts it; a dash where not known."""
    return UNKNOWN if amount is None else _in_currency(number(amount, places, sign=sign), currency)


def money_short(amount: Decimal | None, currency: str | None = COUNTED) -> str:
    """84 k, 3.3 M: an amount for a headline, with at most three digits that count."""
    if amount is None:
        return UNKNOWN
    for power, pattern in in_force().shortened:
        part = abs(amount).scaleb(-power)
        if part >= 1:
            signed = part.copy_sign(amount)
            return _in_currency(pattern.format(number=number(signed, 1 if part < 10 else 0)), currency)
    return money(amount, currency)


def day_text(day: date | None) -> str:
    """The day as it is read: 2026-09-08 in shells, 8 Sep 2026 on pages; a dash where it is not known."""
    return UNKNOWN if day is None else _dated(in_force().day, day, in_force().short_months)


def day_of_year(day: date) -> str:
    """The day without its year: 8 Sep."""
    return _dated(in_force().day_of_year, day, in_force().short_months)


def month_text(day: date) -> str:
    """The month of a day: September 2026."""
    return _dated(in_force().month, day, in_force().months)


def month_short(day: date) -> str:
    """The month of a day in a cell: Sep 2026."""
    return _dated("{name} {year:04}", day, in_force().short_months)


def weekday_text(day: date) -> str:
    """The day of the week: Tuesday."""
    return in_force().weekdays[day.weekday()]


def joined(parts: Sequence[str]) -> str:
    """a, b and c."""
    tongue = in_force()
    if len(parts) < 2:
        return "".join(parts)
    return tongue.last_two.format(first=tongue.between.join(parts[:-1]), last=parts[-1])


def listed(parts: Iterable[str]) -> str:
    """a, b, c."""
    return in_force().between.join(parts)


def both(parts: Sequence[str]) -> str:
    """a and b and c: of few things that stand beside each other, such as sums in several currencies."""
    tongue, told = in_force(), parts[0]
    for part in parts[1:]:
        told = tongue.last_two.format(first=told, last=part)
    return told


def capital(words: str) -> str:
    """The words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def _in_currency(amount: str, currency: str | None) -> str:
    tongue = in_force()
    if currency == COUNTED:
        named = _COUNTED_IN.get()
        currency = named() if named else None
    return tongue.money.format(amount=amount, currency=tongue.symbols.get(currency, currency)) if currency else amount


def _dated(pattern: str, day: date, names: Sequence[str]) -> str:
    return pattern.format(year=day.year, month=day.month, day=day.day, name=names[day.month - 1])


def _twisted(message: str, tongue: Tongue) -> str:
    return tongue.twist(message) if tongue.twist else message
