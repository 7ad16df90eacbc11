"""What is a View? A question, its answer, its columns and its picture; renderers know nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from cartera.facts.tables import Facts, Frame
from cartera.tongue import spoken

Unit = Literal["text", "segment", "date", "days", "count", "share", "money", "flag", "number"]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """One column of an answer. total: the rows may be summed. link: the column that names the client behind it.

    minor: the first to go where there is no room for all. unknown: what a screen shows where there is no value.
    unit_from: the column that says each row's own unit, where rows differ; `unit` is then the type that all have.
    is_change: two values subtracted; of two shares that is points, not a share.
    is_worded: words of ours may stand in it, beside others: English in data, said in the tongue where people read it.
    values: the words that may stand in it, in the order in which people say them; empty where anything may.
    """

    name: str
    label: str
    unit: Unit = "text"
    total: bool = False
    link: str | None = None
    minor: bool = False
    unknown: str = ""
    unit_from: str | None = None
    values: tuple[str, ...] = ()
    is_change: bool = False
    is_worded: bool = False

    @property
    def head(self) -> str:
        """The label in the tongue in force."""
        return spoken(self.label, "column")

    def said(self, value: str) -> str:
        """A fixed word of ours in the tongue in force; any other text as it is."""
        if not (self.is_worded or value in self.values):
            return value
        word = spoken(value, "value")
        return word if word != value else spoken(value, "segment")

    @property
    def unknown_said(self) -> str:
        """What stands where there is no value, in the tongue in force."""
        return spoken(self.unknown, "value")


@dataclass(frozen=True)
class Query:
    """What a person asks of a view. `day` is always given below `app/`; the rest has the command line's defaults.

    whole: the facts of all clients, where a filter left some of them and the view classes clients among all.
    is_scoped: whoever asks may see some clients alone, so that nothing may tell what the others bring.
    """

    day: date
    policy: Any
    since: date | None = None
    by: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    every: str | None = None
    against: Any = None
    options: Mapping[str, Any] = field(default_factory=dict)
    whole: Facts | None = None
    is_scoped: bool = False

    @property
    def hides_others(self) -> bool:
        """Whether clients stand among others whom whoever asks may not see."""
        return self.is_scoped and self.whole is not None


@dataclass(frozen=True)
class Picture:
    """How an answer looks as a chart: a builder of `charts/draw.py` and the rows it wants, made from the answer's.

    rows(answer rows, query) gives dicts with `segment` (an id, coloured by charts/), `label` (the whole sentence that a
    person hears), numbers and their `…_text`.
    """

    kind: Literal["ranked_bars", "stacked_months", "grid", "bridge", "curve", "strip"]
    rows: Callable[[list[dict[str, Any]], Query], list[dict[str, Any]]]


@dataclass(frozen=True)
class View:
    """One question about a portfolio.

    answer: opened facts and a query -> lazy rows. columns: what the rows hold, for this query. order: the columns that
    sort the rows, `-` in front for descending; it ends in a key, so that rows have one order. notes: what must be said
    beside the rows. sentence: the answer in one sentence, from the rows. over_time: the same question at the end of
    many periods, asked with `every`. filters_itself: `where` is part of the question, not a cut before it. spread: on a
    screen, the column whose segments stand side by side and the column that fills them, or what tells both from the
    query. is_of_one: `where` must leave exactly one client. takes: the options beside day,
    policy and where that change the answer (since, by, every, against). is_dated: the answer depends on day and policy.
    cuts: columns beside those of the clients that it may be split by. is_among_all: it sets clients beside each other,
    which are all of them whatever is filtered (`Query.whole`).
    """

    name: str
    question: str
    answer: Callable[[Facts, Query], Frame]
    columns: Callable[[Query], tuple[Column, ...]]
    order: Callable[[Query], tuple[str, ...]]
    picture: Picture | None = None
    sentence: Callable[[list[dict[str, Any]], Query], str] | None = None
    notes: Callable[[Facts, Query], list[str]] | None = None
    example: str = ""
    over_time: View | None = None
    filters_itself: bool = False
    spread: tuple[str, str] | Callable[[Query], tuple[str, str]] | None = None
    is_of_one: bool = False
    takes: frozenset[str] = frozenset()
    is_dated: bool = True
    cuts: tuple[str, ...] = ()
    is_among_all: bool = False

    @property
    def asks(self) -> str:
        """The question in the tongue in force."""
        return spoken(self.question)


@dataclass(frozen=True)
class Answer:
    """A view answered: what every renderer prints. `rows` are an Arrow table with exactly the columns named."""

    view: View
    query: Query
    columns: tuple[Column, ...]
    rows: Any
    totals: Mapping[str, int | Decimal] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    sentence: str = ""
    currency: str | None = None
