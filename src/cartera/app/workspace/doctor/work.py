"""Is the work with a workspace up to date? Its sources, its last backup, imports that stopped, and the clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cartera.app.workspace.backup.make import BACKUP
from cartera.app.workspace.doctor.finding import Finding, Patient, ok, red, warn

if TYPE_CHECKING:
    from cartera.ledger.book import Book

OLD_SOURCE = timedelta(days=45)  # as answers do: without newer invoices, they are given for the newest one's day
OLD_BACKUP = timedelta(days=7)
JITTER = timedelta(minutes=2)


def sources(patient: Patient, book: Book) -> Finding:
    """Every source has told something lately."""
    from django.db.models import Max

    from cartera.ledger.models import Batch

    batches = Batch.objects.using(book.alias).filter(change__workspace_id=book.workspace_id, change__is_made=True)
    lasts = list(batches.values_list("source").annotate(last=Max("change__made_at")).values_list("last", flat=True))
    if not lasts:
        return ok("sources", "nothing was imported yet")
    named = "source" if len(lasts) == 1 else "sources"
    told = f"{len(lasts)} {named}; the oldest told something {ago(min(lasts), patient)}"
    if patient.now - min(lasts) > OLD_SOURCE:
        return warn("sources", told, f"Import what is new: {patient.command('imports')} lists what came when.")
    return ok("sources", told)


def backup(patient: Patient, book: Book) -> Finding:
    """There is a backup, and it is not old."""
    from cartera.ledger.models import AuditEntry

    lines = AuditEntry.objects.using(book.alias).filter(workspace_id=book.workspace_id, verb=BACKUP)
    last = lines.order_by("-number").values_list("at", flat=True).first()
    make = f"Make one: {patient.command('backup')}"
    if last is None:
        return warn("backup", "none yet", make)
    told = f"the last was made {ago(last, patient)}"
    return warn("backup", told, make) if patient.now - last > OLD_BACKUP else ok("backup", told)


def imports(_: Patient, book: Book) -> Finding:
    """No import stopped half way."""
    from cartera.ledger.models import Change

    left = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id, is_made=False).count()
    if left:
        return warn(
            "imports", f"{left} running or stopped half way", "Nothing of them is seen; the next import clears them."
        )
    return ok("imports", "none stopped half way")


def clock(patient: Patient, book: Book) -> Finding:
    """This computer's clock is not behind what was written before."""
    from cartera.ledger.models import Change

    changes = Change.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    last = changes.order_by("-made_at").values_list("made_at", flat=True).first()
    if last is not None and last - patient.now > JITTER:
        return red(
            "clock", "the newest change lies in the future", "Set this computer's clock, or that of the other one."
        )
    return ok("clock", "not behind the newest change")


def ago(moment: datetime, patient: Patient) -> str:
    """How long ago, in days."""
    days = (patient.now - moment).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
