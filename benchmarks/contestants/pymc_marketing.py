"""The package pymc-marketing: its own summary of a pandas frame that is in memory, as it is made for RFM."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
from benchmarks.data import DAY, PURCHASES, Data
from pymc_marketing.clv import rfm_summary

if TYPE_CHECKING:
    from benchmarks.questions import Question


def ready(data: Data, _: Question) -> Callable[[], pd.DataFrame]:
    purchases = pd.read_parquet(data.parquet(PURCHASES))
    purchases["amount"] = purchases["amount"].astype(float)
    purchases["issued_on"] = pd.to_datetime(purchases["issued_on"]).astype("datetime64[s]")
    return lambda: rfm_summary(
        purchases, "client_id", "issued_on", "amount", observation_period_end=DAY, include_first_transaction=True
    )


def shared(answer: pd.DataFrame) -> pd.DataFrame:
    """The check query's columns: recency is here the days since the last purchase, money a mean by date."""
    return pd.DataFrame({
        "client_id": answer["customer_id"],
        "last_issued_on": (pd.Timestamp(DAY) - pd.to_timedelta(answer["recency"], unit="D")).dt.date,
        "frequency": answer["frequency"].astype(int),
        "monetary": answer["monetary_value"] * answer["frequency"],
    })  # fmt: skip
