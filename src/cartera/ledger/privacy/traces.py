"""Where else does a person leave traces? In the journal, the audit's values, kept files and refused rows."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from cartera.ledger.models import AuditValue, Batch, Change, Client, Invoice, Mapping, RejectedRow, SourceFile
from cartera.ledger.privacy.subject import Subject, versions

ENCODINGS = ("utf-8", "utf-16", "cp1252")


def importing(subject: Subject) -> set[int]:
    """The changes that brought facts about the person; to be asked before the facts are rewritten."""
    if not subject.ids:
        return set()
    return {
        change
        for model in (Client, Invoice)
        for change in versions(subject.book, model)
        .filter(client_id__in=subject.ids)
        .values_list("content_of_id", flat=True)
    }


def forget(subject: Subject, imports: set[int]) -> int:
    """How many kept files were emptied; the journal, the audit's values and the refused rows are cleaned as well."""
    _journal(subject)
    _audit(subject)
    _rejects(subject)
    return _files(subject, imports)


def _own(subject: Subject, model: Any) -> Any:
    return model.objects.using(subject.book.alias)


def _journal(subject: Subject) -> None:
    changes = _own(subject, Change).filter(workspace_id=subject.book.workspace_id)
    for change in changes.iterator(2_000):
        is_theirs = bool(subject.ids) and change.subject in subject.ids
        made = {
            "subject": subject.renamed(change.subject),
            "note": "" if is_theirs else subject.cleaned(change.note),
            "told": subject.cleaned_json(change.told),
        }
        _update(subject, Change, change, made)
    for batch in _own(subject, Batch).filter(change__workspace_id=subject.book.workspace_id).iterator(2_000):
        _update(subject, Batch, batch, {"told": subject.cleaned_json(batch.told)})
    for known in _own(subject, Mapping).filter(workspace_id=subject.book.workspace_id):
        made = {"answers": subject.cleaned_json(known.answers), "fingerprint": subject.cleaned(known.fingerprint)}
        _update(subject, Mapping, known, made)


def _update(subject: Subject, model: Any, row: Any, made: dict[str, Any]) -> None:
    changed = {name: value for name, value in made.items() if getattr(row, name) != value}
    if changed:
        _own(subject, model).filter(pk=row.pk).update(**changed)


def _audit(subject: Subject) -> None:
    """The chain holds digests alone: a value can go without breaking it."""
    values = _own(subject, AuditValue).filter(entry__workspace_id=subject.book.workspace_id)
    theirs = [
        value.pk
        for value in values.iterator(2_000)
        if (value.client_id and value.client_id in subject.ids) or subject.mentions(value.value)
    ]
    for start in range(0, len(theirs), 500):
        values.filter(pk__in=theirs[start : start + 500]).delete()


def _rejects(subject: Subject) -> None:
    rows = _own(subject, RejectedRow).filter(batch__change__workspace_id=subject.book.workspace_id)
    for row in rows.iterator(2_000):
        if subject.mentions(f"{row.value}\n{row.cells}\n{row.hint}"):
            rows.filter(pk=row.pk).update(value="", cells="[]", hint=subject.cleaned(row.hint))


def _files(subject: Subject, imports: set[int]) -> int:
    """A file that names the person is emptied whole: a row taken out would leave a file that nobody ever sent."""
    count = 0
    for file in _own(subject, SourceFile).filter(workspace_id=subject.book.workspace_id).iterator(10):
        brought = _own(subject, Batch).filter(file=file, change_id__in=imports).exists()
        if file.data and (brought or any(subject.mentions(text) for text in texts(file))):
            _own(subject, SourceFile).filter(pk=file.pk).update(data=b"", is_packed=False)
            count += 1
        _update(subject, SourceFile, file, {"name": subject.cleaned(file.name)})
    return count


def texts(file: SourceFile) -> Iterator[str]:
    """What the file says, in every encoding that it could have; the parts of a workbook one by one."""
    data = bytes(file.data)
    for part in _parts(gzip.decompress(data) if file.is_packed else data):
        for encoding in ENCODINGS:
            yield part.decode(encoding, "ignore")


def _parts(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from (archive.read(name) for name in archive.namelist())
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
            return
    elif data.startswith(b"\x1f\x8b"):
        try:
            yield gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            return
