"""The timeline of clients whose history is more than issued invoices: plans, marks, credits, voids, early knowledge.

First the stretches of one last invoice (credits can take it back), then a log of what changes on which day, then the
rules of the policy over the running state.
"""

from __future__ import annotations

import narwhals as nw

from cartera.calendar import FIRST_DAY, LAST_DAY
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.calendars import Days, turns
from cartera.portfolio.counting import attributed, born_part, is_sale
from cartera.portfolio.kopilot import settle
from cartera.portfolio.marks import known_marks, last_of_each
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.rungs import laid_out
from cartera.portfolio.spans import coming_spans, counted_spans, free_of_credit

COLUMNS = (
    "client_id",
    "kind",
    "state",
    "issued_on",
    "known_on",
    "void_on",
    "amount",
    "currency",
    "invoice_id",
    "credits",
)


def special_clients(facts: Facts, policy: AnyPolicy) -> Frame | None:
    """client_id of the clients with any mark, or any row but plain issued invoices; None when there is none."""
    early = nw.col("known_on") < nw.col("issued_on")
    odd = (nw.col("state") != "issued") | ~nw.col("void_on").is_null() | ~nw.col("credits").is_null() | early
    if not facts.gives("marks", *(f"invoices.{c}" for c in ("state", "void_on", "credits", "known_on"))):
        return None
    ids = attributed(facts).filter(odd).select("client_id")
    if policy.uses_plans_and_marks:
        ids = nw.concat([ids, facts.marks.select("client_id")])
    kept = facts.room.keep(ids.unique())
    return kept if facts.room.rows(kept.head(1)) else None


def special_timeline(facts: Facts, policy: AnyPolicy, days: Days, special: Frame) -> Frame:
    """client_id, segment, reason, from_on, until_on of the special clients; the last one lasts until the last day."""
    keep = facts.room.keep
    rows = keep(attributed(facts).select(*COLUMNS).join(special, on="client_id", how="semi"))
    free = keep(free_of_credit(rows, facts))
    born = keep(_born(rows, facts, special))
    counted = keep(counted_spans(free))
    ladder = laid_out(_stretches(counted, born, facts, policy, days), facts, policy, days)
    if not policy.uses_plans_and_marks:
        return _merged(ladder)
    coming = keep(coming_spans(free, facts, policy, days))
    marks = keep(known_marks(facts).join(special, on="client_id", how="semi"))
    return _merged(_settled(_log(ladder, coming, _lifting(counted, coming, marks), marks, born)))


def _born(rows: Frame, facts: Facts, special: Frame) -> Frame:
    """client_id, born_on of the special clients that have a born day."""
    parts = (
        rows.filter(is_sale())
        .select("client_id", born_on=born_part(facts))
        .group_by("client_id")
        .agg(nw.col("born_on").min())
    )
    clients = facts.clients.select(key="client_id", created_on="created_on")
    both = special.join(parts, on="client_id", how="left").join(
        clients, left_on="client_id", right_on="key", how="left"
    )
    return both.select("client_id", born_on=nw.min_horizontal("born_on", "created_on")).filter(
        ~nw.col("born_on").is_null()
    )


def _stretches(counted: Frame, born: Frame, facts: Facts, policy: AnyPolicy, days: Days) -> Frame:
    """Stretches of one last invoice for `laid_out`; a day ends one when an invoice counts from it on, or until it."""
    lasts = _lasts(counted, born)
    after = nw.col("on").shift(-1).over("client_id", order_by="on").fill_null(LAST_DAY)
    empty = nw.col("last").is_null()
    rows = lasts.with_columns(until=after, base_on=nw.coalesce("last", "born_on"), is_empty=empty)
    if policy.name == "salescope":
        gone = turns(facts, policy, days).select(prior="base_on", gone_before="gone_from")
        cold = turns(facts, policy, days).select(first="base_on", first_cold="cold_from")
        rows = rows.join(gone, on="prior", how="left").join(cold, on="first", how="left")
        returned = (nw.col("last") >= nw.col("gone_before")).fill_null(value=False)
        rows = rows.with_columns(is_returned=returned, fresh_until=nw.col("first_cold").fill_null(FIRST_DAY))
    else:
        rows = rows.with_columns(is_returned=nw.lit(False), fresh_until=nw.lit(FIRST_DAY))
    return rows.select("client_id", "base_on", "is_empty", "until", "is_returned", "fresh_until", start="on")


def _lasts(counted: Frame, born: Frame) -> Frame:
    """client_id, on, born_on, last, prior, first: as counted from day `on` on, at every day on which that can change.

    An invoice that counts for ever is carried forward; one that a credit note or a void ends is looked up by its span.
    """
    lasting = (nw.col("until_on") == nw.lit(LAST_DAY)) & (nw.col("from_on") == nw.col("issued_on"))
    for_good = counted.filter(lasting).select("client_id", "issued_on").unique()
    passing = counted.filter(~lasting)
    before = nw.col("issued_on").shift(1).over("client_id", order_by="issued_on")
    first = nw.col("issued_on").min().over("client_id")
    steady = for_good.with_columns(prior=before, first=first, last=nw.col("issued_on"), on=nw.col("issued_on"))
    nothing = {name: nw.lit(None, nw.Date) for name in ("prior", "first", "last")}
    names = ["client_id", "on", "last", "prior", "first"]
    cuts = nw.concat([
        steady.select(*names),
        born.with_columns(**nothing).select("client_id", nw.col("born_on").alias("on"), *names[2:]),
        passing.with_columns(**nothing).select("client_id", nw.col("from_on").alias("on"), *names[2:]),
        passing.with_columns(**nothing).select("client_id", nw.col("until_on").alias("on"), *names[2:]),
    ]).filter(nw.col("on") < nw.lit(LAST_DAY))  # fmt: skip
    cuts = cuts.group_by("client_id", "on").agg(*(nw.col(n).max() for n in names[2:]))
    carried = [nw.col(n).fill_null(strategy="forward").over("client_id", order_by="on") for n in names[2:]]
    cuts = cuts.with_columns(*carried).join(born, on="client_id")
    return _with_passing(cuts, passing)


