"""What in the facts contradicts itself? Rows of problems: where, what was found, how to fix it; never an exception."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw

from cartera import money
from cartera.facts.tables import Facts, Frame
from cartera.tongue import text
from cartera.words import KINDS, MARKS, STATES


@dataclass(frozen=True)
class Problem:
    """One row that should be mended. where: table and key. value: what was found. hint: how to fix it."""

    code: str
    where: str
    column: str
    value: str
    hint: str


@dataclass(frozen=True)
class Check:
    """rows(facts) gives `key` and `value` of the rows that break the rule, and `amount` where it helps."""

    code: str
    table: str
    column: str
    hint: str
    rows: Callable[[Facts], Frame]


def problems(facts: Facts, day: date | None = None) -> list[Problem]:
    """Every problem of the facts, by check and key; with `day` also the plans that are late on it."""
    found = []
    for check in (*CHECKS, *([_late(day)] if day else [])):
        rows = facts.room.rows(check.rows(facts).with_columns(nw.col("key", "value").cast(nw.String)))
        found += [
            Problem(check.code, _place(check, row), check.column, _found(check, row["value"]), check.hint)
            for row in sorted(rows, key=lambda row: (row["key"] or "", row["value"] or ""))
        ]
    return found


def overdue(facts: Facts, day: date) -> Frame:
    """The plans that stand and whose date has come by `day`: they count for nothing until issued, moved or dropped."""
    stands = nw.col("void_on").is_null() | (nw.col("void_on") > day)
    late: Frame = facts.invoices.filter(PLANNED & stands & (nw.col("issued_on") <= day) & (nw.col("amount") > 0))
    return late


def _late(day: date) -> Check:
    return Check(
        "LATE_PLAN", "plan", "issued_on", "Issue it, move it or drop it: a late plan counts for nothing.",
        lambda facts: overdue(facts, day).select("amount", key="invoice_id", value="issued_on"),
    )  # fmt: skip


def _place(check: Check, row: Mapping[str, Any]) -> str:
    """Table, key and, where it is known, the amount."""
    amount = row.get("amount")
    said = "" if amount is None else f", amount {money.text(amount)}"
    return f"{check.table} {row['key'] or 'without id'}{said}"


def _found(check: Check, value: str | None) -> str:
    """The value as a person writes it."""
    return money.text(Decimal(value)) if value and check.column == "amount" else value or ""


def _invoices(broken: nw.Expr, column: str) -> Callable[[Facts], Frame]:
    return lambda facts: facts.invoices.filter(broken).select(key="invoice_id", value=nw.col(column).cast(nw.String))


def _unattributed(facts: Facts) -> Frame:
    """Invoices without a client; without a name, the amount tells which."""
    rows: Frame = facts.invoices.filter(nw.col("client_id").is_null())
    return rows.select("amount", key="invoice_id", value="client_id")


def _twice(table: str, key: str) -> Callable[[Facts], Frame]:
    def rows(facts: Facts) -> Frame:
        counted: Frame = getattr(facts, table).filter(~nw.col(key).is_null()).group_by(key).agg(times=nw.len())
        return counted.filter(nw.col("times") > 1).select(key=key, value="times")

    return rows


def _repeated(facts: Facts) -> Frame:
    ids = list(facts.repeated)
    return facts.room.table({"key": ids, "value": ids}, {"key": nw.String, "value": nw.String})


def _marks(broken: nw.Expr, column: str) -> Callable[[Facts], Frame]:
    return lambda facts: facts.marks.filter(broken).select(key="client_id", value=nw.col(column).cast(nw.String))


def _lost_credits(facts: Facts) -> Frame:
    """Credit notes that name no issued invoice of the same client and currency."""
    sales = facts.invoices.filter((nw.col("kind") == "invoice") & (nw.col("state") != "planned"))
    keys = sales.select(nw.col("invoice_id").alias("credits"), "client_id", "currency").unique()
    notes: Frame = facts.invoices.filter(~nw.col("credits").is_null())
    return notes.join(keys, on=["credits", "client_id", "currency"], how="anti").select(
        key="invoice_id", value="credits"
    )


def never_born(facts: Facts) -> Frame:
    """Clients of whom nothing says since when they are one."""
    real = ~((nw.col("state") == "void") & nw.col("void_on").is_null())
    shown = real & (nw.col("kind") == "invoice") & (nw.col("amount") > 0)
    dated = (nw.col("state") != "planned") | ~nw.col("known_on").is_null()
    born = facts.invoices.filter(shown & dated & ~nw.col("client_id").is_null()).select("client_id").unique()
    listed = facts.clients.filter(nw.col("created_on").is_null()).select("client_id")
    named = nw.concat([listed, facts.invoices.filter(~nw.col("client_id").is_null()).select("client_id")]).unique()
    created = facts.clients.filter(~nw.col("created_on").is_null()).select("client_id")
    never = named.join(born, on="client_id", how="anti").join(created, on="client_id", how="anti")
    return never.select(key="client_id", value=nw.lit(None, nw.String))


def _strangers(facts: Facts) -> Frame:
    """Marks on clients that are in no other table."""
    known = nw.concat([facts.clients.select("client_id"), facts.invoices.select("client_id")]).unique()
    return facts.marks.join(known, on="client_id", how="anti").select(key="client_id", value="mark")


def _refused_cancellations(facts: Facts) -> Frame:
    """Clients marked cancelled although they were invoiced."""
    sold = facts.invoices.filter((nw.col("kind") == "invoice") & (nw.col("state") == "issued") & (nw.col("amount") > 0))
    cancelled = facts.marks.filter(nw.col("mark") == "cancelled")
    return cancelled.join(sold.select("client_id").unique(), on="client_id", how="semi").select(
        key="client_id", value=nw.col("marked_on").cast(nw.String)
    )


PLANNED = nw.col("state") == "planned"
CHECKS = (
    Check("NO_CLIENT", "invoice", "client_id", text("Name the client; until then it is counted apart."),
          _unattributed),
    Check("NO_DATE", "invoice", "issued_on", text("Give its date; without one it counts for nothing."),
          _invoices(nw.col("issued_on").is_null(), "issued_on")),
    Check("NO_AMOUNT", "invoice", "amount", text("Give its amount; without one it counts for nothing."),
          _invoices(nw.col("amount").is_null(), "amount")),
    Check("UNKNOWN_KIND", "invoice", "kind", f"Use one of: {', '.join(KINDS)}.",
          _invoices(~nw.col("kind").is_in(list(KINDS)), "kind")),
    Check("UNKNOWN_STATE", "invoice", "state", f"Use one of: {', '.join(STATES)}.",
          _invoices(~nw.col("state").is_in(list(STATES)), "state")),
    Check("DOUBLE_ID", "invoice", "invoice_id", text("Give every invoice its own id; numbers may repeat, ids may not."),
          _twice("invoices", "invoice_id")),
    Check("DOUBLE_CLIENT", "client", "client_id", text("Keep one row per client."), _repeated),
    Check("CREDIT_SIGN", "invoice", "amount", text("A credit note's amount is negative; as it stands it is ignored."),
          _invoices((nw.col("kind") == "credit_note") & (nw.col("amount") > 0), "amount")),
    Check("CREDIT_TARGET", "invoice", "credits",
          text("Name an issued invoice of the same client and currency; as it stands it only reduces money."),
          _lost_credits),
    Check("PLAN_WITHOUT_KNOWN_ON", "invoice", "known_on",
          text("Say when the plan became known; as it stands, history is told with hindsight."),
          _invoices(PLANNED & nw.col("known_on").is_null(), "issued_on")),
    Check("VOID_WITHOUT_DAY", "invoice", "void_on",
          text("Say when it was voided, if it counted before; as it stands it never was."),
          _invoices((nw.col("state") == "void") & nw.col("void_on").is_null(), "issued_on")),
    Check("NEVER_BORN", "client", "created_on",
          text("Give the day it became a client; until then it is in no segment."),
          never_born),
    Check("UNKNOWN_MARK", "mark of client", "mark", f"Use one of: {', '.join(MARKS)}.",
          _marks(~nw.col("mark").is_in(list(MARKS)), "mark")),
    Check("MARK_WITHOUT_CLIENT", "mark of client", "client_id",
          text("Correct the id: no client and no invoice has it."),
          _strangers),
    Check("CANCELLED_WITH_INVOICES", "mark of client", "mark", text("It was invoiced: mark it lost instead."),
          _refused_cancellations),
)  # fmt: skip
