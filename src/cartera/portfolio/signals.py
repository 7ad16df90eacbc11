"""Which questions need an answer first? Seven looks at the portfolio, each red, yellow, green, or nobody can tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw

from cartera import tongue
from cartera.calendar import add_days
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS, net_sales
from cartera.portfolio.coming import coming
from cartera.portfolio.compared import begins_late
from cartera.portfolio.concentration import concentration
from cartera.portfolio.planned import BROKEN, OVERTAKEN, planned
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.segments import inside_ids
from cartera.portfolio.shape import shape
from cartera.tongue import say, say_many

ACT, WATCH, FINE, UNKNOWN = "act", "watch", "fine", "can't tell"
STATES = (ACT, WATCH, FINE, UNKNOWN)
SIGNALS = ("shape", "active", "leaving", "plans", "concentration", "sales", "fresh")
OF_SHAPE = {"declining": ACT, "inaccurate": WATCH, "mixed": WATCH, "mature": FINE, "growing": FINE}


@dataclass(frozen=True)
class SignalLimits:
    """Where yellow and red begin. Shares are of the portfolio's clients or of its sales; days are of the facts' age."""

    active_fine: float = 0.5
    active_watch: float = 0.35
    leaving_days: int = 30
    leaving_act: float = 0.05
    greatest_watch: float = 0.10
    greatest_act: float = 0.25
    fall_act: float = 0.10
    fresh_days: int = 7
    stale_days: int = 45


@dataclass(frozen=True)
class Signal:
    """One look. value: a share, or null; sentence: what was found."""

    state: str
    sentence: str
    value: float | None = None
    count: int | None = None


def signals(facts: Facts, *, day: date, policy: AnyPolicy, limits: SignalLimits | None = None) -> Frame:
    """One row per signal: signal, rank, state (act, watch, fine, can't tell), sentence, value (a share), client_count.

    In this order: the portfolio's shape, its share of active clients, who leaves within 30 days, broken plans, how much
    depends on the greatest client, sales of 365 days against those before, and the age of the newest invoice.
    """
    told = limits or SignalLimits()
    form = facts.room.rows(shape(facts, day=day, policy=policy))[0]
    found = (
        Signal(OF_SHAPE.get(form["shape"], UNKNOWN), form["sentence"], None, form["client_count"]),
        _active(form, told), _leaving(facts, day, policy, told), _plans(facts, day),
        _greatest(facts, day, policy, told), _sales(facts, day, told), _fresh(facts, day, told),
    )  # fmt: skip
    columns: dict[str, list[Any]] = {
        "signal": list(SIGNALS), "rank": list(range(len(SIGNALS))), "state": [one.state for one in found],
        "sentence": [one.sentence for one in found], "value": [one.value for one in found],
        "client_count": [one.count for one in found],
    }  # fmt: skip
    kinds = {"signal": nw.String, "rank": nw.Int64, "state": nw.String, "sentence": nw.String}
    return facts.room.table(columns, kinds | {"value": nw.Float64, "client_count": nw.Int64})


def _active(form: dict[str, Any], limits: SignalLimits) -> Signal:
    size, part = form["client_count"], form["active_share"]
    if form["shape"] == UNKNOWN or part is None:
        return Signal(UNKNOWN, say("Too few clients to tell."), part, size)
    state = FINE if part >= limits.active_fine else WATCH if part >= limits.active_watch else ACT
    told = say_many(
        "{share} of {count} client is active.", "{share} of {count} clients are active.",
        count=size, share=tongue.share(part, 0),
    )  # fmt: skip
    return Signal(state, told, part, size)


def _leaving(facts: Facts, day: date, policy: AnyPolicy, limits: SignalLimits) -> Signal:
    until = add_days(day, limits.leaving_days)
    soon = coming(facts, day=day, policy=policy).filter(
        (nw.col("next_on") <= until) & ~nw.col("next_segment").is_in(inside_ids(policy))
    )
    rows = facts.room.rows(soon.select("client_id", "at_stake"))
    if not rows:
        return Signal(FINE, say("Nobody leaves within {days} days.", days=limits.leaving_days), 0.0, 0)
    worth, sold = sum((row["at_stake"] for row in rows), Decimal(0)), _sold(facts, day)
    part = float(worth / sold) if sold > 0 else None
    told = say_many(
        "{count} client leaves within {days} days, worth {worth} in its last year.",
        "{count} clients leave within {days} days, worth {worth} in their last year.",
        count=len(rows), days=limits.leaving_days, worth=tongue.money(worth),
    )  # fmt: skip
    return Signal(ACT if part is None or part >= limits.leaving_act else WATCH, told, part, len(rows))


def _plans(facts: Facts, day: date) -> Signal:
    rows = facts.room.rows(planned(facts, day=day).select("state"))
    broken, overtaken = (sum(row["state"] == one for row in rows) for one in (BROKEN, OVERTAKEN))
    if not rows:
        return Signal(UNKNOWN, say("Nothing is planned."))
    if broken:
        told = say_many("{count} plan is broken: nothing was invoiced since.",
                        "{count} plans are broken: nothing was invoiced since.", count=broken)  # fmt: skip
        return Signal(ACT, told, broken / len(rows), broken)
    if overtaken:
        told = say_many("{count} plan was overtaken by an invoice: match or drop it.",
                        "{count} plans were overtaken by an invoice: match or drop them.", count=overtaken)  # fmt: skip
        return Signal(WATCH, told, overtaken / len(rows), overtaken)
    told = say_many("{count} plan to come, none is late.", "{count} plans to come, none is late.", count=len(rows))
    return Signal(FINE, told, 0.0, 0)


def _greatest(facts: Facts, day: date, policy: AnyPolicy, limits: SignalLimits) -> Signal:
    first = next(
        row for row in facts.room.rows(concentration(facts, day=day, policy=policy)) if row["figure"] == "top_1"
    )
    part = first["value"]
    if part is None:
        return Signal(UNKNOWN, say("Nobody was invoiced in the last 365 days."))
    state = ACT if part >= limits.greatest_act else WATCH if part >= limits.greatest_watch else FINE
    told = say("{name} makes {share} of the sales.", name=first["names"] or "", share=tongue.share(part))
    return Signal(state, told, part, 1)


def _sales(facts: Facts, day: date, limits: SignalLimits) -> Signal:
    now, before = _sold(facts, day), _sold(facts, add_days(day, -YEAR_DAYS))
    if before <= 0:
        return Signal(UNKNOWN, say("There are no sales of a year before."))
    if late := begins_late(facts, add_days(day, -2 * YEAR_DAYS)):
        return Signal(UNKNOWN, late)
    change = float(now / before - 1)
    state = FINE if change >= 0 else WATCH if change >= -limits.fall_act else ACT
    told = say(
        "Sales of the last 365 days are {amount}, {change} on the 365 days before.",
        amount=tongue.money(now), change=tongue.share(change, sign=True),
    )  # fmt: skip
    return Signal(state, told, change)


def _sold(facts: Facts, day: date) -> Decimal:
    """The net sales of the 365 days that end on the day."""
    rows = net_sales(facts, after=add_days(day, -YEAR_DAYS), day=day).select(nw.col("amount").sum())
    return Decimal(facts.room.rows(rows)[0]["amount"] or 0)


def _fresh(facts: Facts, day: date, limits: SignalLimits) -> Signal:
    issued = facts.invoices.filter((nw.col("state") == "issued") & (nw.col("issued_on") <= day))
    newest = facts.room.rows(issued.select(nw.col("issued_on").max()))[0]["issued_on"]
    if newest is None:
        return Signal(UNKNOWN, say("There is no invoice yet."))
    days = (day - newest).days
    state = FINE if days <= limits.fresh_days else WATCH if days <= limits.stale_days else ACT
    told = say_many(
        "The newest invoice is {count} day old, of {day}.", "The newest invoice is {count} days old, of {day}.",
        count=days, day=newest,
    )  # fmt: skip
    return Signal(state, told)
