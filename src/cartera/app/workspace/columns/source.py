"""A workspace as a source that is asked like any other, for the clients that somebody may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from cartera.app.opened import Opened, seen
from cartera.app.scope import EVERYTHING, Scope
from cartera.app.workspace.columns.opening import WorkspaceFacts, workspace_facts
from cartera.app.workspace.identity.who import id_now
from cartera.app.workspace.incomplete import incomplete
from cartera.app.workspace.people.shown import people_of
from cartera.errors import InputError
from cartera.facts.tables import Facts

OPTIONS = {"mapping": "--map"}
HEEDED = ("currency", "progress")


def workspace_source(scope: Scope, text: str, given: Mapping[str, Any], known: date | datetime | None = None) -> Opened:
    """The facts of a workspace, now or as known then. InputError: an option that says how a file is to be read."""
    for name in given:
        if name not in HEEDED:
            raise InputError(
                f"{text} is a workspace: its files were read when they were imported.",
                where=OPTIONS.get(name, f"--{name.replace('_', '-')}"),
                fix="Leave it out; it is for files.",
            )
    found = workspace_facts(text, known=known, currency=given.get("currency"))
    made = source_of(scope, text, found, known)
    return made if known else replace(made, notices=(*made.notices, *incomplete(found.book)))


def source_of(scope: Scope, text: str, found: WorkspaceFacts, known: date | datetime | None = None) -> Opened:
    """Facts of a workspace that are open already, as a source for whoever asks."""
    last = known.date() if isinstance(known, datetime) else known
    today = found.today if last is None else min(last, found.today)
    return Opened(
        text, seen(scope, found.facts), notices=tuple(found.notices), today=today,
        problems=found.refused if scope.clients is None else (),  # a refused row may be about anybody
        decided_on=found.decided_on, policy=found.policy,
        people=people_of(found.book, found.version),
        id_now=id_now(found.book, scope),
        everybody=None if scope.clients is None else found.facts,
    )  # fmt: skip


def open(path: str, *, known: date | datetime | None = None) -> Facts:  # noqa: A001 - named in the public interface
    """The facts of a workspace: a folder made by `cartera init`, or a postgresql:// address.

    known: a day or a moment; the facts as they were recorded by then, a day to its end in the workspace's time zone.
    CarteraError: there is no workspace. UnknownNameError: the database has several, and none is named.
    """
    return workspace_source(EVERYTHING, str(path), {}, known).facts
