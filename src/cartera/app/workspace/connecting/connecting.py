"""How is a source connected? Who may come in, which company, under which word; its secrets sealed from the start."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.connecting import vault
from cartera.app.workspace.connecting.sweeping import ALLOWED
from cartera.app.workspace.connecting.tokens import Keeper
from cartera.app.workspace.source_states import BASE, DISCONNECTED, ENDED, READY
from cartera.errors import CarteraError, UnknownNameError, suggested
from cartera.sources.kit.contract import Company, Connector
from cartera.sources.kit.http import LOCAL, Http, at_company
from cartera.sources.kit.refusals import UnauthorisedError
from cartera.tongue import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import Source

NAME = re.compile(r"[a-z][a-z0-9_-]{0,30}", re.ASCII)
CONNECT, DISCONNECT, SET = "connect", "disconnect", "set_source"


def named(book: Book, wanted: str, kind: str) -> str:
    """The word under which a source will stand: the one wanted, else its kind, with a number where that is taken."""
    from cartera.ledger.models import Source

    taken = set(Source.objects.using(book.alias).filter(workspace_id=book.workspace_id).values_list("name", flat=True))
    if wanted and (not NAME.fullmatch(wanted) or wanted in taken):
        raise CarteraError(
            say("{name} cannot be the name of a source.", name=repr(wanted)),
            fix=say("Use small letters, digits and -, and none that is taken: xero-eu."),
        )
    count, found = 1, wanted or kind
    while found in taken:
        count += 1
        found = f"{kind}-{count}"
    return found


def connect(
    scope: Scope,
    book: Book,
    connector: Connector,
    company: Company,
    secrets: Mapping[str, Any],
    *,
    now: datetime,
    by: str,
    name: str = "",
    settings: Mapping[str, Any] | None = None,
    expires_at: datetime | None = None,
) -> Source:
    """A source with its secrets, both on the disk or neither: a new one, or the company's own, which goes on.

    CarteraError: the company is connected and opens.
    """
    from django.db import transaction

    from cartera.ledger import audit
    from cartera.ledger.landing.secrets import save
    from cartera.ledger.models import Source, Workspace

    scope.require("connect")
    rows: Any = Source.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    there = rows.filter(kind=connector.name, company=company.key).first()
    if there is not None and there.state == READY and _opens(book, there):
        raise CarteraError(
            say("{company} is connected already, as {source}.", company=company.label, source=there.name),
            fix=say("To read it again: {command}.", command=suggested("sync", "--source", there.name)),
        )
    with transaction.atomic(using=book.alias):
        made: Source = _opened_again(there, settings or {}) if there else rows.create(
            workspace_id=book.workspace_id, name=named(book, name, connector.name), kind=connector.name,
            company=company.key, label=company.label, currency=company.currency, country=company.country,
            time_zone=company.time_zone or book.workspace.time_zone, settings=dict(settings or {}), state=READY,
            may_train=connector.may_train, mapping=connector.version, created_at=now,
        )  # fmt: skip
        if company.currency:  # a workspace that nobody gave a currency has that of its books
            Workspace.objects.using(book.alias).filter(pk=book.workspace_id, currency="").update(
                currency=company.currency
            )
        ciphertext, key_id = vault.sealed(book, secrets)
        save(book, made, ciphertext, key_id, expires_at=expires_at)
        audit.write(book, CONNECT, at=now, by=by, value=json.dumps({"source": made.name, "kind": made.kind}))
    return made


def _opens(book: Book, source: Source) -> bool:
    """Whether it could be read the last time: one that could not may be connected again."""
    from cartera.ledger.models import Sync

    last = Sync.objects.using(book.alias).filter(source=source).exclude(ended_at=None).order_by("-started_at").first()
    return last is None or last.outcome == ENDED


def _opened_again(there: Any, settings: Mapping[str, Any]) -> Any:
    """A source that did not open any more, or was disconnected: its facts and positions stay."""
    there.state, there.settings = READY, there.settings | dict(settings)
    there.save(update_fields=["state", "settings"])
    return there


def found(book: Book, name: str) -> Source:
    """The source of this name. UnknownNameError: there is none."""
    from cartera.ledger.models import Source

    rows = Source.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    one: Source | None = rows.filter(name=name).first()
    if one is None:
        raise UnknownNameError("source", name, sorted(rows.values_list("name", flat=True)))
    return one


@contextmanager
def way(
    book: Book,
    source: Source,
    connector: Connector,
    now: Callable[[], datetime],
    *,
    left: int | None = None,
    before: Callable[[], None] = lambda: None,
) -> Iterator[Http]:
    """The way to a source, authorised; closed at the end. left: requests that may still be made today.

    before: is called before each request.
    """
    if (reader := getattr(connector, "reader", None)) is not None:  # no web service: a database
        yield reader(_secrets(book, source))
        return
    is_local = bool(source.settings.get(BASE))
    hosts = connector.hosts | ({LOCAL} if is_local else set())
    plain = Http("", hosts, budget=connector.budget, is_local=is_local)
    token = Keeper(book, source, connector.grant_at(source.settings.get(BASE)), plain, now)
    http = Http(
        at_company(source.settings.get(BASE) or connector.base, source.company), hosts, budget=connector.budget,
        token=token, left=left, before=before,
        headers=connector.headers(source.company), is_local=is_local,
    )  # fmt: skip
    try:
        yield http
    finally:
        http.close()
        plain.close()


def _secrets(book: Book, source: Source) -> dict[str, Any]:
    """What was sealed for a source. UnauthorisedError: nothing, or it is to be connected again."""
    from cartera.ledger.landing.secrets import stored

    row = stored(book, source)
    if row is None:
        raise UnauthorisedError(say("{source} is not connected any more.", source=source.name))
    return vault.opened(book, row.ciphertext)


def every(book: Book) -> list[Source]:
    """The sources that are read, by name; those that were disconnected are not."""
    from cartera.ledger.models import Source

    rows = Source.objects.using(book.alias).filter(workspace_id=book.workspace_id).exclude(state=DISCONNECTED)
    return list(rows.order_by("name"))


def settings_of(connector: Connector, words: list[str]) -> dict[str, Any]:
    """The settings that NAME=VALUE words mean. CarteraError: the system has none of this name or value."""
    found = {}
    for word in words:
        name, _, value = word.partition("=")
        found[name] = checked(connector, name, value)
    return found


def checked(connector: Connector, name: str, value: str) -> str:
    """The value. UnknownNameError: there is no such setting, or it is none of its values."""
    known = {**connector.settings, ALLOWED: tuple(one.name for one in connector.streams)}
    if name not in known:
        raise UnknownNameError("setting", name, tuple(known))
    values = known[name]
    if values and value not in values:
        raise UnknownNameError("value", value, values)
    return value


def change_setting(scope: Scope, book: Book, source: Source, name: str, value: str, *, now: datetime, by: str) -> None:
    """One setting of a source. Everything is mapped anew with the next sync, from what was kept."""
    from django.db import transaction

    from cartera.ledger import audit
    from cartera.sources.registry import connector

    scope.require("connect")
    checked(connector(str(source.kind)), name, value)
    with transaction.atomic(using=book.alias):
        source.refresh_from_db(using=book.alias)
        before = source.settings.get(name)
        source.settings[name], source.mapping = value, 0
        source.save(using=book.alias, update_fields=["settings", "mapping"])
        told = {"source": source.name, "setting": name, "before": before, "after": value}
        audit.write(book, SET, at=now, by=by, value=json.dumps(told))


def disconnect(scope: Scope, book: Book, source: Source, *, now: datetime, by: str) -> None:
    """The source is read no more and its secrets are gone; its facts and what was kept of it stay."""
    from django.db import transaction

    from cartera.ledger import audit
    from cartera.ledger.models import Secret, Source

    scope.require("connect")
    with transaction.atomic(using=book.alias):
        Secret.objects.using(book.alias).filter(source=source).delete()
        Source.objects.using(book.alias).filter(pk=source.pk).update(state=DISCONNECTED)
        audit.write(book, DISCONNECT, at=now, by=by, value=json.dumps({"source": source.name}))
