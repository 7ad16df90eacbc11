"""Does every client fall into the right part of the bridge, and is every effect of prices the stated formula?"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from tests.plain import money
from tests.plain.oracle import Client, counts
from tests.plain.test_money_and_reps import portfolio
from tests.portfolios import Facts, arrow_type, clients_of, tables

import cartera
from cartera.engine import open_facts
from cartera.facts import schema
from cartera.portfolio.compared import PARTS, compared, period

YEAR = timedelta(365)
PRODUCTS = ("bolt", "nut", "nut", "washer", None)


def part(client: Client, day: date) -> tuple[str, Decimal] | None:
    """The part of one client in the last 365 days, and its change; None for one without money."""
    before, now = both_years(client, day)
    if not before and not now:
        return None
    dates = [row["issued_on"] for row in client["invoices"] if row["issued_on"] <= day and counts(client, row, day)]
    if before > 0 and now > 0:
        word = "grown" if now > before else "shrunk" if now < before else "steady"
    elif before > 0:
        word = "lost"
    elif now > 0:
        word = "returned" if dates and min(dates) <= day - YEAR else "new"
    else:
        word = "corrected"
    return word, now - before


def both_years(client: Client, day: date) -> tuple[Decimal, Decimal]:
    """Net sales of the year before and of the last year, both as the books stand on the day."""
    now = money.net_sales(client, day - YEAR, day)
    return money.net_sales(client, day - 2 * YEAR, day) - now, now


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_every_client_is_in_its_part_with_its_change(seed: int) -> None:
    facts, day = portfolio(seed)
    held = open_facts(cartera.Facts(**tables(facts)))
    rows = held.room.rows(compared(held, period(day)))
    told = {row["client_id"]: (row["part"], row["change"]) for row in rows if row["client_id"]}
    meant = {client_id: part(client, day) for client_id, client in clients_of(facts).items()}
    assert told == {client_id: found for client_id, found in meant.items() if found}
    assert {word for word, _ in told.values()} >= {"lost", "new", "returned", "grown", "shrunk", "corrected"}


@pytest.mark.parametrize("seed", [14, 15])
def test_the_parts_sum_to_the_difference_with_sales_of_nobody(seed: int) -> None:
    facts, day = portfolio(seed)
    told = {row["part"]: row for row in cartera.bridge(cartera.Facts(**tables(facts)), day=day).to_pylist()}
    everyone = [both_years(one, day) for one in (*clients_of(facts).values(), nobody(facts))]
    whole = {"amount_before": sum(before for before, _ in everyone), "amount": sum(now for _, now in everyone)}
    assert sorted(told) == sorted(PARTS)
    assert {name: sum(row[name] for row in told.values()) for name in whole} == whole
    assert sum(row["change"] for row in told.values()) == whole["amount"] - whole["amount_before"]


@pytest.mark.parametrize("seed", [16, 17, 18])
@pytest.mark.parametrize("by", ["product", "category"])
def test_quantity_price_and_mix_are_the_formulas_and_every_row_closes(seed: int, by: str) -> None:
    facts, day = portfolio(seed)
    lines = random_lines(facts, Random(seed))
    given = cartera.Facts(lines=lines_table(lines), **tables(facts))
    rows = {row[by]: row for row in cartera.bridge(given, day=day, by=by).to_pylist()}
    parts = [name for name in next(iter(rows.values())) if name not in (by, "amount_before", "amount", "change")]
    for row in rows.values():
        assert row["amount"] - row["amount_before"] == row["change"] == sum(row[name] for name in parts)
    clients = {row["part"]: row["change"] for row in cartera.bridge(given, day=day).to_pylist()}
    effects = ("quantity", "price", "mix", "other")
    assert sum(row[name] for row in rows.values() for name in effects) == clients["grown"] + clients["shrunk"]
    for name in ("lost", "new", "returned", "corrected", "unattributed"):
        assert sum(row[name] for row in rows.values()) == clients[name], name
    if by == "product":
        meant = effects_of(facts, lines, day)
        assert {p: (rows[p]["quantity"], rows[p]["price"]) for p in meant if p in rows} == meant


def effects_of(facts: Facts, lines: list[dict[str, Any]], day: date) -> dict[str, tuple[Decimal, Decimal]]:
    """Quantity and price of every product that lines tell of, read plainly."""
    known = clients_of(facts)
    kept = {c for c, client in known.items() if (part(client, day) or ("",))[0] in ("grown", "shrunk", "steady")}
    documents = {row["invoice_id"]: row for row in facts["invoices"]}
    sold: dict[str, list[list[Any]]] = {}
    for line in lines:
        row = documents[line["invoice_id"]]
        in_euro = row.get("currency") == "EUR"
        if not in_euro or row["client_id"] not in kept or not money.is_money(row, day) or line["product"] is None:
            continue
        for at, after in enumerate((day - 2 * YEAR, day - YEAR)):
            if after < row["issued_on"] <= after + YEAR:
                periods = sold.setdefault(line["product"], [[], []])
                periods[at].append((line["quantity"], line["amount"]))
    measured = {p: both for p, both in sold.items() if all(map(is_measured, both))}
    sums = {p: [tuple(sum(map(Fraction, n)) for n in zip(*one, strict=True)) or (0, 0) for one in both]
            for p, both in measured.items()}  # fmt: skip
    units, paid = sum(b[0][0] for b in sums.values()), sum(b[0][1] for b in sums.values())
    average = Fraction(paid) / units if units else Fraction(0)
    return {p: effect(before, now, average) for p, (before, now) in sums.items()}


def effect(before: Any, now: Any, average: Fraction) -> tuple[Decimal, Decimal]:
    price = now[1] - Fraction(before[1]) * now[0] / before[0] if before[0] and now[0] else Fraction(0)
    return rounded((now[0] - before[0]) * average), rounded(price)


def is_measured(lines: list[tuple[Any, Any]]) -> bool:
    return not lines or (all(q is not None for q, _ in lines) and sum(q for q, _ in lines) > 0)


def rounded(value: Fraction) -> Decimal:
    return Decimal(round(value * 10_000)).scaleb(-4)


def nobody(facts: Facts) -> Client:
    return {"invoices": [row for row in facts["invoices"] if row["client_id"] is None]}


def random_lines(facts: Facts, rng: Random) -> list[dict[str, Any]]:
    """Lines of most documents, whose amounts mostly make up the document's, some without a product or a quantity."""
    lines = []
    for row in facts["invoices"]:
        amount = row.get("amount")
        if rng.random() < 0.1 or amount is None:
            continue
        first = (amount * rng.randint(0, 10) / 10).quantize(Decimal("0.0001"))
        for number, paid in enumerate((first, amount - first + rng.choice((0, 0, 0, 1)))):
            product = rng.choice(PRODUCTS)
            quantity = Decimal(rng.randint(1, 9)) * (-1 if paid < 0 else 1)
            lines.append({
                "invoice_id": row["invoice_id"], "line_no": number, "product": product,
                "category": "metal" if product != "washer" else "rubber",
                "quantity": None if rng.random() < 0.0005 else quantity, "amount": Decimal(paid),
            })  # fmt: skip
    return lines


def lines_table(lines: list[dict[str, Any]]) -> pa.Table:
    fields = pa.schema([(column, arrow_type(dtype)) for column, dtype in schema.schema("lines").items()])
    return pa.Table.from_pylist([{name: row.get(name) for name in fields.names} for row in lines], fields)
