"""What is kept of an import beside its facts? The file, the account of its rows, what was refused, how it was read."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.importing.memory import CLIENTS, HOMES, known_homes, remember
from cartera.app.workspace.importing.stored import column
from cartera.tongue import ENGLISH, speaking

if TYPE_CHECKING:
    from cartera.app.workspace.importing.plan import Plan
    from cartera.app.workspace.importing.prepare import Prepared
    from cartera.app.workspace.importing.reading import Read
    from cartera.ledger.book import Book
    from cartera.ledger.entry import Entry
    from cartera.ledger.models import Batch, Change, SourceFile

AT_ONCE = 5_000  # refused rows in one transaction


def record_ahead(change: Change, prepared: Prepared, made: Plan, file: SourceFile) -> Batch:
    """The batch of a change that is being prepared, with its file and its refused rows: nobody sees them before it is
    made.
    """
    from cartera.ledger.models import Batch

    read, preview = prepared.read, prepared.preview
    days = column(read.reading.tables["invoices"], "issued_on")
    batch: Batch = Batch.objects.using(prepared.book.alias).create(
        change=change, file=file, source=made.source, **counts(read, made),
        clients_new=len(made.clients.new), first_on=min(days, default=None), last_on=max(days, default=None),
        fingerprint=preview.fingerprint, told=_told(read, prepared, made),
    )  # fmt: skip
    _rejects(prepared.book, batch, read)
    return batch


def record(entry: Entry, batch: Batch, prepared: Prepared, made: Plan) -> None:
    """What its answers say from now on, and which refused rows it mends; inside the change's transaction."""
    read = prepared.read
    _mend(entry, batch, read)
    trace = read.reading.trace
    if trace is not None and read.joins is None:
        remember(entry.book, trace.fingerprint, {**read.used}, entry.change.made_at)
        homes = {**known_homes(entry.book, trace.fingerprint), **trace.homes}
        remember(entry.book, HOMES + trace.fingerprint, homes, entry.change.made_at)
    if made.aliases:
        remember(entry.book, CLIENTS + made.source, made.aliases, entry.change.made_at)
    entry.change.told = {"file": prepared.file.name, "source": made.source, "rows": _equation(read)}
    entry.after = {"file": prepared.file.name, "sha256": prepared.file.sha256, **counts(read, made)}


def _equation(read: Read) -> str:
    """The row equation as it is kept: in English, whoever imports."""
    with speaking(ENGLISH):
        return read.reading.counts.equation


def counts(read: Read, made: Plan) -> dict[str, int]:
    """The account of rows and documents, by the columns of the batch."""
    account, documents = read.reading.counts, made.documents
    homes = ("new", "changed", "unchanged")
    return (
        {f"rows_{home}": made.rows(home) for home in homes}
        | {f"documents_{home}": documents.count(home) for home in homes}
        | {
            "rows_in": account.rows_in,
            "rows_left_out": account.left_out + made.rows("left_out"),
            "rows_rejected": account.rejected,
            "rows_structural": account.structural,
            "documents_removed": len(made.removed),
        }
    )


def keep_file(prepared: Prepared) -> SourceFile:
    """The file as it came, kept once; before the facts are published, so that its size holds nobody up."""
    from cartera.ledger.models import SourceFile

    # The bytes would name who was forgotten.
    data, is_packed = (b"", False) if prepared.read.names_erased else prepared.file.packed()
    kept: SourceFile
    kept, _ = SourceFile.objects.using(prepared.book.alias).get_or_create(
        workspace_id=prepared.book.workspace_id,
        sha256=prepared.file.sha256,
        defaults={
            "name": prepared.file.name,
            "size": len(prepared.file.data),
            "is_packed": is_packed,
            "data": data,
        },
    )
    return kept


def _told(read: Read, prepared: Prepared, made: Plan) -> dict[str, Any]:
    trace, preview = read.reading.trace, prepared.preview
    joins = {"joins": read.joins.number, "mended": _mended_keys(read, made)} if read.joins is not None else {}
    return joins | {
        "name": prepared.file.name,
        "is_tables": read.is_tables,
        "profile": preview.profile,
        "header": preview.header,
        "options": {**(trace.settled if trace is not None else {}), **read.used},
        "equation": _equation(read),
        "sums": [one.__dict__ for one in preview.sums],
        "controls": preview.controls,
        "replaced": len(made.removed),
    }


def _mended_keys(read: Read, made: Plan) -> dict[str, str]:
    """Hidden id of a mended row -> the key of the document that it begins."""
    trace, joins = read.reading.trace, read.joins
    if trace is None or joins is None:
        return {}
    keys = {one.place: one.key for one in made.documents.changes}
    first = trace.rows.index.take(trace.found.first).to_pylist()
    ids = {place: joins.rows[row] for place, row in enumerate(first) if place in keys and row < len(joins.rows)}
    return {str(one): keys[place] for place, one in ids.items() if one}


def _rejects(book: Book, batch: Batch, read: Read) -> None:
    """Some at a time, so that a file full of them holds nobody up."""
    from cartera.ledger.models import RejectedRow
    from cartera.ledger.stage import PAUSE

    problems = read.reading.problems
    for start in range(0, len(problems), AT_ONCE):
        RejectedRow.objects.using(book.alias).bulk_create(
            [
                RejectedRow(
                    batch=batch, place=one.line, code=one.code, column=one.column, hint=one.hint,
                    value=one.value.replace("\x00", "\ufffd"),  # PostgreSQL takes no NUL
                    cells=json.dumps(one.cells, ensure_ascii=False),
                )
                for one in problems[start : start + AT_ONCE]
            ],
            batch_size=500,
        )  # fmt: skip
        time.sleep(PAUSE)


def _mend(entry: Entry, batch: Batch, read: Read) -> None:
    """Notes by which import refused rows came in after all; a folder of tables that comes again stands for itself."""
    trace, joins = read.reading.trace, read.joins
    if read.is_tables:
        _supersede(entry, batch)
    if trace is None or joins is None:
        return
    from cartera.ledger.models import RejectedRow

    accepted = {joins.rows[row] for row in trace.rows.index.to_pylist() if row < len(joins.rows)}
    rows = RejectedRow.objects.using(entry.book.alias).filter(batch_id=joins.batch_id)
    for some in _some(sorted(accepted)):
        rows.filter(pk__in=some).update(mended_by=batch)


def _supersede(entry: Entry, batch: Batch) -> None:
    from cartera.ledger.models import Batch, RejectedRow

    batches = Batch.objects.using(entry.book.alias).filter(
        change__workspace_id=entry.book.workspace_id, source=batch.source
    )
    told = dict(batches.exclude(pk=batch.pk).values_list("pk", "told"))
    same = [one for one, own in told.items() if own.get("is_tables") and own["name"] == batch.told["name"]]
    RejectedRow.objects.using(entry.book.alias).filter(batch_id__in=same, mended_by=None).update(mended_by=batch)


def _some(ids: list[int]) -> list[list[int]]:
    return [ids[i : i + 500] for i in range(0, len(ids), 500)]
