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


def facts_about(book: Book, clients: Collection[str], *, roll_up: bool = False) -> Facts:
    """The facts of these clients alone, straight from the ledger: a decision answers before the columns follow.

    Clients that are one stand under the id that leads; with roll_up, children under their parent where they count so.
    """
    from cartera.engine import open_facts
    from cartera.ledger.models import Client, Invoice, Mark

    moved = _moved(book, roll_up=roll_up)
    leading = {moved.get(one, one) for one in clients}
    ids = sorted(leading | {one for one, other in moved.items() if other in leading})
    tables = {"clients": Client, "invoices": Invoice, "marks": Mark}
    return open_facts(Facts(**{name: _table(book, model, name, ids, moved) for name, model in tables.items()}))


def segments(book: Book, clients: Collection[str], day: date) -> dict[str, str]:
    """client_id -> its segment under the policy of the workspace, for those that are clients by `day`."""
    from cartera.app.workspace.settings import workspace_policy
    from cartera.portfolio.activity import standing

    facts, moved = facts_about(book, clients, roll_up=True), _moved(book, roll_up=True)
    rules = workspace_policy(book.workspace)
    rows = facts.room.rows(standing(facts, day=day, policy=rules).select("client_id", "segment"))
    found = {row["client_id"]: row["segment"] for row in rows}
    return {one: found[moved.get(one, one)] for one in clients if moved.get(one, one) in found}


def invoiced(book: Book, clients: Collection[str], day: date) -> set[str]:
    """Those with an invoice that counts on `day`."""
    import narwhals as nw

    from cartera.portfolio.counting import sales_and_plans

    facts = facts_about(book, clients)
    counted = sales_and_plans(facts, day).filter(nw.col("counts") & (nw.col("issued_on") <= day))
    return {row["client_id"] for row in facts.room.rows(counted.select("client_id").unique())}


def _moved(book: Book, *, roll_up: bool) -> dict[str, str]:
    """client_id -> the id under which it stands, of those that stand under another."""
    from cartera.ledger.links import links, rolls_up

    return links(book).moved(roll_up=roll_up and rolls_up(book))


def _table(book: Book, model: Any, name: str, clients: list[str], moved: dict[str, str]) -> Any:
    """The rows that hold now as Arrow, in the types of the fact table."""
    from cartera.app.workspace.identity.who import held
    from cartera.engine.arrows import made
    from cartera.facts.schema import schema
    from cartera.ledger.entry import MANUAL

    kinds, columns = schema(name), COLUMNS[name]
    now = held(book, model)
    if name == "clients":  # what a person says otherwise is told of in words, it moves nobody
        now = now.exclude(source=MANUAL)
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(clients), MOST_ASKED):
        rows += now.filter(client_id__in=clients[start : start + MOST_ASKED]).values_list(*columns)
    listed = dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)) if rows else {n: [] for n in columns}
    listed["client_id"] = [moved.get(one, one) for one in listed["client_id"]]
    return made(listed, {column: kinds[column] for column in columns})
