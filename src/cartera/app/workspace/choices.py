"""By which values can clients be kept? Those of every column that has few of them, as this person sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.app.workspace.desk import Desk

MOST = 60  # values that a person can choose from
NAMES = ("name", "client_id", "email", "phone", "website", "street", "postcode")


def choices(scope: Scope, desk: Desk) -> dict[str, list[str]]:
    """Column -> its values in order, for every column of clients or invoices with two values and not too many."""
    scope.require("show")
    found: dict[str, list[str]] = desk.remembered(("choices", scope.clients), lambda: _choices(scope, desk))
    return found


def _choices(scope: Scope, desk: Desk) -> dict[str, list[str]]:
    from cartera.portfolio.dimensions import dimension_names

    facts = desk.source(scope).facts
    told: dict[str, list[str]] = {}
    for name in dimension_names(facts):
        tables = [one for one in (facts.clients, facts.invoices) if name in one.collect_schema().names()]
        if name in NAMES:
            continue
        rows = [row[name] for t in tables for row in facts.room.rows(t.select(nw.col(name).cast(nw.String)).unique())]
        values = sorted({value for value in rows if value})
        if 1 < len(values) <= MOST:
            told[name] = values
    return told
