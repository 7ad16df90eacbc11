"""Which accounting systems do the facts come from? Connected, read, and what is open about them."""

from __future__ import annotations

from cartera.web.door import GET, POST, Route
from cartera.web.pages.sources import acting, letting_in, page

BOTH = (*GET, *POST)
ROUTES = (
    Route("data/sources", page.page, "sources", may="imports"),
    Route("data/sources/<str:name>", page.one, "sources-one", may="imports"),
    Route("data/sources/<str:name>/sync", acting.synced, "sources-sync", may="sync", methods=POST),
    Route("data/sources/<str:name>/set", acting.changed, "sources-set", may="connect", methods=POST),
    Route("data/sources/<str:name>/disconnect", acting.disconnected, "sources-disconnect", may="connect", methods=POST),
    Route("data/connect", letting_in.systems, "connect", may="connect"),
    Route("data/connect/<str:system>", letting_in.begun, "connect-system", may="connect", methods=BOTH),
    Route("data/connected", letting_in.came_back, "connected", may="connect", methods=BOTH),
    Route("data/connected/choose", letting_in.chosen, "connected-choose", may="connect", methods=POST),
)

__all__ = ["ROUTES"]