def _with_passing(cuts: Frame, passing: Frame) -> Frame:
    """The carried last, prior and first invoice, corrected by the passing ones whose span holds the day."""
    spans = passing.select("client_id", "issued_on", "from_on", "until_on")
    rows = cuts.join(spans, on="client_id", how="left")
    holds = (nw.col("from_on") <= nw.col("on")) & (nw.col("on") < nw.col("until_on"))
    rows = rows.with_columns(hit=nw.when(holds).then(nw.col("issued_on")))
    best = nw.max_horizontal("last", nw.col("hit").max().over("client_id", "on"))
    rows = rows.with_columns(best=best)
    second = nw.max_horizontal(
        nw.col("prior"),
        nw.when(nw.col("last") < nw.col("best")).then(nw.col("last")),
        nw.when(nw.col("hit") < nw.col("best")).then(nw.col("hit")),
    )
    rows = rows.with_columns(prior=second, first=nw.min_horizontal("first", "hit"))
    return rows.group_by("client_id", "on", "born_on").agg(
        nw.col("best").max().alias("last"), nw.col("prior").max(), nw.col("first").min()
    )


def _lifting(counted: Frame, coming: Frame, marks: Frame) -> Frame:
    """Spans in which a fact lifts the mark in force: a fact lifts only marks older than itself, so its span ends at the
    first mark dated on or after its key date.
    """
    names = ["client_id", "key_on", "from_on", "until_on"]
    spans = nw.concat([counted.select(*names), coming.filter(~nw.col("key_on").is_null()).select(*names)])
    dated = marks.select("client_id", "marked_on").unique()
    met = spans.unique().join(dated, on="client_id")
    met = met.with_columns(ends=nw.when(nw.col("marked_on") >= nw.col("key_on")).then(nw.col("marked_on")))
    ends = met.group_by(*names).agg(nw.col("ends").min())
    cut = ends.with_columns(until_on=nw.min_horizontal("until_on", nw.col("ends").fill_null(LAST_DAY)))
    return cut.filter(nw.col("from_on") < nw.col("until_on")).select("client_id", "from_on", "until_on")


def _log(ladder: Frame, coming: Frame, lifting: Frame, marks: Frame, born: Frame) -> Frame:
    """One row per client and day on which anything changes: ladder step, mark, how many are coming, how many lift."""
    latest = marks.join(born, on="client_id").with_columns(on=nw.max_horizontal("marked_on", "born_on"))
    latest = last_of_each(latest, ["client_id", "on"], ["marked_on", "recorded", "strength"])
    log = nw.concat([
        _entries(ladder, "from_on", segment=nw.col("segment"), reason=nw.col("reason")),
        _entries(latest, "on", mark=nw.col("mark")),
        *_counts(coming, born, "coming"),
        *_counts(lifting, born, "lifting"),
    ])  # fmt: skip
    names = ("segment", "reason", "mark")
    log = log.group_by("client_id", "on").agg(
        *(nw.col(n).max() for n in names), nw.col("coming").sum(), nw.col("lifting").sum()
    )
    return log.with_columns(
        *(nw.col(n).fill_null(strategy="forward").over("client_id", order_by="on") for n in names),
        *(nw.col(n).cum_sum().over("client_id", order_by="on") for n in ("coming", "lifting")),
    )


def _entries(rows: Frame, day: str, **values: nw.Expr) -> Frame:
    empty = {n: nw.lit(None, nw.String) for n in ("segment", "reason", "mark")}
    zero = {n: nw.lit(0, nw.Int64) for n in ("coming", "lifting")}
    return rows.select("client_id", nw.col(day).alias("on"), **(empty | zero | values))


def _counts(spans: Frame, born: Frame, name: str) -> list[Frame]:
    """+1 where a span begins and -1 where it ends; nothing happens before a client is born."""
    rows = spans.join(born, on="client_id")
    return [
        _entries(rows.with_columns(on=nw.max_horizontal(end, "born_on")), "on", **{name: nw.lit(step, nw.Int64)})
        for end, step in (("from_on", 1), ("until_on", -1))
    ]


def _settled(log: Frame) -> Frame:
    """The rules over the running state: client_id, segment, reason, from_on."""
    mark = nw.when(nw.col("lifting") == 0).then(nw.col("mark"))
    segment, reason = settle(nw.col("reason"), nw.col("segment"), nw.col("coming") > 0, mark)
    rows = log.select("client_id", nw.col("on").alias("from_on"), settled=segment, why=reason)
    return rows.select("client_id", "from_on", segment="settled", reason="why").filter(
        nw.col("from_on") < nw.lit(LAST_DAY)
    )


def _merged(rows: Frame) -> Frame:
    """Rows equal to the one before dropped; each lasts until the next begins."""
    before = {n: nw.col(n).shift(1).over("client_id", order_by="from_on") for n in ("segment", "reason")}
    rows = rows.with_columns(**{f"prior_{n}": e for n, e in before.items()})
    same = (nw.col("segment") == nw.col("prior_segment")) & (nw.col("reason") == nw.col("prior_reason"))
    rows = rows.filter(~same.fill_null(value=False))
    until = nw.col("from_on").shift(-1).over("client_id", order_by="from_on").fill_null(LAST_DAY)
    return rows.with_columns(until_on=until).select("client_id", "segment", "reason", "from_on", "until_on")
