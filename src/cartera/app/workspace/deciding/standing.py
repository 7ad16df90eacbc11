"""Where do these clients stand on a day, by the facts as they are this moment? Read before and after a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cartera.facts.tables import Facts

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from cartera.ledger.book import Book

COLUMNS = {
    "clients": ("client_id", "name", "created_on"),
    "invoices": (
        "invoice_id", "client_id", "kind", "state", "issued_on", "known_on", "void_on", "amount", "currency", "credits",
    ),
    "marks": ("client_id", "mark", "marked_on", "recorded_at"),
}  # fmt: skip
MOST_ASKED = 500  # clients that fit into one statement of every database


def facts_about(book: Book, clients: Collection[str]) -> Facts:
    """The facts of these clients alone, straight from the ledger: a decision answers before the columns follow."""
    from cartera.engine import open_facts
    from cartera.ledger.models import Client, Invoice, Mark

    tables = {"clients": Client, "invoices": Invoice, "marks": Mark}
    return open_facts(Facts(**{name: _table(book, model, name, sorted(clients)) for name, model in tables.items()}))


def segments(book: Book, clients: Collection[str], day: date) -> dict[str, str]:
    """client_id -> its segment under the standard policy, for those that are clients by `day`."""
    from cartera.app.policies import policy
    from cartera.portfolio.activity import standing

    facts = facts_about(book, clients)
    rows = facts.room.rows(standing(facts, day=day, policy=policy("kopilot")).select("client_id", "segment"))
    return {row["client_id"]: row["segment"] for row in rows}


def invoiced(book: Book, clients: Collection[str], day: date) -> set[str]:
    """Those with an invoice that counts on `day`."""
    import narwhals as nw

    from cartera.portfolio.counting import sales_and_plans

    facts = facts_about(book, clients)
    counted = sales_and_plans(facts, day).filter(nw.col("counts") & (nw.col("issued_on") <= day))
    return {row["client_id"] for row in facts.room.rows(counted.select("client_id").unique())}


def _table(book: Book, model: Any, name: str, clients: list[str]) -> Any:
    """The rows that hold now as Arrow, in the types of the fact table."""
    from cartera.engine.arrows import made
    from cartera.facts.schema import schema

    kinds, columns = schema(name), COLUMNS[name]
    held = model.objects.using(book.alias).filter(workspace_id=book.workspace_id, until_version=None, is_deleted=False)
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(clients), MOST_ASKED):
        rows += held.filter(client_id__in=clients[start : start + MOST_ASKED]).values_list(*columns)
    listed = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return made(dict(zip(columns, map(list, listed), strict=True)), {column: kinds[column] for column in columns})
