"""What does a page show of a file before the import? The preview, sums per month, columns on its own rows, doubles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera import money

if TYPE_CHECKING:
    from cartera.app.workspace.importing.prepare import Prepared
    from cartera.app.workspace.importing.preview import Preview
    from cartera.errors import Question
    from cartera.sources.files.reading import Problem

ALL, CENT = "all", Decimal("0.01")
ROWS, DOUBLES, SHOWN_REJECTS = 5, 10, 50
LONGEST_CELL = 200
MOST_CLIENTS = 20_000  # more are compared after the import
ROLES = (
    "client_id", "name", "number", "issued_on", "due_on", "net", "amount", "total", "tax", "currency", "kind", "state",
    "quantity", "unit_price", "product", "category", "rep", "email", "phone", "city", "region", "country",
)  # fmt: skip


@dataclass(frozen=True)
class Understood:
    """A file as it was read, in texts and numbers only, to be kept as JSON.

    months: month, currency, count and amount of its issued documents. roles: of each column, empty for a further one.
    rows: the first rows as they came. rejects: line, code, column, value, hint. doubles: names and reasons.
    has_columns: whether a person may say what a column means.
    """

    file: str
    source: str
    equation: str
    counts: dict[str, int]
    changes: dict[str, int]
    changed: list[dict[str, Any]]
    clients: dict[str, int]
    sums: list[dict[str, Any]]
    months: list[dict[str, Any]]
    header: list[str]
    roles: list[str]
    rows: list[list[str]]
    rejects: list[dict[str, Any]]
    doubles: list[dict[str, Any]]
    controls: list[dict[str, Any]]
    understood: list[str]
    notices: list[str]
    questions: list[dict[str, Any]] = field(default_factory=list)
    said: dict[str, dict[str, int]] = field(default_factory=dict)
    has_columns: bool = True
    has_currency: bool = True


def understood(prepared: Prepared) -> Understood:
    """What is told of a prepared file."""
    shown, reading = prepared.preview, prepared.read.reading
    trace, invoices = reading.trace, reading.tables["invoices"]
    roles = {place: role for role, place in trace.roles.columns.items()} if trace is not None else {}
    return Understood(
        file=shown.file, source=shown.source, equation=shown.equation, counts=shown.counts, changes=shown.changes,
        changed=[{"document": one.document, "client": one.client, "values": one.values} for one in shown.changed],
        clients=shown.clients, sums=[vars(one) for one in shown.sums], months=months(invoices),
        header=shown.header if trace is not None else [],
        roles=[roles.get(place, "") for place in range(len(shown.header))] if trace is not None else [],
        rows=[_short(one.raw) for one in shown.sample if not one.problem][:ROWS],
        rejects=[_refused(one) for one in reading.problems[:SHOWN_REJECTS]],
        doubles=doubles(reading.tables), controls=shown.controls, understood=_read(shown), notices=shown.notices,
        questions=[asked(one) for one in shown.questions], said=shown.said, has_columns=trace is not None,
        has_currency=all(one.currency for one in shown.sums),
    )  # fmt: skip


def _short(cells: list[str]) -> list[str]:
    return [cell[:LONGEST_CELL] for cell in cells]


def _refused(one: Problem) -> dict[str, Any]:
    told = {"line": one.line, "code": one.code, "column": one.column}
    return told | {"value": one.value[:LONGEST_CELL], "hint": one.hint}


def _read(shown: Preview) -> list[str]:
    return [line for line in shown.understood if line]


def months(invoices: Any) -> list[dict[str, Any]]:
    """Per month and currency the issued documents of the file, credit notes taken off."""
    import pyarrow.compute as pc

    issued = invoices.filter(pc.equal(invoices.column("state"), "issued"))
    month = pc.strftime(issued.column("issued_on"), "%Y-%m")
    keyed = issued.append_column("month", month).group_by(["month", "currency"], use_threads=False)
    rows = keyed.aggregate([("amount", "sum"), ("amount", "count")]).to_pylist()
    return [
        {
            "month": row["month"],
            "currency": row["currency"] if row["currency"] not in (None, money.NO_CURRENCY) else "",
            "count": row["amount_count"],
            "amount": money.text(row["amount_sum"] or 0 * money.QUANTUM),
        }
        for row in sorted(rows, key=lambda row: (row["month"], row["currency"] or ""))
    ]


def doubles(tables: Any) -> list[dict[str, Any]]:
    """Clients of the file that could be one, the likeliest first."""
    from cartera.facts.likeness import suggestions

    clients = tables.get("clients")
    if clients is None or "name" not in clients.column_names or clients.num_rows > MOST_CLIENTS:
        return []
    rows = [{name: None if cell is None else str(cell) for name, cell in row.items()} for row in clients.to_pylist()]
    names = {row["client_id"]: row["name"] or row["client_id"] for row in rows}
    return [
        {
            "first": names[pair.first],
            "second": names[pair.second],
            "why": [reason.text for reason in pair.reasons],
        }
        for pair in suggestions([row for row in rows if row["name"]])[:DOUBLES]
    ]


def asked(question: Question) -> dict[str, Any]:
    """A question as it is kept."""
    return {name: getattr(question, name) for name in question.__dataclass_fields__}


def compared(months: list[dict[str, Any]], totals: Mapping[str, str]) -> list[dict[str, Any]]:
    """The months, then all of each currency, each beside what accounting says: key, stated, difference."""
    whole = {
        code: {"month": ALL, "currency": code, "count": 0, "amount": Decimal(0)}
        for code in dict.fromkeys(one["currency"] for one in months)
    }
    rows = [one | {"amount": Decimal(one["amount"])} for one in months]
    for row in rows:
        whole[row["currency"]]["count"] += row["count"]
        whole[row["currency"]]["amount"] += row["amount"]
    keyed = [row | {"key": f"{row['month']} {row['currency']}"} for row in _all(rows, whole)]
    return [row | _beside(row["amount"], totals.get(row["key"])) for row in keyed]


def _all(rows: list[dict[str, Any]], whole: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [*rows, *whole.values()] if len(rows) > 1 else rows


def _beside(amount: Decimal, total: str | None) -> dict[str, Any]:
    if total is None:
        return {"stated": None, "difference": None}
    return {"stated": Decimal(total), "difference": amount.quantize(CENT) - Decimal(total)}
