"""How is everything taken along? The tables in our schema, or a backup that restores itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.http import StreamingHttpResponse

from cartera.app.export.tables import FORMATS
from cartera.app.scope import NotAllowedError
from cartera.app.workspace.packed import backed_up, holds_others, packed
from cartera.errors import CarteraError
from cartera.web.door import POST, Route
from cartera.web.pages.settings.parts import page

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from cartera.web.door import Visit

HERE = "settings/backup"
BLOCK = 256 * 1024


def show(visit: Visit, **told: Any) -> HttpResponse:
    """What can be taken along, by whoever may."""
    given = {
        "formats": FORMATS, "may_back_up": visit.scope.allows("backup"), "holds_others": holds_others(visit.desk.book),
        **told,
    }  # fmt: skip
    return page(visit, HERE, "backup.html", given, status=told.get("status", 200))


def tables(visit: Visit) -> HttpResponseBase:
    """The fact tables of the clients that this person sees, in an archive."""
    kind = visit.request.POST.get("format", "csv")
    name = f"{visit.word}-{visit.today}.zip"
    return _sent(visit, name, lambda folder: packed(visit.scope, visit.desk.text, folder, kind=kind, by=visit.by))


def backup(visit: Visit) -> HttpResponseBase:
    """A backup of the whole workspace."""
    phrase = visit.request.POST.get("passphrase", "")
    return _sent(
        visit, f"{visit.word}-{visit.today}.cartera",
        lambda folder: backed_up(visit.scope, visit.desk.book, folder, by=visit.by, passphrase=phrase),
    )  # fmt: skip


def _sent(visit: Visit, name: str, make: Callable[[Path], Path]) -> HttpResponseBase:
    """The file that is made in a folder of its own, which goes when the file has been sent."""
    folder = TemporaryDirectory(prefix="cartera-taken-")
    try:
        path = make(Path(folder.name))
    except NotAllowedError:
        folder.cleanup()
        raise
    except CarteraError as problem:
        folder.cleanup()
        return show(visit, problem=problem, status=422)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(path.stat().st_size)}
    return StreamingHttpResponse(_read(folder, path), content_type="application/octet-stream", headers=headers)


def _read(folder: TemporaryDirectory[str], path: Path) -> Iterator[bytes]:
    with folder, path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


ROUTES = (
    Route("settings/backup", show, "backup", may="export"),
    Route("settings/backup/tables", tables, "backup-tables", may="export", methods=POST),
    Route("settings/backup/whole", backup, "backup-whole", may="backup", methods=POST),
)
