"""How does the engine say a message? As a text per row: the words of the message between the columns in its fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter

import narwhals as nw

from cartera.tongue import ENGLISH, in_force


def woven(message: str, fields: Mapping[str, nw.Expr | str]) -> nw.Expr:
    """The message with its fields filled by columns of text, or by a text that is the same on every row."""
    return nw.concat_str(list(_parts(message, fields)))


def day_words(column: str) -> nw.Expr:
    """A column of dates as the tongue in force writes a day; null where there is none."""
    tongue, day = in_force(), nw.col(column)
    if tongue.day == ENGLISH.day:
        return day.cast(nw.String)
    name: nw.Expr = nw.lit(None, nw.String)
    for month, short in enumerate(tongue.short_months, start=1):
        name = nw.when(day.dt.month() == month).then(nw.lit(short)).otherwise(name)
    parts = {"day": day.dt.day().cast(nw.String), "name": name, "year": day.dt.year().cast(nw.String)}
    return woven(tongue.day, parts)


def _parts(message: str, fields: Mapping[str, nw.Expr | str]) -> Iterable[nw.Expr]:
    for words, name, _, _ in Formatter().parse(message):
        if words:
            yield nw.lit(words)
        if name is not None:
            filling = fields[name]
            yield nw.lit(filling) if isinstance(filling, str) else filling
