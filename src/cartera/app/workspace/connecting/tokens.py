"""What opens a source now? Its access token, refreshed in time by one process alone, saved before it is used.

Refresh tokens are spent by being used. Two processes that refresh at once, or an answer that is used before it is
saved, cost the connection: so a lease, the row read again under it, and compare-and-set.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.connecting import vault
from cartera.app.workspace.source_states import DISCONNECTED, RECONNECT
from cartera.sources.kit.oauth import App, Grant, RefusedError, Tokens, refresh
from cartera.sources.kit.refusals import UnauthorisedError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.ledger.book import Book
    from cartera.ledger.models import Secret, Source
    from cartera.sources.kit.http import Http

SOON, SHARE = timedelta(seconds=60), 5  # refreshed when less than this, or less than a fifth of its life, is left
PATIENCE, BETWEEN = 90, 0.25  # seconds that a process waits for another's refresh, and between two looks
INVALID = "invalid_grant"


class Keeper:
    """Gives the token of one source to whoever asks. http: the way to the token address. now: the clock."""

    def __init__(
        self, book: Book, source: Source, grant: Grant | None, http: Http, now: Callable[[], datetime]
    ) -> None:
        self._book, self._source, self._grant, self._http, self._now = book, source, grant, http, now
        self._known: tuple[int, dict[str, Any]] | None = None

    def __call__(self, is_stale: bool = False) -> str:
        """The token; is_stale: the one given last was refused. UnauthorisedError: a person must connect it again."""
        row, found = self._read()
        if self._grant is None:
            if is_stale:
                raise self._lost()
            return str(found["token"])
        if is_stale and self._known and row.version != self._known[0]:
            is_stale = False  # somebody refreshed it meanwhile
        if not is_stale and not self._is_ending(row, found):
            self._known = row.version, found
            return str(found["access"])
        return self._refreshed(row.version)

    def _read(self) -> tuple[Secret, dict[str, Any]]:
        from cartera.ledger.landing.secrets import stored

        row = stored(self._book, self._source)
        if row is None or self._source_state() == RECONNECT:
            raise self._lost()
        return row, vault.opened(self._book, row.ciphertext)

    def _source_state(self) -> str:
        from cartera.ledger.models import Source

        state = Source.objects.using(self._book.alias).values_list("state", flat=True).get(pk=self._source.pk)
        return str(state)

    def _is_ending(self, row: Secret, found: dict[str, Any]) -> bool:
        if row.expires_at is None:
            return False
        life = timedelta(seconds=int(found.get("life", 0)))
        left: timedelta = row.expires_at - self._now()
        return left < min(SOON, life / SHARE)

    def _refreshed(self, version: int) -> str:
        """A new token, or the one that another process got while this one waited for its turn."""
        from cartera.ledger.lease import BusyError, held

        ends = time.monotonic() + PATIENCE
        while True:
            try:
                with held(self._book, f"tokens of {self._source.name}", self._now):
                    row, found = self._read()
                    if row.version != version and not self._is_ending(row, found):
                        self._known = row.version, found
                        return str(found["access"])
                    return self._renewed(row, found)
            except BusyError:
                if time.monotonic() > ends:
                    raise
            time.sleep(BETWEEN)

    def _renewed(self, row: Secret, found: dict[str, Any]) -> str:
        """Under the lease: ask, save, then use. Where somebody connected it anew meanwhile, what they saved is used.

        UnauthorisedError: it was disconnected meanwhile.
        """
        assert self._grant is not None
        app = App(found["client_id"], found["client_secret"], found["redirect"])
        try:
            tokens = refresh(self._http, self._grant, app, found["refresh"])
        except RefusedError as problem:
            if problem.code == INVALID:
                self._forget()
                raise self._lost() from None
            raise
        keep(self._book, self._source, self._grant, found, tokens, now=self._now(), version=row.version)
        row, found = self._read()
        self._known = row.version, found
        return str(found["access"])

    def _forget(self) -> None:
        """The source waits for a person; its data and positions stay. One that was disconnected meanwhile stays so."""
        from cartera.ledger.models import Source

        rows = Source.objects.using(self._book.alias).filter(pk=self._source.pk)
        rows.exclude(state=DISCONNECTED).update(state=RECONNECT)

    def _lost(self) -> UnauthorisedError:
        return UnauthorisedError(say("{source} does not let us in any more.", source=self._source.name))


def keep(
    book: Book,
    source: Source,
    grant: Grant,
    found: dict[str, Any],
    tokens: Tokens,
    *,
    now: datetime,
    version: int | None,
) -> bool:
    """Whether both tokens are on the disk; not when somebody else saved others, or took them away, meanwhile."""
    from cartera.ledger.landing.secrets import save

    values = found | {"access": tokens.access, "refresh": tokens.refresh, "life": tokens.expires_in}
    ciphertext, key_id = vault.sealed(book, values)
    return save(
        book, source, ciphertext, key_id, version=version, expires_at=now + timedelta(seconds=tokens.expires_in),
        refresh_expires_at=now + timedelta(days=grant.refresh_days),
    )  # fmt: skip
