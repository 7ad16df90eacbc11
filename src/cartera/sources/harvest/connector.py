"""What is Harvest to a sync? Its lists, who may ask for them and how, and which map reads which record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from cartera.sources.harvest import documents, lists, people, recurring
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
from cartera.sources.kit.http import Budget, Http
from cartera.sources.kit.oauth import Grant
from cartera.sources.kit.refusals import RefusedStreamError

ACCOUNTS = "https://id.getharvest.com/api/v2/accounts"  # the only address that needs no account
WHOLE = {"per_page": str(lists.SIZE)}
OURS = "harvest"  # the other product under the same sign-in, Forecast, has no invoices

SETTINGS: Mapping[str, tuple[str, ...]] = {
    "estimates": ("accepted", "none"),
    "inferred": ("proposed", "planned"),
    "retainers": ("revenue", "ignore"),
    "written_off": ("counts", "taken_off"),
}
STREAMS: tuple[Stream, ...] = (
    Stream("clients", is_swept=True),
    Stream("contacts", is_swept=True),
    Stream("payments"),  # come with the invoices that they tell the day of
    Stream("invoices", is_dated=True, is_swept=True),
    Stream("templates", is_daily=True, is_gathered=True),  # Harvest lists none: what invoices say of theirs
    Stream("estimates", is_dated=True, is_swept=True),
)
NO_LISTS = ("payments", "templates")
MAPS = {
    "clients": people.client,
    "invoices": documents.invoice,
    "templates": recurring.template,
    "estimates": documents.estimate,
}


class Harvest:
    """The connector. A person makes a token of their own; there are no app and no sign-in."""

    name, label, version, may_train = "harvest", "Harvest", 1, True
    base, register_at = "https://api.harvestapp.com/v2", "https://id.getharvest.com/developers"
    hosts = frozenset({"api.harvestapp.com", "id.getharvest.com"})
    budget = Budget(most=90, within=15.0)  # 100 within 15 seconds are allowed
    streams, settings = STREAMS, SETTINGS

    def grant_at(self, _base: str | None) -> Grant | None:
        """None: a token is made by hand."""
        return None

    def headers(self, company: str) -> dict[str, str]:
        """Who asks, and of whose books. Harvest refuses whoever does not say so."""
        agent = f"Cartera (account {company})" if company else "Cartera (any account)"
        return {"User-Agent": agent} | ({"Harvest-Account-Id": company} if company else {})

    def companies(self, http: Http) -> list[Company]:
        """The accounts that the token opens. Harvest keeps no home currency, so the usual ones are proposed."""
        address = ACCOUNTS if http.base == self.base else f"{http.base}/api/v2/accounts"
        found = [one for one in http.get(address).json()["accounts"] if one.get("product", OURS) == OURS]
        return [self._company(http, str(one["id"]), str(one.get("name") or "")) for one in found]

    def _company(self, http: Http, key: str, name: str) -> Company:
        headers = self.headers(key)
        told = _allowed(http, "/company", headers)
        found = [
            Counter(str(one["currency"]) for one in _allowed(http, f"/{name}", headers, WHOLE).get(name) or ())
            for name in ("invoices", "clients")
        ]
        usual = dict.fromkeys(one for counted in found for one in sorted(counted, key=lambda one: (-counted[one], one)))
        return Company(key, str(told.get("name") or name or key), currencies=tuple(usual))

    def pull(self, http: Http, stream: Stream, position: Position, window: Window) -> Iterator[Page]:
        """The pages of a list, by its own links."""
        if stream.name in NO_LISTS:
            return iter(())
        return lists.pages(http, stream.name, position, window)

    def keys(self, http: Http, stream: Stream) -> Iterator[str] | None:
        """The ids of a list, 2,000 an answer: there is no feed of deletions."""
        return lists.keys(http, stream.name) if stream.is_swept else None

    def one(self, http: Http, stream: Stream, key: str) -> Record | None:
        """One record; None when Harvest does not know it any more."""
        return lists.one(http, stream.name, key)

    def touches(self, stream: str, payload: Payload) -> Iterable[tuple[str, str]]:
        """An invoice changes its estimate and its series, a contact its client, payments their invoice."""
        if stream == "invoices":
            if payload.get("estimate"):
                yield "estimates", str(payload["estimate"]["id"])
            if payload.get("recurring_invoice_id"):
                yield "templates", str(payload["recurring_invoice_id"])
        elif stream == "contacts" and payload.get("client"):
            yield "clients", str(payload["client"]["id"])
        elif stream == "payments":
            # A payment does not name its invoice; the answer's own address does.
            place = urlsplit(str((payload.get("links") or {}).get("first") or "")).path.split("/")
            if place[-1] == "payments" and place[-3:-2] == ["invoices"]:
                yield "invoices", place[-2]

    def facts(self, stream: str, key: str, payload: Payload, context: Context) -> Mapped:
        """What a record becomes; contacts and payments only through the client and the invoice that they are of."""
        reads = MAPS.get(stream)
        return reads(key, payload, context) if reads else Mapped()


def _allowed(
    http: Http, path: str, headers: Mapping[str, str], params: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """The answer; nothing when this user may not see it: only administrators see the company."""
    try:
        found: Mapping[str, Any] = http.get(path, params, headers).json()
    except RefusedStreamError:
        return {}
    return found


HARVEST: Connector = Harvest()
