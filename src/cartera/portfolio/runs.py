"""Over which days is the last invoice of a plain client the same, as far as its segment can tell? One sort.

Plain clients have nothing but issued invoices: no plan, mark, credit note or void row.
"""

from __future__ import annotations

import narwhals as nw

from cartera.calendar import FIRST_DAY, LAST_DAY
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.calendars import Days, turns
from cartera.portfolio.counting import attributed, is_issued, is_sale
from cartera.portfolio.policy import AnyPolicy


def plain_stretches(facts: Facts, policy: AnyPolicy, days: Days, special: Frame | None) -> Frame:
    """Stretches of the clients whose every row is an issued invoice: as `laid_out` wants them."""
    sales = attributed(facts).filter(is_sale() & is_issued())
    clients = facts.clients.select("client_id", "created_on")
    if special is not None:
        sales = sales.join(special, on="client_id", how="anti")
        clients = clients.join(special, on="client_id", how="anti")
    runs = facts.room.keep(invoiced_runs(sales.select("client_id", "issued_on"), facts, policy, days))
    firsts = runs.filter(nw.col("is_first")).select(key="client_id", first_on="start")
    empty = clients.join(firsts, left_on="client_id", right_on="key", how="left").filter(
        ~nw.col("created_on").is_null() & (nw.col("first_on").is_null() | (nw.col("created_on") < nw.col("first_on")))
    )
    empty = empty.select(
        "client_id", base_on="created_on", start="created_on", until=nw.col("first_on").fill_null(LAST_DAY),
        is_empty=nw.lit(True), is_returned=nw.lit(False), fresh_until=nw.lit(FIRST_DAY),
    )  # fmt: skip
    return nw.concat([runs.drop("is_first"), empty])


def invoiced_runs(sales: Frame, facts: Facts, policy: AnyPolicy, days: Days) -> Frame:
    """One row per run of invoices without a gap in which the client turns colder, with `is_first`."""
    marks_return = policy.name == "salescope"
    if marks_return:
        sales = sales.unique(["client_id", "issued_on"])
    rows = sales.join(turns(facts, policy, days), left_on="issued_on", right_on="base_on")
    around = {"after": nw.col("issued_on").shift(-1), "before": nw.col("issued_on").shift(1)}
    if marks_return:
        around["gone_before"] = nw.col("gone_from").shift(1)
    rows = rows.with_columns(**{k: e.over("client_id", order_by="issued_on") for k, e in around.items()})
    returned = (nw.col("issued_on") >= nw.col("gone_before")).fill_null(value=False) if marks_return else nw.lit(False)
    rows = rows.with_columns(
        after=nw.col("after").fill_null(LAST_DAY), is_first=nw.col("before").is_null(), is_returned=returned
    )
    ends = (nw.col("after") > nw.col("cold_from")) | nw.col("is_returned")
    # A client's first row stays even where no run ends, so that the first run knows where it starts.
    rows = rows.with_columns(is_end=ends).filter(ends | nw.col("is_first"))
    before = {
        "next_start": nw.when(nw.col("is_end")).then(nw.col("after")).otherwise(nw.col("issued_on")),
        "opens": nw.col("is_first") & ~nw.col("is_end"),
        "first_cold": nw.col("cold_from"),
    }
    rows = rows.with_columns(**before).with_columns(
        **{f"prior_{k}": nw.col(k).shift(1).over("client_id", order_by=["issued_on", "after"]) for k in before}
    )
    opened = nw.col("prior_opens").fill_null(value=False)
    first = nw.col("is_first") | opened
    return rows.filter(nw.col("is_end")).select(
        "client_id", base_on="issued_on", start=nw.coalesce("prior_next_start", "issued_on"), until="after",
        is_empty=nw.lit(False), is_returned="is_returned", is_first=first,
        fresh_until=nw.when(first).then(nw.when(opened).then(nw.col("prior_first_cold")).otherwise(nw.col("cold_from")))
        .otherwise(nw.lit(FIRST_DAY)),
    )  # fmt: skip
