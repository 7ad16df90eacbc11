"""What was uploaded and is not imported yet? A private file beside the ledger, unknown to the facts, kept for a day."""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.workspace.importing.answers import Answers
from cartera.app.workspace.place import private_folder
from cartera.errors import CarteraError, InputError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.app.workspace.place import Place
    from cartera.ledger.book import Book

FOLDER, UPLOADED, ABOUT = "pending", "upload", "about.json"
KEPT = timedelta(days=1)
LARGEST = 200 << 20  # bytes, as the reader's own bound of archives
TOKEN = re.compile(r"[A-Za-z0-9_-]{16}")
LONGEST_NAME = 60
MOST_WAITING = 20  # uploads of one person


@dataclass(frozen=True)
class Pending:
    """An upload. user: whose it is, nobody else sees it. totals: what accounting says, by month and currency.

    accepted: whether the import was ordered, which happens once.
    """

    folder: Path
    name: str
    size: int
    user: int
    by: str
    at: datetime
    answers: Answers = field(default_factory=Answers)
    totals: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None

    @property
    def token(self) -> str:
        """What names it in an address."""
        return self.folder.name

    @property
    def file(self) -> Path:
        """The bytes as they came."""
        return self.folder / UPLOADED / self.name

    @property
    def is_accepted(self) -> bool:
        """Whether its import was ordered."""
        return (self.folder / "accepted").exists()


def root(book: Book, where: Place) -> Path:
    """The folder of all uploads of a workspace."""
    return where.folder / FOLDER / str(book.workspace_id)


def receive(
    scope: Scope, book: Book, where: Place, name: str, content: Iterable[bytes], *, user: int, by: str
) -> Pending:
    """A file that arrives piece by piece, kept. InputError: it is empty or larger than `LARGEST`."""
    scope.require("import")
    if len(all_pending(scope, book, where, user=user)) >= MOST_WAITING:
        fix = say("Import some of them, or throw them away; after a day they are gone.")
        raise InputError(say("{count} uploads of yours wait already.", count=MOST_WAITING), fix=fix)
    made = Pending(root(book, where) / secrets.token_urlsafe(12), safe(name), 0, user, by, now())
    private_folder(made.folder.parent.parent)
    for folder in (made.folder.parent, made.folder, made.folder / UPLOADED):
        private_folder(folder)
    try:
        made = replace(made, size=_written(made.file, content))
        keep(made)
    except BaseException:
        shutil.rmtree(made.folder, ignore_errors=True)
        raise
    return made


def _written(path: Path, content: Iterable[bytes]) -> int:
    size = 0
    path.touch(0o600)
    with path.open("wb") as file:
        for piece in content:
            size += len(piece)
            if size > LARGEST:
                raise too_large(path.name)
            file.write(piece)
    if not size:
        raise InputError(say("the file is empty."), where=path.name, fix=say("Export it again and check its size."))
    return size


def too_large(name: str) -> InputError:
    """What is said of a file that is more than a browser may send."""
    fix = "Send it packed (.gz or .zip), split it, or import it on the server: cartera import FILE."
    return InputError(say("the file is larger than {size} MB.", size=LARGEST >> 20), where=name, fix=fix)


def safe(name: str) -> str:
    """The last part of a name with letters, digits, dots and dashes alone: a name from outside leads nowhere."""
    last = re.sub(r"[^\w.-]+", "_", name.replace("\\", "/").rpartition("/")[2]).lstrip("._")
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:10]}" if stem else last[:LONGEST_NAME] or "file"


def pending(scope: Scope, book: Book, where: Place, token: str, *, user: int) -> Pending | None:
    """The upload of this person, None when there is none (any more)."""
    scope.require("import")
    folder = root(book, where) / token
    if not TOKEN.fullmatch(token) or not (folder / ABOUT).is_file():
        return None
    found = _read(folder)
    return found if found.user == user and found.at + KEPT > now() else None


def all_pending(scope: Scope, book: Book, where: Place, *, user: int) -> list[Pending]:
    """The uploads of this person that wait, the newest first."""
    scope.require("import")
    sweep(book, where)
    tokens = [one.name for one in root(book, where).glob("*")]
    found = [pending(scope, book, where, token, user=user) for token in tokens]
    return sorted((one for one in found if one is not None and not one.is_accepted), key=lambda one: one.at)[::-1]


def _read(folder: Path) -> Pending:
    told = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    answers = Answers(**told.pop("answers"))
    return Pending(folder, **told | {"at": datetime.fromisoformat(told["at"]), "answers": answers})


def totals_of(found: Pending) -> dict[tuple[str, str], Decimal]:
    """(month, currency) -> what accounting says of it; the total of the whole file is of no month."""
    parts = ((key.partition(" "), total) for key, total in found.totals.items() if key[:1].isdigit())
    return {(month, code): Decimal(total) for (month, _, code), total in parts}


def keep(made: Pending) -> None:
    """Write down what is known of the upload."""
    told = {name: value for name, value in asdict(made).items() if name != "folder"}
    write(made.folder / ABOUT, told | {"at": made.at.isoformat()})


def write(path: Path, told: Mapping[str, Any]) -> None:
    """A small file that is there whole or not at all."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    part.touch(0o600)
    part.write_text(json.dumps(told, ensure_ascii=False, default=str), encoding="utf-8")
    part.replace(path)


def accept(scope: Scope, found: Pending) -> bool:
    """Whether the import of this upload was not ordered before; from now on it is."""
    scope.require("import")
    try:
        (found.folder / "accepted").touch(0o600, exist_ok=False)
    except FileExistsError:
        return False
    except OSError as problem:
        raise CarteraError(
            say("the upload cannot be kept: {problem}.", problem=str(problem.strerror)), fix=say("Upload it again.")
        ) from None
    return True


def reopen(found: Pending) -> None:
    """The import came to nothing: it may be ordered again."""
    (found.folder / "accepted").unlink(missing_ok=True)


def empty(found: Pending) -> None:
    """Throw the bytes and what was read of them away; what became of it stays told until the day is over."""
    shutil.rmtree(found.folder / UPLOADED, ignore_errors=True)
    (found.folder / "shown.json").unlink(missing_ok=True)


def drop(scope: Scope, found: Pending) -> None:
    """Throw an upload away."""
    scope.require("import")
    shutil.rmtree(found.folder, ignore_errors=True)


def sweep(book: Book, where: Place) -> None:
    """Throw away what has waited for more than a day."""
    for folder in root(book, where).glob("*"):
        try:
            is_old = _read(folder).at + KEPT <= now()
        except (OSError, ValueError, TypeError, KeyError):  # half written, or of another version
            is_old = datetime.fromtimestamp(folder.stat().st_mtime, now().tzinfo) + KEPT <= now()
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
