"""What is a client beside the others, read plainly? Values by every measure, A, B and C, and portfolios with lines."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pyarrow as pa
from tests.plain import buying, money
from tests.plain.oracle import Client, counted, currency
from tests.portfolios import Facts, arrow_type, tables

from cartera.facts.schema import schema

ZERO = Decimal(0)
PAST = date(1, 1, 1)


def value(facts: Facts, client: Client, measure: str, after: date, day: date) -> Decimal:
    """The client's amount, profit, quantity or invoices with after < date <= day."""
    if measure == "amount":
        return money.net_sales(client, after, day)
    if measure == "invoices":
        return Decimal(sum(on > after for on in counted(client, day)))
    return sum((told(line, measure) for line in lines_of(facts, client, measure, after, day)), ZERO)


def told(line: dict[str, Any], measure: str) -> Decimal:
    """What one line adds; nothing where it does not tell."""
    needs = ("quantity",) if measure == "quantity" else ("amount", "cost")
    first, *rest = (line[name] for name in needs)
    return ZERO if first is None or None in rest else first - sum(rest, ZERO)


def lines_of(facts: Facts, client: Client, measure: str, after: date, day: date) -> list[dict[str, Any]]:
    """The lines of its sales, of ids that name one document; for profit only of those in euro."""
    ids = Counter(row.get("invoice_id") for row in facts["invoices"])
    sold = {
        row["invoice_id"]
        for row in client["invoices"]
        if money.is_money(row, day) and row["issued_on"] > after and ids[row.get("invoice_id")] == 1
        and (measure == "quantity" or currency(row) == "EUR")
    }  # fmt: skip
    return [line for line in facts["lines"] if line["invoice_id"] in sold]


def classes(values: dict[str, Decimal], a: str = "0.8", b: str = "0.95") -> dict[str, str]:
    """client_id -> A, B or C: where the clients with a greater value end, this one begins."""
    total = sum((Fraction(v) for v in values.values() if v > 0), Fraction(0))
    found = {}
    for client_id, own in values.items():
        before = sum((Fraction(v) for v in values.values() if v > own and v > 0), Fraction(0))
        is_any = own > 0
        found[client_id] = "A" if is_any and before < Fraction(a) * total else (
            "B" if is_any and before < Fraction(b) * total else "C"
        )  # fmt: skip
    return found


def shares(values: dict[str, Decimal]) -> list[Fraction]:
    """The shares of all values above 0, the greatest first."""
    above = sorted((Fraction(v) for v in values.values() if v > 0), reverse=True)
    return [v / sum(above) for v in above]


def ranked_facts(seed: int, clients: int, day: date) -> Facts:
    """A portfolio mostly in euro that buys often, with lines on most documents; some do not tell everything."""
    rng = Random(seed)
    facts = buying.busy_facts(seed, clients, day)
    facts["lines"] = []
    for row in facts["invoices"]:
        row["currency"] = "USD" if row.get("currency") == "USD" else "EUR"
        if rng.random() < 0.3:
            row["issued_on"] -= timedelta(rng.choice((0, 1, 365, 366)))
        for number in range(rng.choice((0, 1, 1, 2))):
            facts["lines"].append(_line(rng, row, number))
    return facts


def _line(rng: Random, row: dict[str, Any], number: int) -> dict[str, Any]:
    amount = row.get("amount") or ZERO
    cost = rng.choice((None, (amount / 2).quantize(Decimal("0.0001")), amount * 2, ZERO))
    quantity = rng.choice((None, Decimal(1), Decimal("2.5"), Decimal(-1)))
    told = {"amount": rng.choice((amount, amount, None)), "cost": cost, "quantity": quantity}
    return told | {"invoice_id": row.get("invoice_id"), "line_no": number}


def with_lines(facts: Facts) -> dict[str, pa.Table]:
    """The portfolio as Arrow tables, its lines too."""
    fields = pa.schema([(column, arrow_type(dtype)) for column, dtype in schema("lines").items()])
    rows = [{key: row.get(key) for key in fields.names} for row in facts["lines"]]
    return tables(facts) | {"lines": pa.Table.from_pylist(rows, fields)}
