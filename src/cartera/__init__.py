"""Cartera: a portfolio of clients computed from invoices, on a day, under a policy.

`portfolio = f(facts, day, policy)`; the names below are the interface, the rooms beneath may change.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from cartera.app.buying import frequency, funnel, rhythm, shape, status, windows
    from cartera.app.classes import cross
    from cartera.app.customs import custom
    from cartera.app.days_to_come import ahead, calls, coverage, planned, signals
    from cartera.app.library import (
        activity,
        backtest,
        balance,
        bridge,
        check,
        clients,
        cohorts,
        coming,
        composition,
        explain,
        figures,
        lifespan,
        movers,
        moves,
        read,
        receivables,
        retention,
        rfm,
        rfm_grid,
        survival,
        timeline,
        wakeup,
        whatif,
    )
    from cartera.app.profile import client
    from cartera.app.ranking import abc, concentration, volume, worth
    from cartera.app.standing import rules, segments, team, whatif_segments
    from cartera.app.workspace.columns.source import open  # noqa: A004 - cartera.open reads best
    from cartera.errors import Ambiguous, CarteraError
    from cartera.facts.tables import Facts
    from cartera.portfolio.policy import Policy

_HOMES = {
    "Ambiguous": "cartera.errors",
    "CarteraError": "cartera.errors",
    "Facts": "cartera.facts.tables",
    "Policy": "cartera.portfolio.policy",
    "abc": "cartera.app.ranking",
    "ahead": "cartera.app.days_to_come",
    "concentration": "cartera.app.ranking",
    "client": "cartera.app.profile",
    "calls": "cartera.app.days_to_come",
    "signals": "cartera.app.days_to_come",
    "coverage": "cartera.app.days_to_come",
    "cross": "cartera.app.classes",
    "custom": "cartera.app.customs",
    "frequency": "cartera.app.buying",
    "planned": "cartera.app.days_to_come",
    "open": "cartera.app.workspace.columns.source",
    "funnel": "cartera.app.buying",
    "rhythm": "cartera.app.buying",
    "rules": "cartera.app.standing",
    "segments": "cartera.app.standing",
    "team": "cartera.app.standing",
    "whatif_segments": "cartera.app.standing",
    "status": "cartera.app.buying",
    "windows": "cartera.app.buying",
    "shape": "cartera.app.buying",
    "volume": "cartera.app.ranking",
    "worth": "cartera.app.ranking",
}
__all__ = [
    "Ambiguous",
    "CarteraError",
    "Facts",
    "Policy",
    "abc",
    "activity",
    "ahead",
    "backtest",
    "balance",
    "bridge",
    "calls",
    "check",
    "client",
    "clients",
    "cohorts",
    "coming",
    "composition",
    "concentration",
    "coverage",
    "cross",
    "custom",
    "explain",
    "figures",
    "frequency",
    "funnel",
    "lifespan",
    "movers",
    "moves",
    "open",
    "planned",
    "read",
    "receivables",
    "retention",
    "rfm",
    "rfm_grid",
    "rhythm",
    "rules",
    "segments",
    "shape",
    "signals",
    "status",
    "survival",
    "team",
    "timeline",
    "volume",
    "wakeup",
    "whatif",
    "whatif_segments",
    "windows",
    "worth",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: `import cartera` alone costs nothing."""
    if name not in __all__:
        raise AttributeError(f"module 'cartera' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "cartera.app.library")), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
