"""What may a rule look at? Every classification, the figures of a client, and any column of the facts.

Only what some rule names is computed: `Source` says who computes it, `Known` what kind of value it is and how it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import narwhals as nw

from cartera.errors import InputError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.activity import activity
from cartera.portfolio.amounts import TOTAL, at_stake, planned_sales, year_sales
from cartera.portfolio.classes import CLASSIFICATIONS, SEGMENT, Classification
from cartera.portfolio.custom_rules import Compare
from cartera.portfolio.dimensions import dimension_names, dimensions
from cartera.portfolio.frequency import frequency
from cartera.portfolio.lifespan import lifespan
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.purchases import DATES, purchases
from cartera.portfolio.receivables import missing, receivables
from cartera.portfolio.rhythm import rhythm
from cartera.portfolio.sales_window import ALL
from cartera.portfolio.segments import at_risk_ids, inside_ids
from cartera.portfolio.volume import mean_of, volume
from cartera.portfolio.worth import worth
from cartera.tongue import say

Kind = Literal["text", "class", "segment", "flag", "date", "days", "count", "money", "number", "share"]
SINCE = "since_on"


@dataclass(frozen=True)
class Known:
    """One column. words: its name in a sentence; of a flag what is said when it is true, and `untrue` when it is false.

    values: the only ones that it has, where these are few. is_filled: where nothing is recorded it is 0.
    """

    kind: Kind
    words: str
    values: tuple[str, ...] = ()
    is_filled: bool = False
    untrue: str = ""


@dataclass(frozen=True)
class Source:
    """Who computes some columns. ask: facts, day and policy -> rows with client_id and them."""

    ask: Callable[[Facts, date, AnyPolicy], Frame]
    columns: Mapping[str, Known]


def _standing(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    rows = facts.room.keep(activity(facts, day=day, policy=policy))
    segment = nw.col(SEGMENT)
    rows = rows.with_columns(is_cooling=segment.is_in(at_risk_ids(policy)), is_inside=segment.is_in(inside_ids(policy)))
    for on, days in (("last_issued_on", "recency_days"), (SINCE, "segment_days"), ("next_on", "next_days")):
        rows = rows.join(_days_from(facts, rows, on, days, day), on=on, how="left")
    return rows


def _days_from(facts: Facts, rows: Frame, on: str, name: str, day: date) -> Frame:
    """Each date of a column and how many days lie between it and `day`."""
    found = facts.room.rows(rows.select(on).unique())
    dates = sorted(row[on] for row in found if row[on] is not None)
    columns: dict[str, list[Any]] = {on: dates, name: [abs((day - one).days) for one in dates]}
    return facts.room.table(columns, {on: nw.Date, name: nw.Int64})


def _whole_history(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    del policy
    rows = purchases(facts, day=day, window=ALL, frequency=DATES)
    return rows.select("client_id", total_purchase_count="frequency", total_amount="monetary")


def _owed(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    return receivables(facts, day=day, policy=policy).filter(~nw.col("client_id").is_null())


def _planned(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    return planned_sales(facts, day=day, horizon_end=policy.horizon_end(day))


def _stakes(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
    """The sales of each client's last year as a multiple of the mean one's."""
    del policy
    rows = facts.room.keep(at_stake(facts, day).rename({"at_stake": "amount"}))
    mean = mean_of(facts, rows)
    multiple = nw.lit(None, nw.Float64) if mean is None else nw.col("amount").cast(nw.Float64) / float(mean)
    return rows.select("client_id", stake_times_mean=multiple)


def _classes(name: str, one: Classification) -> Source:
    def ask(facts: Facts, day: date, policy: AnyPolicy) -> Frame:
        return one.ask(facts, day=day, policy=policy).select("client_id", nw.col(one.column).alias(name))

    words = name.upper() if name in ("abc", "rfm") else name
    return Source(ask, {name: Known("class", words, tuple(one.classes))})


def _asked(question: Callable[..., Frame]) -> Callable[[Facts, date, AnyPolicy], Frame]:
    return lambda facts, day, policy: question(facts, day=day, policy=policy)


def _money(words: str) -> Known:
    return Known("money", words, is_filled=True)


def _counted(words: str) -> Known:
    return Known("count", words, is_filled=True)


SOURCES = (
    Source(_standing, {
        "name": Known("text", "name"), SEGMENT: Known("segment", "segment"), "reason": Known("text", "reason"),
        SINCE: Known("date", "in its segment since"), "segment_days": Known("days", "in its segment for"),
        "next_segment": Known("segment", "next segment"), "next_on": Known("date", "next change"),
        "next_days": Known("days", "next change in"), "days_left": Known("days", "days left until lost"),
        "last_issued_on": Known("date", "last invoice"), "recency_days": Known("days", "time since the last invoice"),
        "next_planned_on": Known("date", "next planned invoice"),
        "is_planned": Known("flag", "something is planned", untrue="nothing is planned"),
        "is_cooling": Known("flag", "it is cooling", untrue="it is not cooling"),
        "is_inside": Known("flag", "it is in the portfolio", untrue="it is outside the portfolio"),
    }),
    *(_classes(name, one) for name, one in CLASSIFICATIONS.items()),
    Source(lambda facts, day, _: year_sales(facts, day), {"amount": _money("net sales of the last 365 days")}),
    Source(_asked(worth), {
        "amount_before": _money("net sales of the 365 days before"), "growth_share": Known("share", "growth"),
        "opened_on": Known("date", "first invoice"),
    }),
    Source(_asked(volume), {"times_mean": Known("number", "times the mean client")}),
    Source(lambda facts, day, _: at_stake(facts, day), {"at_stake": _money("net sales of its last year")}),
    Source(_stakes, {"stake_times_mean": Known("number", "sales of its last year, as a multiple of the mean,")}),
    Source(_planned, {"planned_amount": _money("planned sales")}),
    Source(_asked(frequency), {"purchase_count": _counted("purchase dates in the last 365 days")}),
    Source(_whole_history, {
        "total_purchase_count": _counted("purchase dates so far"), "total_amount": _money("net sales so far"),
    }),
    Source(_asked(rhythm), {
        "median_gap_days": Known("number", "usual gap in days"), "next_expected_on": Known("date", "date expected"),
    }),
    Source(_asked(lifespan), {
        "relationship_days": Known("days", "relationship"), "portfolio_days": Known("days", "time in the portfolio"),
        "return_count": _counted("returns"),
    }),
    Source(_owed, {
        "open_amount": _money("open amount"), "overdue_amount": _money("overdue amount"),
        "oldest_due_on": Known("date", "oldest due date"),
    }),
)  # fmt: skip


def known_columns(facts: Facts) -> dict[str, Known]:
    """Every column that a rule on these facts may name; ours come before columns of the user's with their names."""
    schema = facts.clients.collect_schema()
    own = {name: _theirs(name, _kind(schema.get(name))) for name in dimension_names(facts)}
    created = {"created_on": Known("date", "created")} if facts.gives("clients.created_on") else {}
    ours = {name: known for source in SOURCES for name, known in source.columns.items()}
    return {"client_id": Known("text", "client id")} | ours | own | created | ours


