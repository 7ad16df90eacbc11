"""Are the connected systems read? Whether they still let us in, how long ago that was, and what could not be read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cartera.app.workspace.doctor.finding import Finding, Patient, ok, red, warn
from cartera.app.workspace.doctor.work import ago

if TYPE_CHECKING:
    from cartera.ledger.book import Book

OLD_SYNC = timedelta(days=7)


def systems(patient: Patient, book: Book) -> Finding:
    """Every connected system lets us in, was read lately and whole, and agrees with the facts."""
    from django.db.models import Max

    from cartera.app.workspace.incomplete import incomplete
    from cartera.app.workspace.source_states import DISCONNECTED, RECONNECT
    from cartera.ledger.models import Source

    rows = Source.objects.using(book.alias).filter(workspace_id=book.workspace_id).exclude(state=DISCONNECTED)
    rows = rows.annotate(last=Max("sync__ended_at")).order_by("name")
    if not rows:
        return ok("systems", "none is connected")
    shut = [str(one.name) for one in rows if one.state == RECONNECT]
    if shut:
        return red("systems", f"{', '.join(shut)} must be connected again", patient.command("connect " + shut[0]))
    lasts = [one.last or one.created_at for one in rows]
    told = f"{len(lasts)} connected; the oldest was read {ago(min(lasts), patient)}"
    if patient.now - min(lasts) > OLD_SYNC:
        return warn("systems", told, f"Read what is new: {patient.command('sync')}")
    if left := incomplete(book):
        return warn("systems", f"{told}; {left[0].rstrip('.')}", f"Read it again: {patient.command('sync --full')}")
    return ok("systems", told)
