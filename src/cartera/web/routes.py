"""Which pages are there? All that we ship, in the order of the menu; an address that is not here does not exist."""

from __future__ import annotations

from cartera.web import beginning, pictures
from cartera.web.door import Route
from cartera.web.pages import (
    client,
    clients,
    cohorts,
    coming,
    data,
    do,
    export,
    find,
    jobs,
    moves,
    plan,
    portfolio,
    rules,
    settings,
    sources,
    team,
    today,
    value,
)

ROUTES: tuple[Route, ...] = (
    *beginning.ROUTES,
    *today.ROUTES,
    *portfolio.ROUTES,
    *moves.ROUTES,
    *coming.ROUTES,
    *clients.ROUTES,
    *client.ROUTES,
    *value.ROUTES,
    *cohorts.ROUTES,
    *team.ROUTES,
    *pictures.ROUTES,
    *plan.ROUTES,
    *rules.ROUTES,
    *export.ROUTES,
    *jobs.ROUTES,
    *find.ROUTES,
    *do.ROUTES,
    *data.ROUTES,
    *sources.ROUTES,
    *settings.ROUTES,
)
