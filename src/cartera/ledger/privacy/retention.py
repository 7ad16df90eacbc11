"""What has been kept for long enough? By the tags of the columns: words and raw rows older than a number of days."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from cartera.ledger.book import Book
from cartera.ledger.entry import entry
from cartera.ledger.fields import RAW, WORDS
from cartera.ledger.laid import require_none
from cartera.ledger.models import (
    AuditValue,
    Change,
    Interaction,
    Mark,
    Note,
    Problem,
    RawRecord,
    RawVersion,
    RejectedRow,
    SourceFile,
    Step,
)
from cartera.ledger.privacy.facts import redigested
from cartera.ledger.undo import ERASE

Kept = Mapping[str, int | None]  # kind of a tag -> days for which it is kept, None for as long as the client
KINDS = {tag.kind: tag.kept_days for tag in (RAW, WORDS)}
AGELESS = ("SavedView", "PolicyVersion")  # tables of these kinds whose texts people take away themselves
IN_WORDS = ("note", "log", "step")  # verbs of audit lines that are words themselves


@dataclass(frozen=True)
class Shelf:
    """A table whose texts age. rows: those last used before a moment, of a workspace. when: the path to that moment.

    away: takes the texts of rows away. is_fact: whether that changes facts.
    """

    model: Any
    kind: str
    when: str
    rows: Callable[[Any, int], Any]
    away: Callable[[Any], object]
    is_fact: bool = False

    def old(self, book: Book, before: datetime) -> Any:
        """The rows that still say something and were last used before a moment."""
        rows = self.rows(self.model._default_manager.using(book.alias), book.workspace_id)
        return rows.filter(**{f"{self.when}__lt": before})


@dataclass(frozen=True)
class Due:
    """What is due in a table. before: last used before this moment. oldest: None when nothing is due."""

    table: str
    kind: str
    kept_days: int
    before: datetime
    rows: int
    oldest: datetime | None


def due(book: Book, kept: Kept, at: datetime) -> list[Due]:
    """Per table whose texts age, how many are older than they are to be kept."""
    return [_due(book, shelf, days, at) for shelf in SHELVES if (days := kept.get(shelf.kind)) is not None]


def forget_due(book: Book, kept: Kept, *, at: datetime, by: str) -> tuple[int | None, list[Due]]:
    """The number of the change that took away what is due, None when nothing is; and what it took.

    It cannot be undone. Amounts, days, marks, and who decided what stay.
    """
    if not any(one.rows for one in due(book, kept, at)):
        return None, due(book, kept, at)
    with entry(book, ERASE, at=at, by=by, told={"kept_days": dict(kept)}) as made:
        require_none(book)
        found = due(book, kept, at)
        for shelf in SHELVES:
            for one in found:
                if one.table == shelf.model.__name__ and one.rows:
                    shelf.away(shelf.old(book, one.before))
                    made.is_changed |= shelf.is_fact
        made.after = {"retention": {one.table: one.rows for one in found if one.rows}}
    return made.change.number, found


def _due(book: Book, shelf: Shelf, days: int, at: datetime) -> Due:
    before = at - timedelta(days=days)
    moments = list(shelf.old(book, before).values_list(shelf.when, flat=True))
    return Due(shelf.model.__name__, shelf.kind, days, before, len(moments), min(moments, default=None))


def _files(rows: Any, workspace: int) -> Any:
    """Files that still hold their bytes, each with the moment of the last import that it came with."""
    return rows.filter(workspace_id=workspace).exclude(data=b"").annotate(last=Max("batch__change__made_at"))


def _rejects(rows: Any, workspace: int) -> Any:
    return rows.filter(batch__change__workspace_id=workspace).exclude(value="", cells="[]")


def _told(rows: Any, workspace: int) -> Any:
    """Audit lines that hold what people wrote, and not only what they decided."""
    own = rows.filter(entry__workspace_id=workspace).select_related("entry")
    return rows.filter(pk__in=[one.pk for one in own.iterator(2_000) if _is_in_words(one)])


def _is_in_words(value: AuditValue) -> bool:
    told = json.loads(value.value) if value.value else {}
    return bool(told.get("note")) or value.entry.verb in IN_WORDS


def _own(rows: Any, workspace: int) -> Any:
    return rows.filter(workspace_id=workspace)


def _with_note(rows: Any, workspace: int) -> Any:
    return _own(rows, workspace).exclude(note="")


def _empty_marks(rows: Any) -> None:
    for row in rows:
        row.note = ""
        row.digest = redigested(row)
        row.save(using=rows.db, update_fields=["note", "digest"])


def _empty_files(rows: Any) -> None:
    SourceFile.objects.using(rows.db).filter(pk__in=[row.pk for row in rows]).update(data=b"", is_packed=False)


def _empty_rejects(rows: Any) -> None:
    # PostgreSQL and SQLite change no row through a join.
    RejectedRow.objects.using(rows.db).filter(pk__in=rows.values("pk")).update(value="", cells="[]")


def _records(rows: Any, workspace: int) -> Any:
    """Records that still say something, each with the moment at which it last said something new."""
    return rows.filter(source__workspace_id=workspace).exclude(payload="")


def _problems(rows: Any, workspace: int) -> Any:
    return rows.filter(source__workspace_id=workspace).exclude(what="", fix="")


def _empty(model: Any, **nothing: str) -> Callable[[Any], object]:
    """Takes the texts away; a record without any keeps the facts that it became."""
    return lambda rows: model._default_manager.using(rows.db).filter(pk__in=rows.values("pk")).update(**nothing)


SHELVES = (
    Shelf(SourceFile, RAW.kind, "last", _files, _empty_files),
    Shelf(RejectedRow, RAW.kind, "batch__change__made_at", _rejects, _empty_rejects),
    Shelf(RawRecord, RAW.kind, "sync__started_at", _records, _empty(RawRecord, payload="")),
    Shelf(RawVersion, RAW.kind, "seen_at", _records, _empty(RawVersion, payload="")),
    Shelf(Problem, RAW.kind, "resolved_at", _problems, _empty(Problem, what="", fix="")),
    Shelf(Note, WORDS.kind, "at", _own, lambda rows: rows.delete(), is_fact=True),
    Shelf(Interaction, WORDS.kind, "at", _own, lambda rows: rows.delete(), is_fact=True),
    Shelf(Step, WORDS.kind, "at", _own, lambda rows: rows.delete(), is_fact=True),
    Shelf(Mark, WORDS.kind, "recorded_at", _with_note, _empty_marks, is_fact=True),
    Shelf(Change, WORDS.kind, "made_at", _with_note, lambda rows: rows.update(note="")),
    Shelf(AuditValue, WORDS.kind, "entry__at", _told, lambda rows: rows.delete()),
)
