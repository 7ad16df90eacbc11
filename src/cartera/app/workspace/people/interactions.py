"""Keep what was said with a client: a call, an e-mail, a meeting, a chat or a visit, by hand or from a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cartera.app.clock import now
from cartera.app.workspace.identity.who import held, under, who
from cartera.app.workspace.people.file import Found, placed, taken
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

LOG = "log"
DIRECTIONS = ("in", "out")


def log(
    scope: Scope, book: Book, client: str, channel: str, *, by: str, on: str | None = None, about: str = "",
    direction: str | None = None,
) -> tuple[int, str]:  # fmt: skip
    """One interaction: the number of the change and the sentence. on: a day or a moment there; now if not given."""
    from cartera.ledger.entry import entry
    from cartera.ledger.models import Interaction
    from cartera.sources.files.people_table import CHANNELS, channel_called

    scope.require(LOG)
    kind = channel_called(channel)
    if kind is None:
        raise UnknownNameError("channel", channel, CHANNELS)
    if direction and direction not in DIRECTIONS:
        raise UnknownNameError("direction", direction, DIRECTIONS, where="--direction")
    found, zone = who(scope, book, client), ZoneInfo(book.workspace.time_zone)
    at = _moment(on, zone) if on else now()
    values: dict[str, Any] = {
        "at": at,
        "channel": kind,
        "direction": direction or "",
        "subject": about.strip(),
        "by": by,
    }
    with entry(book, LOG, at=now(), by=by, subject=found.client_id) as made:
        key = f"log-{made.change.number}"
        made.put(Interaction, key, client_id=found.client_id, **values)
        made.after = {name: str(value) for name, value in values.items()}
        number = made.change.number
    kept = f": {about.strip()}" if about.strip() else ""
    return (
        number,
        f"Logged a{'n' if kind[0] in 'aeiou' else ''} {kind} with {found.called} on {at.astimezone(zone).date()}{kept}",
    )


def import_interactions(scope: Scope, book: Book, path: Path, *, by: str) -> Found:
    """The interactions of a file, each row accounted for; equal rows stay as many as they are, and a second import
    of the file finds all of them.
    """
    from cartera.ledger.digest import digest
    from cartera.ledger.models import Interaction
    from cartera.sources.files.people_table import read_interactions

    scope.require(LOG)
    people, zone = read_interactions(path), ZoneInfo(book.workspace.time_zone)
    rows: dict[str, Mapping[str, Any]] = {}
    seen: Counter[str] = Counter()
    for _, client_id, values in placed(scope, book, people):
        own = {"client_id": client_id, **values, "at": _in_zone(values["at"], zone)}
        said = digest([own[name] for name in ("client_id", "at", "channel", "direction", "subject")])
        seen[said] += 1
        rows[f"{said}-{seen[said]}"] = own
    return taken(book, "interactions", Interaction, people, rows, by=by)


def interactions(scope: Scope, book: Book, client_id: str | None = None) -> list[dict[str, Any]]:
    """Every interaction that holds, or those of one client, the newest first; `at` in the workspace's time zone."""
    from cartera.ledger.models import Interaction

    scope.require("show")
    zone = ZoneInfo(book.workspace.time_zone)
    rows = held(book, Interaction).order_by("-at", "client_id").values(*Interaction.COLUMNS)
    chosen = rows.filter(client_id__in=under(book, client_id)) if client_id else rows
    return [
        {**row, "at": row["at"].astimezone(zone)}
        for row in chosen
        if scope.clients is None or row["client_id"] in scope.clients
    ]


def _moment(text: str, zone: ZoneInfo) -> datetime:
    from cartera.sources.files.people_table import moment_in

    found = moment_in(text)
    if found is None:
        raise CarteraError(
            say("{text} is no day or time.", text=repr(text)),
            where="--on",
            fix=say("Write 2026-03-31 or '2026-03-31 14:30'."),
        )
    return _in_zone(found, zone)


def _in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    """A moment on the clock of the workspace, in UTC; one with its own zone stays the moment it is."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
