"""What is an amount in the workspace's currency? At the newest rate up to the document's date."""

from __future__ import annotations

from typing import Any

from cartera.app.workspace.columns.sql import named, quoted, rows_of
from cartera.ledger.columns.refresh import Columns
from cartera.ledger.columns.sheets import RATE
from cartera.money import PRECISION, SCALE

TABLE = "rated_days"
DIGITS = 12  # decimals of a rate
WIDEST = 38  # digits of a decimal in the engine
UNIT = 10**DIGITS
MONEY = f"DECIMAL({PRECISION}, {SCALE})"


def rated(connection: Any, columns: Columns, told: str, kept: list[str], currency: str) -> str:
    """The invoices with `base_amount` filled where a rate is known; as they are without rates or a currency."""
    rates = rows_of(columns, RATE)
    if not rates or not currency or "currency" not in kept:
        return told
    has_base = "base_amount" in kept
    missing = " AND base_amount IS NULL" if has_base else ""
    _put_days(connection, told, rates, f"currency <> {quoted(currency)}{missing}")
    rest = ", ".join(f"i.{named(name)}" for name in kept if name != "base_amount")
    at_rate = _half_even("i.amount", "d.rate")
    base = f"coalesce(i.base_amount, {at_rate})" if has_base else at_rate
    kept += [] if has_base else ["base_amount"]
    return (
        f"SELECT {rest}, {base} AS base_amount FROM ({told}) i"
        f" LEFT JOIN {TABLE} d ON d.currency = i.currency AND d.issued_on = i.issued_on"
    )


def _put_days(connection: Any, told: str, rates: str, condition: str) -> None:
    """The rate of every currency on every day on which there is an invoice in it: a small table, made once."""
    connection.execute(
        f"CREATE TEMP TABLE {TABLE} AS SELECT p.currency, p.issued_on,"
        f" CAST(round(CAST(r.rate AS DECIMAL(38, 18)) * {UNIT}) AS HUGEINT) AS rate"
        f" FROM (SELECT DISTINCT currency, issued_on FROM ({told}) WHERE {condition}) p"
        f" ASOF JOIN ({rates}) r ON p.currency = r.currency AND p.issued_on >= r.day"
    )


def _half_even(amount: str, rate: str) -> str:
    """Their product at four decimal places, half to even as `money.rounded` has it; DuckDB rounds halves up."""
    whole = f"CAST(abs(CAST({amount} AS DECIMAL(38, {SCALE}))) * {10**SCALE} AS HUGEINT) * {rate}"
    left = f"({whole}) % {UNIT}"
    up = f"CASE WHEN {left} * 2 > {UNIT} OR ({left} * 2 = {UNIT} AND (({whole}) // {UNIT}) % 2 = 1) THEN 1 ELSE 0 END"
    scaled = f"(({whole}) // {UNIT} + {up}) * CAST(sign({amount}) AS INTEGER)"
    # Beyond the digits of money there is no amount, as without a rate.
    return f"TRY_CAST(TRY_CAST({scaled} AS DECIMAL({WIDEST - SCALE}, 0)) * CAST(0.0001 AS DECIMAL(4, 4)) AS {MONEY})"
