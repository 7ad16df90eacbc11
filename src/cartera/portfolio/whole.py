"""Of whom is told, and among whom are they classed? One client has one class, whoever looks: that among all clients.

A question that sets clients beside each other takes the facts of those it tells of and, as `whole`, those of everybody.
"""

from __future__ import annotations

import narwhals as nw

from cartera.facts.tables import Facts, Frame
from cartera.portfolio.counting import attributed


def those_of(rows: Frame, facts: Facts, whole: Facts | None) -> Frame:
    """The rows of the clients of `facts`; all of them when these are everybody."""
    if whole is None:
        return rows
    ids = nw.concat([facts.clients.select("client_id"), attributed(facts).select("client_id")]).unique()
    return rows.join(facts.room.keep(ids), on="client_id", how="semi")
