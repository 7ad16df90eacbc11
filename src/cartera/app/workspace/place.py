"""Where does a workspace lie? In a folder with its database and its key, or in PostgreSQL; made and opened here."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from hmac import digest as hmac_digest
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from cartera.app.clock import now
from cartera.app.workspace.author import author
from cartera.app.workspace.owed import OWED, tell_owed
from cartera.errors import CarteraError, InputError
from cartera.ledger.key import OWN, fingerprint
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.ledger.book import Book

LEDGER, KEY, COLUMNS = "ledger.sqlite3", "secret.key", "columns"
CHOSEN = "CARTERA_WORKSPACE"
KEY_BYTES = 32
INIT = "init"
NAMED = "workspace"  # what chooses one of several workspaces in an address


@dataclass(frozen=True)
class Place:
    """Where a workspace lies. text: as a person names it. folder: for its key and its columns.

    address: of the database. name: of the workspace in it, None for the only one.
    """

    text: str
    folder: Path
    address: str
    name: str | None = None

    @property
    def is_file(self) -> bool:
        """Whether the ledger is a file in the folder, and not a database of PostgreSQL."""
        return "://" not in self.address

    @property
    def columns(self) -> Path:
        """The folder of what is derived from the facts and may be deleted at any time."""
        beside = f"{COLUMNS}-{sha256(self.name.encode()).hexdigest()[:16]}" if self.is_file and self.name else COLUMNS
        return self.folder / beside

    @property
    def key(self) -> Path:
        """The file with the key that signs and encrypts."""
        return self.folder / KEY


def is_workspace(text: str) -> bool:
    """Whether SOURCE means a workspace: a folder with a ledger in it, or the address of a database."""
    return _is_address(text) or (Path(_split(text)[0]) / LEDGER).is_file()


def place(text: str) -> Place:
    """The place that a folder or an address names, whether or not there is a workspace yet."""
    if not _is_address(text):
        path, name = _split(text)
        folder = Path(path).absolute()
        return Place(text, folder, str(folder / LEDGER), name)
    named = dict(parse_qsl(urlsplit(text).query)).get(NAMED)
    # The key and the columns of a database's workspace lie on this machine, as ssh keeps its own.
    shown = without_password(text)
    own = sha256(shown.encode()).hexdigest()[:16]  # a new password is no new workspace
    return Place(shown, _home() / own, text, named)


def create(text: str, name: str, *, currency: str = "", time_zone: str = "UTC", language: str = "en") -> Book:
    """A new, empty workspace in this folder or database. CarteraError: there is one, or it cannot be written."""
    where = place(text)
    if where.is_file and _holds_workspace(where.folder / LEDGER):
        raise CarteraError(
            say("{place} is a workspace already.", place=text), fix=say("Use it, or name another folder.")
        )
    is_first = not where.key.exists()
    try:
        private_folder(where.folder)
        private_file(where.key, secrets.token_hex(KEY_BYTES).encode())
        if where.is_file:
            private_file(where.folder / LEDGER, b"")
    except OSError as problem:
        raise CarteraError(
            say("cannot write into {folder}: {problem}.", folder=str(where.folder), problem=str(problem.strerror)),
            fix=say("Name another folder."),
        ) from None
    from cartera.ledger.book import create_book

    try:
        return create_book(
            where.address, where.name or name, at=now(), key=where.key.read_bytes(), then=_begin_audit,
            currency=currency, time_zone=time_zone, language=language,
        )  # fmt: skip
    except CarteraError:
        if is_first:  # else the workspace that is there would from here be signed with a key that is not its own
            where.key.unlink(missing_ok=True)
        raise


def _begin_audit(book: Book) -> None:
    """The first line: who made the workspace."""
    from cartera.ledger import audit

    audit.write(book, INIT, at=now(), by=author(None), value="{}")


def open_workspace(text: str) -> Book:
    """The workspace in this folder or database, its tables brought up to date. CarteraError: there is none."""
    found = open_unsure(text)
    settings = found.workspace.settings
    own = settings.get(OWN)
    if own is not None and own != fingerprint(found.key):
        key = place(text).key
        told = say(
            "{key} is not the key of this workspace: its fingerprint is {found}, not {own}.",
            key=str(key), found=fingerprint(found.key), own=str(own),
        )  # fmt: skip
        raise CarteraError(told, fix=ways_out())
    if OWED in settings:
        tell_owed(found)
    return found


def open_unsure(text: str) -> Book:
    """The same, whichever key lies there: for putting a backup back under a new one."""
    where = place(text)
    if not is_workspace(text):
        raise nowhere(text)
    if not where.key.exists():
        raise keyless(where.key)
    from cartera.ledger.book import open_book

    return open_book(where.address, where.name, where.key.read_bytes())


def ways_out() -> str:
    """What to do without the right key."""
    return say(
        "Put the right {key} there, from your copy or from the machine on which the workspace was made; if it is lost"
        " for good: cartera restore DIR/{ledger} NEW-DIR --new-key.",
        key=KEY, ledger=LEDGER,
    )  # fmt: skip


def nowhere(text: str) -> CarteraError:
    """What is wrong where nobody made a workspace."""
    told = say("there is no workspace in {place}.", place=text)
    return CarteraError(told, fix=say("Make one: cartera init {place}.", place=text))


def keyless(key: Path) -> CarteraError:
    """What is wrong where a workspace has no key."""
    return CarteraError(say("the key of this workspace is missing: {key}.", key=str(key)), fix=ways_out())


def server_key(text: str) -> tuple[bytes, str]:
    """The key of the workspaces here, and a secret made of it for signing cookies. CarteraError: none that will do."""
    where = place(text)
    if not is_workspace(text):
        raise nowhere(text)
    if not where.key.exists():
        raise keyless(where.key)
    key = where.key.read_bytes()
    if len(key) < KEY_BYTES:
        told = say("{key} is too short to sign anything with.", key=str(where.key))
        raise CarteraError(told, fix=ways_out())
    return key, hmac_digest(key, b"cookies of the web app", "sha256").hex()


def open_server(text: str) -> str:
    """The database of all workspaces here as Django knows it. CarteraError: it is not as it must be."""
    from cartera.ledger import database
    from cartera.ledger.book import ready

    alias = database.connect(place(text).address)
    ready(alias)
    return alias


def chosen(text: str | None) -> str:
    """The workspace that a command is about: the one named, else CARTERA_WORKSPACE, else this folder."""
    found = text or os.environ.get(CHOSEN) or "."
    if not is_workspace(found):
        told = say("this folder is no workspace.")
        if text or found != ".":
            told = say("there is no workspace in {place}.", place=found)
        raise CarteraError(told, fix=say("Name one: --workspace DIR, or make one: cartera init DIR."))
    return found


def _is_address(text: str) -> bool:
    if "://" not in text:
        return False
    scheme = text.partition("://")[0]
    if scheme not in {"postgresql", "postgres"}:
        raise InputError(
            say("a workspace lies in a folder or in PostgreSQL, not at {scheme}://.", scheme=scheme),
            fix=say("Give a folder, or an address such as postgresql://ana@localhost/cartera."),
        )
    return True


def _split(text: str) -> tuple[str, str | None]:
    """The folder, and the name of one of several workspaces in it: `folder?workspace=name`."""
    folder, mark, name = text.partition(f"?{NAMED}=")
    return (folder, unquote(name)) if mark else (text, None)


def named(text: str, name: str) -> str:
    """The text that means this workspace of those in the folder or database of `text`."""
    shown = _split(text)[0].partition("?")[0] if _is_address(text) else _split(text)[0]
    query = [pair for pair in urlsplit(text).query.split("&") if pair and not pair.startswith(f"{NAMED}=")]
    kept = query if _is_address(text) else []
    return f"{shown}?{'&'.join([*kept, f'{NAMED}={quote(name)}'])}"


def without_password(text: str) -> str:
    """What names a workspace, as it may be shown and written down; who pastes it has PGPASSWORD or a .pgpass."""
    if "://" not in text:
        return text
    parts = urlsplit(text)
    user, at, host = parts.netloc.rpartition("@")
    query = "&".join(pair for pair in parts.query.split("&") if not pair.startswith("password="))
    return urlunsplit(parts._replace(netloc=user.partition(":")[0] + at + host, query=query))


def _home() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "cartera"


def private_folder(path: Path) -> None:
    """A folder that only its owner may look into; one that is there and holds something stays as it is."""
    path.mkdir(parents=True, exist_ok=True)
    if not any(path.iterdir()):
        path.chmod(0o700)


def private_file(path: Path, content: bytes) -> None:
    """A new file that only its owner may read; one that is there stays. OSError: it cannot be written."""
    if path.exists():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        os.fsync(file.fileno())


def _holds_workspace(ledger: Path) -> bool:
    """Whether there is more than what a making that was stopped left behind, which the next one completes."""
    import sqlite3
    from contextlib import closing

    if not ledger.exists() or not ledger.stat().st_size:
        return False
    with closing(sqlite3.connect(ledger)) as connection:
        try:
            return connection.execute("SELECT 1 FROM ledger_workspace LIMIT 1").fetchone() is not None
        except sqlite3.OperationalError:  # the tables are not there yet
            return False
        except sqlite3.DatabaseError:
            return True
