"""Who owes how much, and since when is it overdue? Open amounts by client and by age, or document by document.

What the invoices say is still open, tax included; where they only say what was paid when, the net amount stands in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.calendar import add_days, days_between
from cartera.errors import PolicyError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, is_sales, reporting_currency
from cartera.portfolio.counting import sales_and_plans
from cartera.portfolio.policy import AnyPolicy
from cartera.tongue import say, say_in, say_many

AGES = ("not_due", "overdue_1", "overdue_2", "overdue_3", "overdue_4", "undated")
ZERO = nw.lit(0).cast(TOTAL)


@dataclass(frozen=True)
class AgeLimits:
    """The last day of each class of age, in days after the due date; older is the fourth class."""

    first: int = 30
    second: int = 60
    third: int = 90

    def __post_init__(self) -> None:
        """Refuse classes that do not follow each other."""
        if not 0 < self.first < self.second < self.third:
            found = f"{self.first}, {self.second}, {self.third}"
            raise PolicyError(f"ages of {found} days do not grow.", fix="A working example: 30, 60, 90.")

    @property
    def labels(self) -> dict[str, str]:
        """The class of age in words."""
        return {
            "not_due": say_in("column", "Not due yet"),
            "overdue_1": say("{first} to {last} days overdue", first=1, last=self.first),
            "overdue_2": say("{first} to {last} days overdue", first=self.first + 1, last=self.second),
            "overdue_3": say("{first} to {last} days overdue", first=self.second + 1, last=self.third),
            "overdue_4": say("More than {days} days overdue", days=self.third),
            "undated": say_in("column", "No due date"),
        }


def receivables(facts: Facts, *, day: date, policy: AnyPolicy, limits: AgeLimits | None = None) -> Frame:
    """One row per client with something open on `day`: client_id, name, document_count, open_amount, overdue_amount,
    oldest_due_on (of what is overdue) and open_amount by class of age: not_due, overdue_1 to overdue_4, undated.

    A null client_id holds what no client is named for. No row where the invoices have neither open_amount nor paid_on.
    """
    del policy  # no rule of a policy decides here; every question is asked alike
    rows = _aged(_open(facts, day), day, limits or AgeLimits())
    is_overdue = nw.col("due_on") < day
    sums = {age: nw.when(nw.col("age") == age).then(nw.col("open_amount")).otherwise(ZERO) for age in AGES}
    rows = rows.with_columns(
        overdue_amount=nw.when(is_overdue).then(nw.col("open_amount")).otherwise(ZERO),
        oldest_due_on=nw.when(is_overdue).then(nw.col("due_on")),
        document_count=nw.lit(1),
        **sums,
    )
    money = ("open_amount", "overdue_amount")
    found = rows.group_by("client_id").agg(
        nw.col("document_count").sum().cast(nw.Int64), nw.col("oldest_due_on").min(),
        *(nw.col(name).sum().cast(TOTAL) for name in (*money, *AGES)),
    )  # fmt: skip
    return _named(found, facts).select("client_id", "name", "document_count", *money, "oldest_due_on", *AGES)


def open_documents(facts: Facts, *, day: date, limits: AgeLimits | None = None) -> Frame:
    """One row per open document on `day`: client_id, name, invoice_id, number, issued_on, due_on, days_overdue (null
    while not due or without a due date), age (its class in words), open_amount, is_net (the net amount stands in).
    """
    limits = limits or AgeLimits()
    rows = facts.room.keep(_aged(_open(facts, day), day, limits))
    words: dict[str, list[str]] = {"age": list(limits.labels), "words": list(limits.labels.values())}
    rows = rows.join(facts.room.table(words, dict.fromkeys(words, nw.String)), on="age", how="left")
    rows = _named(rows, facts).join(_days_overdue(facts, rows, day), on="due_on", how="left")
    return rows.select(
        "client_id", "name", "invoice_id", "number", "issued_on", "due_on", "days_overdue",
        nw.col("words").alias("age"), "open_amount", "is_net",
    )  # fmt: skip


def missing(facts: Facts) -> list[str]:
    """What the invoices would have to say for a full answer, in sentences with the fix."""
    said = []
    if not facts.gives("invoices.open_amount", "invoices.paid_on"):
        said.append(
            say(
                "The invoices do not say what is still owed: add the column open_amount (still owed, tax included) or"
                " paid_on, or name it: --map open_amount=COLUMN."
            )
        )
    if not facts.gives("invoices.due_on"):
        said.append(
            say(
                "The invoices do not say when they were due, so nothing can be overdue: add the column due_on, or name"
                " it: --map due_on=COLUMN."
            )
        )
    return said


def foreign(facts: Facts, day: date) -> list[str]:
    """The open money in other currencies, in sentences: it is told apart, never added."""
    if not facts.gives("invoices.open_amount"):
        return []
    rows = facts.invoices.filter(is_sales(day) & ~_is_ours(facts) & (nw.col("open_amount") != 0))
    sums = rows.group_by("currency").agg(amount=nw.col("open_amount").sum().cast(TOTAL), count=nw.len())
    return sorted(
        say_many(
            "{count} document with {amount} open is told apart.",
            "{count} documents with {amount} open are told apart.",
            count=row["count"],
            amount=tongue.money(row["amount"], row["currency"], places=2),
        )
        for row in facts.room.rows(sums)
    )


def _open(facts: Facts, day: date) -> Frame:
    """The open documents with open_amount and is_net."""
    names = ("client_id", "invoice_id", "number", "issued_on", "due_on")
    recorded = facts.invoices.filter(is_sales(day) & _is_ours(facts) & (nw.col("open_amount") != 0))
    told = recorded.select(*names, open_amount=nw.col("open_amount").cast(TOTAL), is_net=nw.lit(value=False))
    if not facts.gives("invoices.paid_on"):
        return told
    sold = sales_and_plans(facts, day)
    credited = nw.col("credited").fill_null(0) if "credited" in sold.collect_schema().names() else nw.lit(0)
    silent = (nw.col("open_amount").is_null() & nw.col("paid_on").is_null()) | (
        (nw.col("open_amount").is_null() | (nw.col("open_amount") == 0)) & (nw.col("paid_on") > day)
    )
    past = nw.col("counts") & (nw.col("issued_on") <= day)
    unpaid = sold.filter(past & _is_ours(facts) & silent.fill_null(value=False))
    net = unpaid.select(*names, open_amount=(nw.col("amount") - credited).cast(TOTAL), is_net=nw.lit(value=True))
    return nw.concat([told, net])


def _is_ours(facts: Facts) -> nw.Expr:
    # An open amount has no rate of its own: base_amount is that of the net amount.
    return nw.col("currency") == reporting_currency(facts)


def _aged(rows: Frame, day: date, limits: AgeLimits) -> Frame:
    edges = zip(AGES[1:4], (limits.first, limits.second, limits.third), strict=True)
    steps = [("not_due", day), *((age, add_days(day, -days)) for age, days in edges)]
    age = nw.lit("overdue_4")
    for name, earliest in reversed(steps):
        age = nw.when(nw.col("due_on") >= earliest).then(nw.lit(name)).otherwise(age)
    return rows.with_columns(age=nw.when(nw.col("due_on").is_null()).then(nw.lit("undated")).otherwise(age))


def _named(rows: Frame, facts: Facts) -> Frame:
    rows = rows.join(facts.clients.select("client_id", "name"), on="client_id", how="left")
    return rows.with_columns(name=nw.coalesce("name", "client_id"))


def _days_overdue(facts: Facts, rows: Frame, day: date) -> Frame:
    oldest = facts.room.rows(rows.select(nw.col("due_on").min()))[0]["due_on"]
    days = days_between(oldest, add_days(day, -1)) if oldest is not None else []
    columns: dict[str, list[Any]] = {"due_on": days, "days_overdue": [(day - due).days for due in days]}
    return facts.room.table(columns, {"due_on": nw.Date, "days_overdue": nw.Int64})
