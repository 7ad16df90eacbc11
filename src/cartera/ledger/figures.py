"""By what is a ledger recognised? Rows per table, money per currency, the facts version, the last line of the audit."""

from __future__ import annotations

from typing import Any

PREFIX = "ledger_"
HALF = 32  # bits


def of_workspace(alias: str, workspace_id: int) -> dict[str, Any]:
    """The figures of one workspace of a database."""
    from django.db.models import Sum

    from cartera.ledger.belonging import rows, tables
    from cartera.ledger.fields import scaled
    from cartera.ledger.models import Invoice, Workspace

    counts = {model._meta.db_table: rows(model, alias, workspace_id).count() for model in tables()}
    holding = Invoice.objects.using(alias).filter(workspace_id=workspace_id, until_version=None, is_deleted=False)
    sums = holding.values_list("currency").annotate(sum=Sum("amount")).order_by()
    workspace = Workspace.objects.using(alias).get(pk=workspace_id)
    return told(counts, {currency: scaled(sum_) for currency, sum_ in sums}, workspace.__dict__)


def of_file(connection: Any) -> dict[str, Any]:
    """The figures of all that a SQLite ledger holds, read without a model: older tables are counted as well."""
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    own = [name for (name,) in named if name.startswith(PREFIX)]
    counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in own}
    # In two halves: SQLite's own sum ends with an error beyond 64 bits.
    halves = connection.execute(
        f"SELECT currency, sum(amount >> {HALF}), sum(amount & {2**HALF - 1}) FROM ledger_invoice"
        " WHERE until_version IS NULL AND NOT is_deleted GROUP BY 1"
    )
    sums = {currency: ((high or 0) << HALF) + (low or 0) for currency, high, low in halves}
    state = ("name", "facts_version", "audit_number", "audit_hash")
    first = connection.execute(f"SELECT {', '.join(state)} FROM ledger_workspace ORDER BY id").fetchone()
    return told(counts, sums, dict(zip(state, first or ("", 0, 0, ""), strict=True)))


def told(counts: dict[str, int], sums: dict[str | None, int | None], workspace: dict[str, Any]) -> dict[str, Any]:
    """The figures under fixed names; tables without rows are left out, since a later program may add some."""
    return {
        "rows": {name: count for name, count in sorted(counts.items()) if count},
        "ten_thousandths": {currency or "": total or 0 for currency, total in sorted(sums.items(), key=str)},
        "workspace": workspace["name"],
        "facts_version": workspace["facts_version"],
        "audit_number": workspace["audit_number"],
        "audit_hash": workspace["audit_hash"],
    }
