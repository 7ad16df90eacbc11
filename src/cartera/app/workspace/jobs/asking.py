"""Which work was asked for, by whom, and how far is it? Nobody sees the jobs of others."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.errors import CarteraError
from cartera.tongue import in_force, say

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cartera.ledger.book import Book
    from cartera.ledger.models import Job, User

WAITING, WORKING, DONE, FAILED = "waiting", "working", "done", "failed"
OPEN = (WAITING, WORKING)
KEPT = timedelta(days=1)
woken = Event()  # set where something waits, for whoever does it in this process
MOST = 20  # jobs of one person that are not gone yet: each may have left a large file


def rows(book: Book) -> QuerySet[Job]:
    """The jobs of the workspace."""
    from cartera.ledger.models import Job

    return Job.objects.using(book.alias).filter(workspace_id=book.workspace_id)


def ask_for(book: Book, kind: str, arguments: dict[str, Any], *, user: User, by: str) -> Job:
    """The job, which waits to be done; the one that waits or is done already where the same was asked.

    CarteraError: this person has asked for too many.
    """
    own = rows(book).filter(user_id=user.pk)
    same: list[Job] = [one for one in own.filter(kind=kind, state__in=OPEN) if one.arguments == arguments]
    if same:
        return same[0]
    if own.count() >= MOST:
        fix = say("Wait for them; each is gone a day after its end.")
        raise CarteraError(say("{count} files or other jobs of yours are there already.", count=MOST), fix=fix)
    made: Job = own.create(
        workspace_id=book.workspace_id, kind=kind, arguments=arguments, user_id=user.pk, by=by,
        language=in_force().language, asked_at=now(),
    )  # fmt: skip
    woken.set()
    return made


def job_of(book: Book, number: int, *, user: User) -> Job | None:
    """The job of this person, None where there is none (any more)."""
    found: Job | None = rows(book).filter(pk=number, user_id=user.pk).first()
    return None if found is None or is_over(found) else found


def is_over(job: Job) -> bool:
    """Whether its day has passed."""
    return job.ended_at is not None and job.ended_at + KEPT <= now()
