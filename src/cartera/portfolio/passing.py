"""Which invoice is a special client's last on which days, when credit notes and voids can take invoices back?

For the policy without plans and marks: stretches of one last invoice, told apart by what was bought before it.
"""

from __future__ import annotations

import narwhals as nw

from cartera.calendar import FIRST_DAY, LAST_DAY
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.calendars import Days, turns
from cartera.portfolio.policy import AnyPolicy


def passing_stretches(counted: Frame, born: Frame, facts: Facts, policy: AnyPolicy, days: Days) -> Frame:
    """Stretches of one last invoice for `laid_out`; a day ends one when an invoice counts from it on, or until it."""
    lasts = _lasts(counted, born)
    after = nw.col("on").shift(-1).over("client_id", order_by="on").fill_null(LAST_DAY)
    empty = nw.col("last").is_null()
    rows = lasts.with_columns(until=after, base_on=nw.coalesce("last", "born_on"), is_empty=empty)
    gone = turns(facts, policy, days).select(prior="base_on", gone_before="gone_from")
    cold = turns(facts, policy, days).select(first="base_on", first_cold="cold_from")
    rows = rows.join(gone, on="prior", how="left").join(cold, on="first", how="left")
    returned = (nw.col("last") >= nw.col("gone_before")).fill_null(value=False)
    rows = rows.with_columns(is_returned=returned, fresh_until=nw.col("first_cold").fill_null(FIRST_DAY))
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
