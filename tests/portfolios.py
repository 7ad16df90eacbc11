"""Which portfolios do the tests try? Random ones, where rules break: month ends, boundary days, late knowledge.

A portfolio is `{"clients": rows, "invoices": rows, "marks": rows}`, each row a dict with columns of the fact tables.
One seed makes one client, so that a failing portfolio can be shrunk client by client.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from hypothesis import strategies as st

from cartera.facts import schema
from tests.plain.oracle import Client, Kopilot, Policy, Row, Salescope, add_months

if TYPE_CHECKING:
    from pathlib import Path

Facts = dict[str, list[Row]]
NOON = time(12)
KEYS = ("invoice_id", "client_id")
FIRST_YEAR, LAST_YEAR = 2019, 2026
MONTHS = (1, 3, 4, 4, 4, 6, 8, 8, 8, 12, 12, 12, 18)
DAYS = (0, 1, 30, 35, 365, 369, 370, 371, 371, 399, 400, 401, 401, 402)
AMOUNTS = tuple(map(Decimal, ("100", "100", "100", "1234.56", "99.9999", "0.0001", "12000")))
POLICIES: tuple[Policy, ...] = (
    Kopilot(),
    Kopilot(boundary="cold"),
    Kopilot(active_months=1, sleeping_months=2, notice_days=15, horizon_months=3, no_activity_days=60),
    Kopilot(active_months=6, sleeping_months=9, lifespan_days=730, notice_days=60, horizon_months=24),
    Salescope(),
    Salescope(inactive_months=12, alert_months=6),
    Salescope(inactive_months=2, alert_months=1),
)


def some_day(rng: Random) -> date:
    """A day of the years tried, a month end more often than not."""
    year, month = rng.randint(FIRST_YEAR, LAST_YEAR), rng.choice((1, 2, 2, 3, 4, 5, 6, 7, 8, 8, 9, 10, 10, 11, 12))
    last = monthrange(year, month)[1]
    return date(year, month, min(last, rng.choice((28, 29, 30, 31, 31)) if rng.random() < 0.7 else rng.randint(1, 28)))


def step(rng: Random, start: date, sign: int = 1) -> date:
    """A later day: some calendar months or days on which a rule turns, give or take one, or any within 500 days."""
    way = rng.random()
    if way < 0.45:
        return add_months(start, sign * rng.choice(MONTHS)) + timedelta(rng.choice((-1, 0, 0, 0, 1)))
    if way < 0.8:
        return start + sign * timedelta(max(0, rng.choice(DAYS) + rng.choice((-1, 0, 0, 1))))
    return start + sign * timedelta(rng.randint(1, 500))


def back(rng: Random, start: date) -> date:
    """An earlier day, chosen as `step` chooses."""
    return step(rng, start, -1)


def near(rng: Random, day: date) -> date:
    """The day itself, the one before or the one after."""
    return day + timedelta(rng.choice((-1, 0, 0, 1)))


def random_client(rng: Random, client_id: str, around: date | None = None) -> Client:
    """A client with its rows; sometimes without any, sometimes absent from the table of clients (`listed`).

    around: a day on which many of the client's rules turn.
    """
    first = back(rng, around) if around and rng.random() < 0.8 else some_day(rng)
    client: Client = {"client_id": client_id, "created_on": None, "listed": rng.random() < 0.8}
    if rng.random() < 0.5:
        client["created_on"] = rng.choice((first, near(rng, first), back(rng, first), step(rng, first)))
    if rng.random() < 0.05:
        return client | {"invoices": [], "marks": []}
    sales = _sales(rng, first)
    anchors = [row["issued_on"] for row in sales] or [first]
    plans = [_plan(rng, rng.choice(anchors)) for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 3)))]
    rows = sales + plans
    for number, row in enumerate(rows):
        row["invoice_id"] = f"{client_id}-{number}"
    notes = [note for row in rows if rng.random() < 0.3 for note in _credit_notes(rng, row)]
    for number, row in enumerate(notes):
        row["invoice_id"] = f"{client_id}-cn{number}"
    rows += notes
    moments = [day for row in rows for day in (row["issued_on"], row["known_on"], row["void_on"]) if day] or [first]
    marks = [_mark(rng, near(rng, rng.choice(moments))) for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 3)))]
    if marks and rng.random() < 0.3:
        marks.append(_mark(rng, marks[-1]["marked_on"]))
    return client | {
        "invoices": [row | {"client_id": client_id} for row in rows],
        "marks": [mark | {"client_id": client_id} for mark in marks],
    }


def _row(rng: Random, issued_on: date, **columns: Any) -> Row:
    row = {"kind": None, "state": None, "issued_on": issued_on, "known_on": None, "void_on": None}
    return row | {"amount": rng.choice(AMOUNTS), "currency": None, "credits": None} | columns


def _sales(rng: Random, first: date) -> list[Row]:
    rows, issued_on, sign = [], first, rng.choice((1, -1))
    for _ in range(rng.choice((0, 0, 1, 1, 1, 2, 2, 3, 4, 6))):
        rows.append(_sale(rng, issued_on))
        issued_on = step(rng, issued_on, sign)
    return rows


def _sale(rng: Random, issued_on: date) -> Row:
    row = _row(rng, issued_on, kind=rng.choice((None, "invoice")), state=rng.choice((None, "issued", "issued")))
    way = rng.random()
    if way < 0.3:
        row["known_on"] = rng.choice((back(rng, issued_on), near(rng, issued_on), step(rng, issued_on)))
    if 0.3 < way < 0.42 or way < 0.03:
        row["state"] = rng.choice(("void", "void", "issued"))
        row["void_on"] = rng.choice((None, near(rng, issued_on), step(rng, issued_on), back(rng, issued_on)))
    if 0.42 < way < 0.48:
        row["amount"] = rng.choice((Decimal(0), None, Decimal(-50)))
    if 0.48 < way < 0.6:
        row["currency"] = rng.choice(("EUR", "USD", "XXX"))
    return row


def _plan(rng: Random, around: date) -> Row:
    issued_on = step(rng, around)
    row = _row(rng, issued_on, state="planned", kind=rng.choice((None, "invoice")))
    row["known_on"] = rng.choice((None, around, near(rng, around), back(rng, issued_on), near(rng, issued_on)))
    if rng.random() < 0.1:
        row["amount"] = rng.choice((Decimal(0), None))
    if rng.random() < 0.05:
        row |= {"kind": "credit_note", "amount": Decimal(-100)}
    if rng.random() < 0.25:
        row["void_on"] = rng.choice((near(rng, row["known_on"] or around), back(rng, issued_on), step(rng, issued_on)))
    return row


def _credit_notes(rng: Random, invoice: Row) -> list[Row]:
    """Credit notes against one invoice: in full, in part, in parts that just reach it or just do not, or too much."""
    total = max(invoice["amount"] or Decimal(100), Decimal("0.0004"))
    half = (total / 2).quantize(Decimal("0.0001"))
    almost = total - Decimal("0.0001")
    in_parts = ((half,), (half, total - half), (almost,), (almost, Decimal("0.0001")))
    parts = rng.choice(((total,), (total,), (total * 2,), *in_parts))
    notes, issued_on = [], near(rng, invoice["issued_on"])
    for part in parts:
        note = _row(rng, issued_on, amount=-part, credits=invoice["invoice_id"], currency=invoice["currency"])
        note["kind"] = rng.choice((None, "credit_note", "credit_note", "invoice"))
        notes.append(note | rng.choice(({}, {}, {}, {}, {}, _oddity(rng, note))))
        issued_on = rng.choice((issued_on, step(rng, issued_on), back(rng, issued_on)))
    return notes


def _oddity(rng: Random, note: Row) -> Row:
    issued_on = note["issued_on"]
    return rng.choice(
        (
            {"credits": None},
            {"credits": "nobody-0"},
            {"currency": "EUR" if note["currency"] != "EUR" else "USD"},
            {"currency": "XXX"},
            {"state": "planned", "known_on": back(rng, issued_on)},
            {"state": "void"},
            {"state": "void", "void_on": step(rng, issued_on)},
            {"void_on": step(rng, issued_on)},
            {"void_on": back(rng, issued_on)},
            {"known_on": step(rng, issued_on)},
            {"known_on": back(rng, issued_on)},
            {"kind": "credit_note", "amount": -note["amount"]},
            {"amount": None},
        )
    )


def _mark(rng: Random, marked_on: date) -> Row:
    noon = datetime.combine(marked_on, NOON)
    moment = noon + timedelta(hours=rng.choice((0, 0, 3, 700)))
    mark = rng.choice(("cancelled", "lost", "lost", "reactivated"))
    return {"mark": mark, "marked_on": marked_on, "recorded_at": rng.choice((None, moment))}


def facts_of(seeds: list[int], *, around: date | None = None, oddities: bool = True) -> Facts:
    """The portfolio of these clients, one per seed, and beside it rows of nobody or of the wrong client."""
    clients = [random_client(Random(seed), f"c{number:05d}", around) for number, seed in enumerate(seeds)]
    rng = Random(sum(seeds))
    facts: Facts = {
        "clients": [{"client_id": c["client_id"], "created_on": c["created_on"]} for c in clients if c["listed"]],
        "invoices": [row for client in clients for row in client["invoices"]],
        "marks": [mark for client in clients for mark in client["marks"]],
    }
    if oddities and facts["invoices"]:
        facts["invoices"] += _strays(rng, facts["invoices"], [client["client_id"] for client in clients])
        facts["marks"].append(_mark(rng, some_day(rng)) | {"client_id": "only-marked"})
    for rows in facts.values():
        rng.shuffle(rows)
    return facts


def _strays(rng: Random, invoices: list[Row], client_ids: list[str]) -> list[Row]:
    """Rows without a client, and credit notes that name somebody else's invoice."""
    strays = []
    for number in range(1 + len(client_ids) // 20):
        named = rng.choice(invoices)
        credit = _row(rng, named["issued_on"], amount=Decimal(-20000), credits=named["invoice_id"])
        others = [client_id for client_id in rng.choices(client_ids, k=2) if client_id != named["client_id"]]
        nobody = _row(rng, some_day(rng), client_id=None, invoice_id=f"nobody-{number}")
        strays += [nobody, credit | {"client_id": rng.choice([None, *others]), "invoice_id": f"stray-{number}"}]
    return strays


def random_facts(seed: int, clients: int, around: date | None = None) -> Facts:
    """A random portfolio with so many clients, made for asking on `around`; the same seed gives the same one."""
    rng = Random(seed)
    return facts_of([rng.getrandbits(32) for _ in range(clients)], around=around)


def clients_of(facts: Facts) -> dict[str, Client]:
    """client_id -> the client as the plain reading takes it: the listed ones and those with an invoice row."""
    listed = {row["client_id"]: row.get("created_on") for row in facts["clients"]}
    found = listed | {row["client_id"]: listed.get(row["client_id"]) for row in facts["invoices"] if row["client_id"]}
    clients: dict[str, Client] = {
        client_id: {"client_id": client_id, "created_on": created_on, "invoices": [], "marks": []}
        for client_id, created_on in found.items()
    }
    for table in ("invoices", "marks"):
        for row in facts[table]:
            if row["client_id"] in clients:
                clients[row["client_id"]][table].append(row)
    return clients


def days_to_ask(rng: Random, facts: Facts, count: int) -> list[date]:
    """Days on which something probably turns for somebody in the portfolio, and a few others."""
    dates = sorted({row["issued_on"] for row in facts["invoices"]} | {row["marked_on"] for row in facts["marks"]})
    turning = [near(rng, step(rng, rng.choice(dates))) if dates else some_day(rng) for _ in range(count)]
    return [some_day(rng) if rng.random() < 0.2 else day for day in turning]


def arrow_type(dtype: Any) -> pa.DataType:
    """The Arrow type of one of the schema's types."""
    if dtype == schema.MONEY:
        return pa.decimal128(dtype.precision, dtype.scale)
    arrow = {schema.TEXT: pa.string(), schema.DAY: pa.date32(), schema.FLAG: pa.bool_(), schema.COUNT: pa.int64()}
    return pa.timestamp("us") if dtype == schema.MOMENT else arrow[dtype]


def tables(facts: Facts) -> dict[str, pa.Table]:
    """The portfolio as Arrow tables with every column of the schema, ready for `Facts(**tables(facts))`."""
    made = {}
    for name in ("clients", "invoices", "marks"):
        fields = pa.schema([(column, arrow_type(dtype)) for column, dtype in schema.schema(name).items()])
        made[name] = pa.Table.from_pylist([{key: row.get(key) for key in fields.names} for row in facts[name]], fields)
    return made


def write_folder(facts: Facts, folder: Path) -> None:
    """The portfolio as clients.csv, invoices.csv and marks.csv: ISO dates, decimal text, empty for missing."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = {
        "clients": ("client_id", "created_on"),
        "invoices": (*KEYS, "kind", "state", "issued_on", "known_on", "void_on", "amount", "currency", "credits"),
        "marks": ("client_id", "mark", "marked_on", "recorded_at"),
    }
    for name, header in columns.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            writer.writerows([_cell(row.get(column)) for column in header] for row in facts[name])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def portfolios(max_clients: int = 40, around: date | None = None) -> st.SearchStrategy[Facts]:
    """Whole random portfolios; a failing one shrinks to the clients that matter.

    A seed of 0 is nobody: so a portfolio is full unless it shrinks, where a list of free length is nearly empty.
    """
    seeds = st.lists(st.integers(0, 2**32 - 1), min_size=max_clients, max_size=max_clients)
    whole = seeds.map(lambda chosen: [seed for seed in chosen if seed])
    return st.builds(lambda chosen, odd: facts_of(chosen, around=around, oddities=odd), whole, st.booleans())


def questions(max_clients: int = 40) -> st.SearchStrategy[tuple[Facts, date]]:
    """A portfolio and a day on which much of it turns."""
    return days().flatmap(lambda day: st.tuples(portfolios(max_clients, around=day), st.just(day)))


def days() -> st.SearchStrategy[date]:
    """Days of the years tried, month ends more often than not."""
    return st.integers(0, 2**32 - 1).map(lambda seed: some_day(Random(seed)))


def policies() -> st.SearchStrategy[Policy]:
    """The policies tried, the published ones first."""
    return st.sampled_from(POLICIES)
