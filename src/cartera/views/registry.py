"""Which questions does Cartera answer? Every view that we ship, in the order in which a person would ask."""

from __future__ import annotations

from cartera.views import (
    activity,
    backtest,
    balance,
    bridge,
    clients,
    coming,
    composition,
    frequency,
    funnel,
    moves,
    rfm,
    rfm_grid,
    rhythm,
    shape,
    status,
    timeline,
    wakeup,
    whatif,
    windows,
)
from cartera.views.view import View

VIEWS: tuple[View, ...] = (
    composition.VIEW,
    shape.VIEW,
    clients.VIEW,
    activity.VIEW,
    coming.VIEW,
    timeline.VIEW,
    moves.VIEW,
    moves.MOVERS,
    balance.VIEW,
    whatif.VIEW,
    backtest.VIEW,
    bridge.VIEW,
    wakeup.VIEW,
    rfm.VIEW,
    rfm_grid.VIEW,
    frequency.VIEW,
    funnel.VIEW,
    rhythm.VIEW,
    status.VIEW,
    windows.VIEW,
)
