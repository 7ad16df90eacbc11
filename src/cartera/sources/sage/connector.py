"""What is Sage to a sync? Its lists, how a user lets us in, and which map reads which record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from cartera.sources.kit.contract import (
    Company,
    Connector,
    Context,
    Mapped,
    Page,
    Payload,
    Position,
    Record,
    Stream,
    Window,
)
from cartera.sources.kit.gate import AUTHORIZE, TOKEN
from cartera.sources.kit.http import Budget, Http
from cartera.sources.kit.oauth import Grant
from cartera.sources.kit.refusals import RefusedStreamError
from cartera.sources.sage import credit_notes, documents, people, quotes, recurring, walks
from cartera.sources.sage.lists import stream_of

# The code lives for a minute. Access tokens live for five minutes, refresh tokens are spent by being used (secondary).
GRANT = Grant(
    "https://www.sageone.com/oauth2/auth/central?filter=apiv3.1",
    "https://oauth.accounting.sage.com/token",
    ("readonly",),
    is_posted=True,
    refresh_days=31,
)
SETTINGS: Mapping[str, tuple[str, ...]] = {
    "estimates": ("accepted", "none"),
    "inferred": ("proposed", "planned"),
    "rep": (),  # the name of an analysis type
}
STREAMS: tuple[Stream, ...] = (
    Stream("statuses", is_whole=True),
    Stream("clients", volatile=("balance",)),
    Stream("invoices", is_dated=True),
    Stream("quick_entries", is_dated=True),
    Stream("corrective_invoices", is_dated=True),
    Stream("credit_notes", is_dated=True),
    Stream("payments"),
    Stream("quotes", is_swept=True),  # of these two no deletion is told
    Stream("estimates", is_swept=True),
    Stream("templates", is_daily=True),
)
MAPS: Mapping[str, Callable[[str, str, Payload, Context], Mapped]] = {
    "invoices": documents.invoice,
    "quick_entries": credit_notes.quick_entry,
    "corrective_invoices": documents.corrective,
    "credit_notes": credit_notes.credit_note,
    "quotes": quotes.quote,
    "estimates": quotes.quote,
    "templates": recurring.template,
}


class Sage:
    """The connector. Every request names the business: Sage would answer of the user's first one without a word."""

    name, label, version, may_train = "sage", "Sage Business Cloud Accounting", 1, True
    base, register_at = "https://api.accounting.sage.com/v3.1", "https://developerselfservice.sageone.com/user/sign_up"
    hosts = frozenset({"api.accounting.sage.com", "oauth.accounting.sage.com"})
    budget = Budget(90, per_day=2_500)  # 100 a minute and 2,500 a day are said to be allowed
    streams, settings = STREAMS, SETTINGS

    def grant_at(self, base: str | None) -> Grant | None:
        """Sage's sign-in; of a server on this machine, its own."""
        return replace(GRANT, authorize=f"{base}{AUTHORIZE}", token=f"{base}{TOKEN}") if base else GRANT

    def headers(self, company: str) -> dict[str, str]:
        """Which business is meant."""
        return {walks.BUSINESS: company} if company else {}

    def companies(self, http: Http) -> list[Company]:
        """The businesses that this user may see. It is the one list that is of no business."""
        found = http.get("/businesses").json().get(walks.ITEMS) or ()
        return [self._company(http, str(one["id"]), str(one.get("displayed_as") or one["id"])) for one in found]

    def _company(self, http: Http, key: str, label: str) -> Company:
        """With the currency of its books, where the user may see the settings."""
        try:
            told = http.get("/financial_settings", headers=self.headers(key)).json()
        except RefusedStreamError:
            told = {}
        return Company(key, label, people.id_of(told.get("base_currency")) or "")

    def pull(self, http: Http, stream: Stream, position: Position, window: Window) -> Iterator[Page]:
        """The pages of a list; what was deleted comes first."""
        if stream.name == recurring.STREAM:
            return recurring.templates(http, position)
        return walks.changes(http, stream.name, position, window)

    def keys(self, http: Http, stream: Stream) -> Iterator[str] | None:
        """The ids of a list of which no deletion is told."""
        return walks.keys(http, stream.name) if stream.is_swept else None

    def one(self, http: Http, stream: Stream, key: str) -> Record | None:
        """One record, read without marking it as sent; None when it is gone."""
        return None if stream.name == recurring.STREAM else walks.single(http, stream.name, key)

    def touches(self, stream: str, payload: Payload) -> Iterable[tuple[str, str]]:
        """An invoice changes its quote, a payment what it pays, a client its series."""
        if stream == "invoices" and (of := payload.get("original_quote_estimate")):
            # Where its address does not say which of the two it is, it is looked for in both.
            yield from ((name, str(of["id"])) for name in _streams(of, ("quotes", "estimates")))
        elif stream == "payments":
            for one in payload.get("allocated_artefacts") or ():
                if of := one.get("artefact"):
                    yield from ((name, str(of["id"])) for name in _streams(of, credit_notes.SOLD))
        elif stream == "clients":
            yield from recurring.of_client(payload)

    def facts(self, stream: str, key: str, payload: Payload, context: Context) -> Mapped:
        """What a record becomes; payments and states only through the documents that they are of."""
        if stream == "clients":
            return people.client(key, payload, context)
        reads = MAPS.get(stream)
        return reads(stream, key, payload, context) if reads else Mapped()


def _streams(artefact: Mapping[str, object], usual: tuple[str, ...]) -> tuple[str, ...]:
    told = stream_of(artefact)
    return (told,) if told else usual


SAGE: Connector = Sage()
