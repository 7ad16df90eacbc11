"""The package lifetimes: its own summary of a pandas frame that is in memory, the first purchase counted as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd
from benchmarks.data import DAY, PURCHASES, Data
from lifetimes.utils import summary_data_from_transaction_data

if TYPE_CHECKING:
    from benchmarks.questions import Question


def ready(data: Data, _: Question) -> Callable[[], pd.DataFrame]:
    purchases = pd.read_parquet(data.parquet(PURCHASES))
    purchases["amount"] = purchases["amount"].astype(float)
    purchases["issued_on"] = pd.to_datetime(purchases["issued_on"]).astype("datetime64[s]")
    return lambda: summary_data_from_transaction_data(
        purchases, "client_id", "issued_on", "amount", observation_period_end=DAY, include_first_transaction=True
    )


def shared(answer: pd.DataFrame) -> pd.DataFrame:
    """The check query's columns: recency is here the age at the last purchase, T the age now, money a mean by date."""
    rows = answer.reset_index()
    ago = pd.to_timedelta(rows["T"] - rows["recency"], unit="D")
    return pd.DataFrame({
        "client_id": rows["client_id"],
        "last_issued_on": (pd.Timestamp(DAY) - ago).dt.date,
        "frequency": rows["frequency"].astype(int),
        "monetary": rows["monetary_value"] * rows["frequency"],
    })  # fmt: skip
