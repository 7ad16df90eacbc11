"""What changes on which day for a client with plans, marks or credits? One log, one running state, one ladder over it.

An invoice lifts a mark by being the last one, dated after it. What is coming lifts a mark by having become known after
it. So the log needs the last invoice, the mark and how much is coming; the rest is looked up where it matters.
"""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from cartera.calendar import LAST_DAY
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.calendars import Days, rungs
from cartera.portfolio.kopilot import settle
from cartera.portfolio.policy import AnyPolicy

DATES, COUNTS = ("last", "marked_on"), ("coming", "passing")


@dataclass(frozen=True)
class Histories:
    """Of the special clients: counted and coming spans (`spans.py`), one mark per client and day, and born_on."""

    counted: Frame
    coming: Frame
    marks: Frame
    born: Frame


def settled_log(of: Histories, facts: Facts, policy: AnyPolicy, days: Days) -> Frame:
    """client_id, segment, reason, from_on: the rules over every stretch of days on which nothing changes but time."""
    keep = facts.room.keep
    # Carrying the latest forward is right where invoices count for ever; one that a credit or a void ends just passes.
    lasting = (nw.col("until_on") == nw.lit(LAST_DAY)) & (nw.col("from_on") == nw.col("issued_on"))
    passing = keep(of.counted.filter(~lasting))
    state = _running(_log(of, of.counted.filter(lasting), passing))
    state = keep(state.join(of.born, on="client_id").filter(nw.col("until") > nw.col("born_on")))
    among = _newest(state.filter(nw.col("passing") > 0), passing, "issued_on", "passing_on")
    marked = state.filter((nw.col("coming") > 0) & ~nw.col("marked_on").is_null())
    news = _newest(marked, of.coming, "key_on", "news_on")
    for more in (among, news):
        state = state.join(more, on=["client_id", "on"], how="left")
    return _ruled(_held(state.join(of.marks, on=["client_id", "marked_on"], how="left")), facts, policy, days)


def _log(of: Histories, lasting: Frame, passing: Frame) -> Frame:
    """One row per client and day on which something begins or ends."""
    one, less = nw.lit(1), nw.lit(-1)
    log = nw.concat([
        _entries(lasting, "from_on", last=nw.col("issued_on")),
        _entries(passing, "from_on", passing=one), _entries(passing, "until_on", passing=less),
        _entries(of.coming, "from_on", coming=one), _entries(of.coming, "until_on", coming=less),
        _entries(of.marks, "marked_on", marked_on=nw.col("marked_on")),
        _entries(of.born, "born_on"),
    ])  # fmt: skip
    log = log.filter(nw.col("on") < nw.lit(LAST_DAY))
    return log.group_by("client_id", "on").agg(
        *(nw.col(n).max() for n in DATES), *(nw.col(n).sum().cast(nw.Int64) for n in COUNTS)
    )


def _entries(rows: Frame, day: str, **values: nw.Expr) -> Frame:
    empty = {n: nw.lit(None, nw.Date) for n in DATES} | {n: nw.lit(0) for n in COUNTS}
    given = {n: e.cast(nw.Int32) if n in COUNTS else e for n, e in (empty | values).items()}
    return rows.select("client_id", nw.col(day).alias("on"), **given)


def _running(log: Frame) -> Frame:
    """The state from each day of the log until the next: carried dates, running counts."""
    return log.with_columns(
        *(nw.col(n).fill_null(strategy="forward").over("client_id", order_by="on") for n in DATES),
        *(nw.col(n).cum_sum().over("client_id", order_by="on") for n in COUNTS),
        until=nw.col("on").shift(-1).over("client_id", order_by="on").fill_null(LAST_DAY),
    )


def _newest(state: Frame, spans: Frame, column: str, name: str) -> Frame:
    """client_id, on, and the greatest `column` of the spans that hold the day, for the few rows where it matters."""
    met = state.select("client_id", "on").join(spans.select("client_id", column, "from_on", "until_on"), on="client_id")
    met = met.filter((nw.col("from_on") <= nw.col("on")) & (nw.col("on") < nw.col("until_on")))
    return met.group_by("client_id", "on").agg(nw.col(column).max().alias(name))


def _held(state: Frame) -> Frame:
    """Stretches with their base date, how much is coming, and the mark that holds: none that something later lifted."""
    state = state.with_columns(last=nw.max_horizontal("last", "passing_on"))
    lifted = (nw.col("last") > nw.col("marked_on")) | (nw.col("news_on") > nw.col("marked_on"))
    holds = ~lifted.fill_null(value=False) & nw.col("mark").is_in(["cancelled", "lost"])
    base = {"base_on": nw.coalesce("last", "born_on"), "is_empty": nw.col("last").is_null()}
    held = nw.when(holds).then(nw.col("mark"))
    return state.select("client_id", "until", "coming", start=nw.max_horizontal("on", "born_on"), held=held, **base)


def _ruled(stretches: Frame, facts: Facts, policy: AnyPolicy, days: Days) -> Frame:
    """The ladder over the stretches, and the rules over the ladder."""
    laid = stretches.join(rungs(facts, policy, days), on=["base_on", "is_empty"])
    laid = laid.with_columns(from_on=nw.max_horizontal("rung_from", "start"))
    laid = laid.filter(nw.col("from_on") < nw.min_horizontal("rung_until", "until"))
    segment, reason = settle(nw.col("reason"), nw.col("segment"), nw.col("coming") > 0, nw.col("held"))
    return laid.select("client_id", "from_on", segment=segment, reason=reason)
