"""A workspace as facts: its columns refreshed, opened behind a shut door, as of now or as they were known then."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from cartera.app.clock import now
from cartera.app.workspace.day import day_there, decided_on
from cartera.app.workspace.people.steps import steps_at
from cartera.app.workspace.place import Place, open_workspace, place
from cartera.app.workspace.refused import refused
from cartera.app.workspace.settings import ROLL_UP, as_of, workspace_policy
from cartera.errors import InputError
from cartera.facts.tables import Facts

if TYPE_CHECKING:
    from cartera.app.workspace.columns.relations import Moved
    from cartera.ledger.book import Book
    from cartera.ledger.columns.refresh import Columns
    from cartera.sources.files.reading import Problem

MARGIN = datetime.min + timedelta(days=1)
KNOWN = "known"  # the folder, beside the columns of today, of those as they were known on a day


@dataclass(frozen=True)
class WorkspaceFacts:
    """Facts of a workspace. version: of the facts. change: the last one in them. today: the day there.

    decided_on: the day there of the newest decision about a client, None without one. policy: the rules in force there.
    refused: rows of imports that are still to be mended, for facts as of now.
    """

    book: Book
    facts: Facts
    version: int
    change: int
    today: date
    decided_on: date | None
    policy: Any
    notices: list[str] = field(default_factory=list)
    refused: tuple[Problem, ...] = ()


def workspace_facts(text: str, *, known: date | datetime | None = None, currency: str | None = None) -> WorkspaceFacts:
    """What the workspace in this folder or database holds. CarteraError: there is none, or it cannot be read.

    known: the facts as recorded up to a moment, or up to the end of a day in the workspace's time zone.
    """
    return facts_in(open_workspace(text), place(text), known=known, currency=currency)


def facts_in(
    book: Book, where: Place, *, known: date | datetime | None = None, currency: str | None = None
) -> WorkspaceFacts:
    """What an open workspace holds, which lies there; as `workspace_facts`."""
    from cartera.ledger.columns.refresh import refreshed  # Django's models can be imported once a ledger is open
    from cartera.ledger.columns.stamp import version_at

    settings = book.workspace
    zone = ZoneInfo(settings.time_zone)
    notices: list[str] = []
    moment = now() if known is None else _moment(known, zone)
    settings = settings if known is None else as_of(settings, moment)
    version, change = version_at(book, moment)
    if known is None:
        version = settings.facts_version
    folder = where.columns / KNOWN if known is not None else where.columns
    columns = refreshed(book, folder, version, notices.append)
    if known is not None:
        notices.append(f"As known at the end of {known}: {_changes(change)}." if version else _nothing(known))
    own = _currency(where, settings.currency, currency)
    facts = _opened(columns, folder, own, roll_up=bool(settings.settings.get(ROLL_UP, True)))
    facts = replace(facts, steps=steps_at(book, version))
    return WorkspaceFacts(
        book,
        facts,
        version,
        change,
        day_there(book),
        decided_on(book, moment),
        workspace_policy(settings),
        notices,
        refused(book) if known is None else (),
    )


def _opened(columns: Columns, folder: Path, currency: str, *, roll_up: bool) -> Facts:
    """The columns as facts: in memory when they are few, else in an engine that keeps them from being removed."""
    from cartera.app.workspace.columns.connection import closed_connection
    from cartera.app.workspace.columns.relations import tables
    from cartera.engine import plain
    from cartera.engine.doors import open_facts
    from cartera.engine.duckdb import Derived

    connection = closed_connection(folder)
    found = tables(connection, columns, _moved(connection, columns, roll_up=roll_up), currency)
    reported = currency or None
    if columns.rows <= plain.FEW:
        read: dict[str, Any] = {name: told.to_arrow_table() for name, told in found.items() if told is not None}
        return open_facts(Facts(**read, currency=reported))
    return open_facts(Facts(**found, currency=reported), Derived(found["invoices"], connection, columns))


def _moved(connection: Any, columns: Columns, *, roll_up: bool) -> Moved:
    """Which clients stand under another id, by what people said at that version."""
    from cartera.app.workspace.columns.relations import Moved
    from cartera.app.workspace.columns.sql import rows_of
    from cartera.ledger.columns.sheets import LINK
    from cartera.ledger.links import read

    rows = rows_of(columns, LINK)
    if not rows:
        return Moved({}, {})
    said = connection.execute(f"SELECT client_id, to_id, relation FROM ({rows}) ORDER BY ALL").fetchall()
    links = read([_Link(*row) for row in said])
    shown = links.moved(roll_up=roll_up)
    return Moved(shown, {one: links.leading(one) for one in shown})


@dataclass(frozen=True)
class _Link:
    client_id: str
    to_id: str
    relation: str


def _moment(known: Any, zone: ZoneInfo) -> datetime:
    """The last moment that counts: the given one, or the end of the day in the zone. InputError: it is neither."""
    if not isinstance(known, date):
        fix = "Pass a datetime.date, such as date(2026, 3, 31), or a datetime."
        raise InputError(f"known is {known!r}.", fix=fix)
    # Where the clocks go back at midnight, a day ends with the second of its last hours.
    last: datetime = known if isinstance(known, datetime) else datetime.combine(known, time.max.replace(fold=1))
    if not MARGIN < last.replace(tzinfo=None) < datetime.max - (MARGIN - datetime.min):
        return last.replace(tzinfo=UTC)  # no zone has a moment before the first year or after the last
    return (last if last.tzinfo else last.replace(tzinfo=zone)).astimezone(UTC)


def _changes(last: int) -> str:
    return "the first change alone" if last == 1 else f"changes 1 to {last}"


def _nothing(known: date | datetime) -> str:
    return f"At the end of {known} nothing was known yet."


def _currency(where: Place, own: str, given: str | None) -> str:
    """The workspace's currency, or the one given where it has none. InputError: they differ."""
    if given and own and given.upper() != own:
        raise InputError(
            f"{where.text} reports in {own}, not in {given.upper()}.",
            where="--currency",
            fix="Leave --currency out.",
        )
    return own or (given or "").upper()