def _theirs(name: str, kind: Kind) -> Known:
    words = name.replace("_", " ")
    return Known(kind, f"{words} is true", untrue=f"{words} is false") if kind == "flag" else Known(kind, words)


def check_told(facts: Facts, leaves: Iterable[Compare]) -> None:
    """Nothing when the invoices say what the rules on debts look at; else an error with the column to add."""
    owing, due = facts.gives("invoices.open_amount", "invoices.paid_on"), facts.gives("invoices.due_on")
    for leaf in leaves:
        needs_due = leaf.column in ("overdue_amount", "oldest_due_on")
        if (leaf.column == "open_amount" and not owing) or (needs_due and not (owing and due)):
            raise InputError(say("{column} is not known.", column=leaf.column), where=leaf.place, fix=missing(facts)[0])


def described(facts: Facts, names: Iterable[str], *, day: date, policy: AnyPolicy) -> Frame:
    """One row per client born by `day`: client_id, name, segment, since_on, amount, at_stake and
    the columns named.
    """
    wanted = dict.fromkeys((SEGMENT, SINCE, "name", "amount", "at_stake", *names))
    rows = None
    for source in SOURCES:
        found = [name for name in wanted if name in source.columns]
        if found:
            own = source.ask(facts, day, policy).select("client_id", *(_cast(n, source.columns[n]) for n in found))
            rows = own if rows is None else rows.join(own, on="client_id", how="left")
    assert rows is not None, "everybody stands somewhere"
    others = [name for name in wanted if name not in {"client_id", *rows.collect_schema().names()}]
    for more in _own(facts, others, day):
        rows = rows.join(more, on="client_id", how="left")
    known = known_columns(facts)
    filled = [nw.col(n).fill_null(0) for n in wanted if n in known and known[n].is_filled]
    return facts.room.keep(rows.with_columns(*filled))


def _own(facts: Facts, names: list[str], day: date) -> list[Frame]:
    """The columns of the facts: numbers, dates and flags of the clients table as they are, the others as text."""
    schema = facts.clients.collect_schema()
    plain = [name for name in names if name in schema and _kind(schema[name]) != "text"]
    texts = [name for name in names if name not in plain]
    typed = facts.clients.select("client_id", *(_cast(n, Known(_kind(schema[n]), n)) for n in plain))
    return [*([typed] if plain else []), *([dimensions(facts, texts, day=day)] if texts else [])]


def _kind(dtype: Any) -> Kind:
    if dtype is None:
        return "text"
    if dtype == nw.Boolean:
        return "flag"
    if dtype == nw.Date:
        return "date"
    return "number" if dtype.is_numeric() else "text"


def _cast(name: str, known: Known) -> nw.Expr:
    """The column in the type in which its kind is compared."""
    types: dict[str, Any] = {
        "money": TOTAL, "count": nw.Int64, "days": nw.Int64, "number": nw.Float64, "share": nw.Float64
    }  # fmt: skip
    return nw.col(name).cast(types[known.kind]) if known.kind in types else nw.col(name)
