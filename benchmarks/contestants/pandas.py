"""pandas, vectorised, on frames that are in memory before the question is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from benchmarks.data import DAY, PURCHASES, TABLES, Data

if TYPE_CHECKING:
    from benchmarks.questions import Question

D = pd.Timestamp(DAY)
FAR = pd.Timestamp("9999-12-31").as_unit("s")
KEY = ["invoice_id", "client_id", "currency"]
DATES = ("issued_on", "known_on", "void_on", "created_on", "marked_on")
STRENGTH = {"cancelled": 3, "lost": 2, "reactivated": 1}
ONE_DAY = pd.Timedelta(days=1)
SUMMARIES = {"rfm-summary": "nunique", "rfm-invoices": "count"}


def ready(data: Data, question: Question) -> Callable[[], pd.DataFrame]:
    if question.function in SUMMARIES:
        purchases = _read(data, PURCHASES)
        return lambda: summary(purchases, SUMMARIES[question.function])
    invoices, clients, marks = (_read(data, name) for name in TABLES)
    if question.function == "snapshot":
        return lambda: snapshot(invoices, clients, marks)
    return lambda: timeline(invoices, clients)


def _read(data: Data, table: str) -> pd.DataFrame:
    frame = pd.read_parquet(data.parquet(table))
    if "amount" in frame:
        frame["amount"] = frame["amount"].astype(float)  # pandas adds decimals one Python object at a time
    return frame.assign(**{c: pd.to_datetime(frame[c]).astype("datetime64[s]") for c in DATES if c in frame})


def summary(purchases: pd.DataFrame, frequency: str) -> pd.DataFrame:
    rows = purchases[purchases["issued_on"] <= D].groupby("client_id", as_index=False)
    issued_on, amount = ("issued_on", "max"), ("amount", "sum")
    return rows.agg(last_issued_on=issued_on, frequency=("issued_on", frequency), monetary=amount)


def snapshot(invoices: pd.DataFrame, clients: pd.DataFrame, marks: pd.DataFrame) -> pd.DataFrame:
    was = (invoices["state"] != "void") | invoices["void_on"].notna()
    stands = invoices["void_on"].isna() | (invoices["void_on"] > D)
    is_planned = invoices["state"] == "planned"
    is_note = invoices["credits"].notna() & (invoices["amount"] < 0) & (invoices["issued_on"] <= D) & ~is_planned
    notes = invoices[is_note & was & stands].assign(invoice_id=lambda n: n["credits"], credited=lambda n: -n["amount"])
    credited = notes.groupby(KEY, as_index=False)["credited"].sum()
    is_sale = invoices["client_id"].notna() & (invoices["kind"] == "invoice") & (invoices["amount"] > 0) & was
    sales = invoices.loc[is_sale].drop(columns=["credits"]).assign(stands=stands)
    if len(credited):
        sales = sales.merge(credited, on=KEY, how="left")
        sales["stands"] &= ~(sales["credited"].round(4) >= sales["amount"])
    seen = _seen(sales)
    both = seen.merge(clients[["client_id", "created_on"]], on="client_id", how="outer")
    both["born_on"] = both[["shown_on", "created_on"]].min(axis=1)
    both = both[both["born_on"] <= D].merge(_marked(marks), on="client_id", how="left")
    return _decided(both)


def _seen(sales: pd.DataFrame) -> pd.DataFrame:
    issued_on, known_on, is_planned = sales["issued_on"], sales["known_on"], sales["state"] == "planned"
    ahead = (issued_on > D) & (issued_on <= D + pd.DateOffset(months=12))
    coming = sales["stands"] & ahead & ((known_on <= D) | (known_on.isna() & is_planned))
    parts = pd.DataFrame({
        "client_id": sales["client_id"],
        "last_on": issued_on.where(sales["stands"] & ~is_planned & (issued_on <= D)),
        "next_on": issued_on.where(coming),
        "next_known_on": known_on.where(coming),
        "shown_on": known_on.where(is_planned | (known_on < issued_on), issued_on),
    })  # fmt: skip
    return parts.groupby("client_id", as_index=False).agg(
        {"last_on": "max", "next_on": "min", "next_known_on": "max", "shown_on": "min"}
    )


def _marked(marks: pd.DataFrame) -> pd.DataFrame:
    dated = marks[marks["marked_on"] <= D].assign(strength=marks["mark"].map(STRENGTH))
    dated = dated.sort_values(["marked_on", "recorded_at", "strength"], na_position="first")
    return dated.drop_duplicates("client_id", keep="last")[["client_id", "mark", "marked_on"]]


def _decided(rows: pd.DataFrame) -> pd.DataFrame:
    last, is_coming = rows["last_on"], rows["next_on"].notna()
    age = (D - last).dt.days
    lifted = (last > rows["marked_on"]) | (rows["next_known_on"] > rows["marked_on"])
    holds = rows["mark"].isin(["cancelled", "lost"]) & ~lifted
    rules = [
        (holds, rows["mark"], "marked"),
        (last + pd.DateOffset(months=4) >= D, "active", "invoiced"),
        (last + pd.DateOffset(months=8) >= D, "sleeping_away", "cooling"),
        (age <= 370, "hibernating", "cooling"),
        ((age <= 400) & is_coming, "hibernating", "planned"),
        (age <= 400, "leaving", "leaving"),
        (is_coming & last.isna(), "new", "first"),
        (is_coming, "new", "returning"),
        (last.notna(), "lost", "expired"),
        ((D - rows["born_on"]).dt.days < 400, "no_activity", "empty"),
    ]
    conditions = [r[0] for r in rules]
    return pd.DataFrame({
        "client_id": rows["client_id"],
        "segment": np.select(conditions, [r[1] for r in rules], "lost"),
        "reason": np.select(conditions, [r[2] for r in rules], "never_invoiced"),
        "last_issued_on": last,
        "next_planned_on": rows["next_on"],
        "born_on": rows["born_on"],
        "marked_on": rows["marked_on"].where(holds),
    })  # fmt: skip


def timeline(invoices: pd.DataFrame, clients: pd.DataFrame) -> pd.DataFrame:
    """Plain clients alone: nothing but issued invoices and credit notes without a link."""
    is_sale = invoices["client_id"].notna() & (invoices["kind"] == "invoice") & (invoices["amount"] > 0)
    rows = invoices.loc[is_sale, ["client_id", "issued_on"]].sort_values(["client_id", "issued_on"], ignore_index=True)
    last, client = rows["issued_on"], rows["client_id"]
    is_first, is_last = client != client.shift(1), client != client.shift(-1)
    next_on = last.shift(-1).mask(is_last)
    is_cold = is_last | (next_on > last + pd.DateOffset(months=4) + ONE_DAY)
    runs = rows.assign(last_on=last, next_on=next_on, is_first=is_first, is_cold=is_cold)[is_cold | is_first]
    # The rows are sorted by client: the run before is the row before.
    opened = runs["next_on"].where(runs["is_cold"], runs["last_on"]).shift(1)
    runs = runs.assign(start_on=runs["last_on"].where(runs["is_first"], opened))[runs["is_cold"]]
    runs = runs.assign(
        end_on=runs["next_on"].fillna(FAR),
        sleeping_on=runs["last_on"] + pd.DateOffset(months=4) + ONE_DAY,
        hibernating_on=runs["last_on"] + pd.DateOffset(months=8) + ONE_DAY,
        leaving_on=runs["last_on"] + 371 * ONE_DAY,
        lost_on=runs["last_on"] + 401 * ONE_DAY,
    )
    firsts = rows[is_first].rename(columns={"issued_on": "first_on"})
    empty = clients.merge(firsts, on="client_id", how="left")
    empty["end_on"] = empty["first_on"].fillna(FAR)
    empty = empty[empty["created_on"] < empty["end_on"]]
    empty = empty.assign(unused_on=empty["created_on"] + 400 * ONE_DAY)
    every = pd.concat([
        _rung(runs, "active", "invoiced", "start_on", "sleeping_on"),
        _rung(runs, "sleeping_away", "cooling", "sleeping_on", "hibernating_on"),
        _rung(runs, "hibernating", "cooling", "hibernating_on", "leaving_on"),
        _rung(runs, "leaving", "leaving", "leaving_on", "lost_on"),
        _rung(runs, "lost", "expired", "lost_on", "end_on"),
        _rung(empty, "no_activity", "empty", "created_on", "unused_on"),
        _rung(empty, "lost", "never_invoiced", "unused_on", "end_on"),
    ], ignore_index=True)  # fmt: skip
    return every.assign(until_on=every["until_on"].where(every["until_on"] < FAR))


def _rung(rows: pd.DataFrame, segment: str, reason: str, from_on: str, until_on: str) -> pd.DataFrame:
    until = rows[until_on].where(rows[until_on] < rows["end_on"], rows["end_on"])
    kept = pd.DataFrame({
        "client_id": rows["client_id"],
        "segment": segment,
        "reason": reason,
        "from_on": rows[from_on],
        "until_on": until,
    })  # fmt: skip
    return kept[kept["from_on"] < kept["until_on"]]
