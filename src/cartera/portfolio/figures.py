"""How do sales stand? The figures that a sales manager looks at first, each with last year's and its definition.

Read `DEFINITIONS` first: figure, label, unit and what it is. Sums are one pass over the documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw

from cartera.calendar import add_days, period_start, year_before
from cartera.facts.tables import Facts, Frame
from cartera.money import from_fraction
from cartera.portfolio.amounts import TOTAL, YEAR_DAYS, in_currency, is_sales, reporting_currency
from cartera.portfolio.counting import sales_and_plans
from cartera.portfolio.fiscal import fiscal_year
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.receivables import AGES, AgeLimits, receivables
from cartera.portfolio.recurring import AS_OF_THEN, BASE, recurring
from cartera.tongue import say, spoken

Values = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class FigureLimits:
    """recurring: from how many purchase dates in 365 days on a client is recurring; ages: of the aged balance."""

    recurring: int = 3
    ages: AgeLimits = field(default_factory=AgeLimits)


@dataclass(frozen=True)
class Figure:
    """One figure. unit: money, share, count or days."""

    id: str
    label: str
    unit: str
    definition: str


def definitions(limits: FigureLimits) -> tuple[Figure, ...]:
    """Every figure in its order, in words made from the limits."""
    base, then = spoken(BASE), spoken(AS_OF_THEN)
    regular = say(
        "clients with at least {count} purchase dates in the last {days} days; {then}",
        count=limits.recurring, days=YEAR_DAYS, then=then,
    )  # fmt: skip
    aged = [
        Figure(age, label, "money", say("open amounts, {age}", age=label.lower()))
        for age, label in limits.ages.labels.items()
    ]
    owed = say(
        "receivables, tax included where known, per day of the last {days} days' net sales, which hold no tax",
        days=YEAR_DAYS,
    )
    last = say("Last {days} days", days=YEAR_DAYS)
    return (
        Figure(
            "sales_to_date",
            say("Sales this fiscal year"),
            "money",
            say("net sales from the fiscal year's start to the day"),
        ),
        Figure(
            "variation",
            say("Variation"),
            "money",
            say("sales this fiscal year minus those of the same days a year before"),
        ),
        Figure(
            "growth",
            say("Growth"),
            "share",
            say("the variation as a share of the sales of the same days a year before"),
        ),
        Figure(
            "whole_last_year",
            say("Whole last fiscal year"),
            "money",
            say("net sales of the fiscal year before this one"),
        ),
        Figure(
            "completion", say("Completion"), "share", say("sales this fiscal year as a share of the whole last one")
        ),
        Figure("sales_365", last, "money", say("net sales of the last {days} days", days=YEAR_DAYS)),
        Figure("sales_month", say("This month"), "money", say("net sales from the first of the month to the day")),
        Figure("sales_day", say("This day"), "money", say("net sales of the day")),
        Figure(
            "sales_new", say("On new clients"), "money", say("sales this fiscal year to clients first invoiced in it")
        ),
        Figure(
            "sales_existing", say("On existing clients"), "money", say("sales this fiscal year to all other clients")
        ),
        Figure(
            "sales_unattributed", say("Without a client"), "money", say("sales this fiscal year that name no client")
        ),
        Figure(
            "recurring_sales",
            say("Recurring revenue"),
            "money",
            say("sales of the last {days} days to {clients}", days=YEAR_DAYS, clients=regular),
        ),
        Figure(
            "recurring_share",
            say("Recurring share"),
            "share",
            say("that as a share of {base}; {then}", base=base, then=then),
        ),
        Figure("recurring_clients", say("Recurring clients"), "count", regular),
        Figure(
            "invoice_count",
            say("Invoices"),
            "count",
            say("invoices that count, issued this fiscal year to named clients"),
        ),
        Figure(
            "average_invoice",
            say("Average invoice"),
            "money",
            say("sales this fiscal year to named clients per invoice"),
        ),
        Figure(
            "clients_invoiced",
            say("Clients invoiced"),
            "count",
            say("clients with an invoice that counts this fiscal year"),
        ),
        Figure(
            "receivables", say("Receivables"), "money", say("what is still owed on the day, tax included where known")
        ),
        Figure("overdue", say("Overdue"), "money", say("open amounts whose due date has passed")),
        Figure("overdue_share", say("Overdue share"), "share", say("overdue as a share of the receivables")),
        *aged,
        Figure("debtor_days", say("Debtor days"), "days", owed),
    )


def figures(facts: Facts, *, day: date, policy: AnyPolicy, limits: FigureLimits | None = None) -> Frame:
    """One row per figure: figure, label, unit (money, share, count, days), value, last_year (on the same day a year
    before), change, definition. Values are exact decimals of four places; null is not known, as receivables a year ago.
    """
    limits = limits or FigureLimits()
    windows = _windows(day, policy)
    sums = facts.room.rows(_sums(facts, day, windows))[0]
    now, last = _values(sums, "", "_last"), _values(sums, "_last", "_before")
    now |= _recurring(facts, day, limits)
    last |= _recurring(facts, add_days(day, -YEAR_DAYS), limits)
    now |= _owed(facts, day, policy, limits, now["sales_365"])
    rows = [(one, now.get(one.id), last.get(one.id)) for one in definitions(limits)]
    columns: dict[str, list[Any]] = {
        "rank": list(range(len(rows))),
        "figure": [one.id for one, _, _ in rows],
        "label": [one.label for one, _, _ in rows],
        "unit": [one.unit for one, _, _ in rows],
        "value": [value for _, value, _ in rows],
        "last_year": [before for _, _, before in rows],
        "change": [None if value is None or before is None else value - before for _, value, before in rows],
        "definition": [one.definition for one, _, _ in rows],
    }
    types: dict[str, Any] = dict.fromkeys(("value", "last_year", "change"), TOTAL) | {"rank": nw.Int64}
    return facts.room.table(columns, {name: types.get(name, nw.String) for name in columns})


def _windows(day: date, policy: AnyPolicy) -> dict[str, tuple[date, date]]:
    """Name -> (after, until]; `_last` is a year before, `_before` two."""
    before_year = add_days(fiscal_year(day, policy.fiscal_year_start), -1)
    month = add_days(period_start(day, "month"), -1)
    year = add_days(day, -YEAR_DAYS)
    named = {
        "sales_to_date": (before_year, day), "sales_month": (month, day), "sales_day": (add_days(day, -1), day),
        "whole_last_year": (year_before(before_year), before_year),
    }  # fmt: skip
    last = {f"{name}_last": (year_before(a), year_before(u)) for name, (a, u) in named.items()}
    to_date = last["sales_to_date_last"]
    return named | last | {
        "sales_to_date_before": (year_before(to_date[0]), year_before(to_date[1])),
        "sales_365": (year, day), "sales_365_last": (add_days(year, -YEAR_DAYS), year),
    }  # fmt: skip


def _within(window: tuple[date, date]) -> nw.Expr:
    return (nw.col("issued_on") > window[0]) & (nw.col("issued_on") <= window[1])


def _sums(facts: Facts, day: date, windows: Mapping[str, tuple[date, date]]) -> Frame:
    """One row: every sum and count that the figures are made of."""
    value = in_currency(reporting_currency(facts))
    rows = facts.invoices.filter(is_sales(day)).select(
        "client_id", **{name: nw.when(_within(window)).then(value) for name, window in windows.items()}
    )
    rows = rows.group_by("client_id").agg(*(nw.col(name).sum().cast(TOTAL) for name in windows))
    rows = rows.join(_bought(facts, day, windows), on="client_id", how="left")
    named = ~nw.col("client_id").is_null()
    parts: dict[str, nw.Expr] = {}
    for end in ("", "_last"):
        to_date = nw.col(f"sales_to_date{end}")
        after, until = windows[f"sales_to_date{end}"]
        new = (nw.col("first_on") > after) & (nw.col("first_on") <= until)
        parts |= {
            f"named{end}": nw.when(named).then(to_date),
            f"sales_new{end}": nw.when(named & new).then(to_date),
            f"clients_invoiced{end}": nw.when(nw.col(f"invoice_count{end}") > 0).then(nw.lit(1)),
        }
    names = [*windows, *parts, "invoice_count", "invoice_count_last"]
    return rows.with_columns(**parts).select(nw.col(name).sum().cast(TOTAL) for name in names)


def _bought(facts: Facts, day: date, windows: Mapping[str, tuple[date, date]]) -> Frame:
    """client_id, first_on; invoices of the fiscal year, now and a year ago."""
    counted = sales_and_plans(facts, day).filter(nw.col("counts") & (nw.col("issued_on") <= day))
    parts = {}
    for end in ("", "_last"):
        in_year = _within(windows[f"sales_to_date{end}"])
        parts[f"invoice_count{end}"] = nw.when(in_year).then(nw.lit(1)).otherwise(nw.lit(0))
    return (
        counted.with_columns(**parts).group_by("client_id")
        .agg(*(nw.col(name).sum() for name in parts), first_on=nw.col("issued_on").min())
    )  # fmt: skip


def _values(sums: Mapping[str, Any], end: str, before: str) -> dict[str, Decimal | None]:
    """The figures of sales from the sums; `before` names the sums of a year earlier."""
    found = {name.removesuffix(end): value or Decimal(0) for name, value in sums.items() if name.endswith(end)}
    to_date, earlier = found["sales_to_date"], sums[f"sales_to_date{before}"] or Decimal(0)
    told: dict[str, Decimal | None] = {name: found[name] for name in _SUMMED if name in found}
    return told | {
        "variation": to_date - earlier,
        "growth": ratio(to_date - earlier, earlier),
        "completion": ratio(to_date, found["whole_last_year"]),
        "sales_existing": found["named"] - found["sales_new"],
        "sales_unattributed": to_date - found["named"],
        "average_invoice": ratio(found["named"], found["invoice_count"]),
    }


_SUMMED = (
    "sales_to_date", "whole_last_year", "sales_365", "sales_month", "sales_day", "sales_new", "invoice_count",
    "clients_invoiced",
)  # fmt: skip


def _recurring(facts: Facts, day: date, limits: FigureLimits) -> Values:
    """The figures of recurring clients, as the books stand on the day."""
    found = recurring(facts, day=day, purchases=limits.recurring)
    return {
        "recurring_sales": found.amount, "recurring_share": ratio(found.amount, found.revenue),
        "recurring_clients": Decimal(found.client_count),
    }  # fmt: skip


def _owed(facts: Facts, day: date, policy: AnyPolicy, limits: FigureLimits, sales: Decimal | None) -> Values:
    """The figures of receivables; nothing where the invoices do not say what is still owed."""
    if not facts.gives("invoices.open_amount", "invoices.paid_on"):
        return {}
    rows = receivables(facts, day=day, policy=policy, limits=limits.ages)
    names = ("open_amount", "overdue_amount", *AGES)
    sums = facts.room.rows(rows.select(nw.col(name).sum().cast(TOTAL) for name in names))[0]
    found = {name: sums[name] or Decimal(0) for name in names}
    owed: dict[str, Decimal | None] = {"receivables": found["open_amount"], "undated": found["undated"]}
    owed["debtor_days"] = ratio(found["open_amount"] * YEAR_DAYS, sales or Decimal(0))
    if not facts.gives("invoices.due_on"):
        return owed
    share = ratio(found["overdue_amount"], found["open_amount"])
    return owed | {age: found[age] for age in AGES} | {"overdue": found["overdue_amount"], "overdue_share": share}


def ratio(part: Decimal, whole: Decimal) -> Decimal | None:
    """The part per whole at four decimal places; None where the whole is not above zero."""
    return from_fraction(Fraction(part) / Fraction(whole)) if whole > 0 else None
