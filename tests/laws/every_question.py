"""Which questions can be asked of a portfolio? All of them, each on one day, compared with another where it has one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.abc import abc
from cartera.portfolio.activity import activity, standing
from cartera.portfolio.backtest import backtest
from cartera.portfolio.balance import balance
from cartera.portfolio.clients import clients
from cartera.portfolio.cohorts import cohorts
from cartera.portfolio.coming import coming
from cartera.portfolio.composition import composition, composition_over_time
from cartera.portfolio.concentration import concentration
from cartera.portfolio.custom import custom, custom_clients
from cartera.portfolio.lifespan import lifespan
from cartera.portfolio.moves import movers, moves
from cartera.portfolio.policy import AnyPolicy, Policy
from cartera.portfolio.retention import retention
from cartera.portfolio.shape import shape
from cartera.portfolio.survival import survival
from cartera.portfolio.timeline import timeline
from cartera.portfolio.volume import volume
from cartera.portfolio.whatif import whatif, whatif_composition
from cartera.portfolio.worth import worth

SINCE, DAY = date(2023, 5, 31), date(2024, 2, 29)
Asked = Callable[[Facts, AnyPolicy], Frame]
QUESTIONS: dict[str, Asked] = {
    "activity": lambda facts, policy: activity(facts, day=DAY, policy=policy),
    "standing": lambda facts, policy: standing(facts, day=DAY, policy=policy),
    "timeline": lambda facts, policy: timeline(facts, policy=policy),
    "composition": lambda facts, policy: composition(facts, day=DAY, policy=policy),
    "composition by rep": lambda facts, policy: composition(facts, day=DAY, policy=policy, by=["rep"]),
    "composition over time": lambda facts, policy: composition_over_time(
        facts, since=SINCE, day=DAY, every="quarter", policy=policy
    ),
    "moves": lambda facts, policy: moves(facts, since=SINCE, day=DAY, policy=policy),
    "movers": lambda facts, policy: movers(facts, since=SINCE, day=DAY, policy=policy),
    "balance": lambda facts, policy: balance(facts, since=SINCE, day=DAY, policy=policy, every="quarter"),
    "balance by rep": lambda facts, policy: balance(facts, since=SINCE, day=DAY, policy=policy, by="rep"),
    "coming": lambda facts, policy: coming(facts, day=DAY, policy=policy),
    "clients": lambda facts, policy: clients(facts, day=DAY, policy=policy),
    "shape": lambda facts, policy: shape(facts, day=DAY, policy=policy),
    "whatif": lambda facts, policy: whatif(facts, day=DAY, policy=policy, against=Policy.kopilot(active_months=1)),
    "whatif composition": lambda facts, policy: whatif_composition(
        facts, day=DAY, policy=policy, against=Policy.salescope(inactive_months=3, alert_months=1)
    ),
    "backtest": lambda facts, policy: backtest(facts, day=DAY, policy=policy),
    "worth": lambda facts, policy: worth(facts, day=DAY, policy=policy),
    "volume": lambda facts, policy: volume(facts, day=DAY, policy=policy),
    "abc": lambda facts, policy: abc(facts, day=DAY, policy=policy, window="all"),
    "abc by invoices": lambda facts, policy: abc(facts, day=DAY, policy=policy, measure="invoices"),
    "concentration": lambda facts, policy: concentration(facts, day=DAY, policy=policy),
    "custom": lambda facts, policy: custom(facts, day=DAY, policy=policy),
    "custom clients": lambda facts, policy: custom_clients(facts, day=DAY, policy=policy),
    "lifespan": lambda facts, policy: lifespan(facts, day=DAY, policy=policy),
    "survival": lambda facts, policy: survival(facts, day=DAY, policy=policy),
    "retention": lambda facts, policy: retention(facts, since=SINCE, day=DAY, policy=policy, every="quarter"),
    "retention by rep": lambda facts, policy: retention(facts, since=SINCE, day=DAY, policy=policy, by=["rep"]),
    "cohorts": lambda facts, _: cohorts(facts, day=DAY, every="quarter"),
}
