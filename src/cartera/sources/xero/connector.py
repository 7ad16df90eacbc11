"""What is Xero to a sync? Its lists, how a user lets us in, and which map reads which record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar

from cartera.sources.kit.contract import Company, Context, Mapped, Page, Payload, Position, Record, Stream, Window
from cartera.sources.kit.http import Budget, Http
from cartera.sources.kit.oauth import Grant
from cartera.sources.xero import amounts, contacts, credit_notes, invoices, quotes, repeating, tracking
from cartera.sources.xero.lists import API, LISTS, named
from cartera.sources.xero.zones import ZONES

TENANT, ORGANISATION = "xero-tenant-id", "ORGANISATION"
# Apps made on or after 2 March 2026 know the first set only, older ones the second until September 2027.
ALWAYS = "offline_access accounting.contacts.read accounting.settings.read"
SCOPES = (
    f"{ALWAYS} accounting.invoices.read accounting.payments.read",
    f"{ALWAYS} accounting.transactions.read",
)
SIGN_IN, TOKENS = "https://login.xero.com/identity/connect/authorize", "https://identity.xero.com/connect/token"
REFRESH_DAYS = 60  # unverified

STREAMS = (
    Stream("products", is_whole=True, is_looked_up=True),
    Stream("clients", is_swept=True, volatile=("Balances",)),  # what is overdue changes with the day
    Stream("invoices", is_dated=True, is_swept=True),
    Stream("credit_notes", is_dated=True),
    Stream("templates", is_whole=True, is_daily=True),
    Stream("estimates"),
    Stream("payments"),
    Stream("overpayments"),
    Stream("prepayments"),
)
MAPS: Mapping[str, Callable[[str, Payload, Context], Mapped]] = {
    "clients": contacts.client,
    "invoices": invoices.invoice,
    "credit_notes": credit_notes.credit_note,
    "templates": repeating.template,
    "estimates": quotes.quote,
}
CLIENT = "clients"


class Xero:
    """The connector."""

    name, label, version = "xero", "Xero", 1
    base, register_at = "https://api.xero.com", "https://developer.xero.com/app/manage"
    hosts = frozenset({"api.xero.com", "identity.xero.com"})
    budget = Budget(54, per_second=20, per_day=5_000, reserve=300)  # 60 a minute, 5 at once, 5,000 a day are allowed
    streams = STREAMS
    settings: ClassVar[dict[str, tuple[str, ...]]] = {
        tracking.REP: (),
        tracking.REP_FROM: (tracking.TRACKING, tracking.GROUP, tracking.NOBODY),
        quotes.ESTIMATES: (quotes.ACCEPTED, quotes.NONE),
        amounts.RATE: ("unconfirmed", amounts.FOREIGN_PER_BASE, amounts.BASE_PER_FOREIGN),
    }
    may_train = False  # its developer terms forbid it, as we read them

    def grant_at(self, base: str | None) -> Grant:
        """Code and proof; the app's secret where it has one."""
        to, tokens = (f"{base}/pretend/authorize", f"{base}/pretend/token") if base else (SIGN_IN, TOKENS)
        return Grant(to, tokens, SCOPES, has_pkce=True, refresh_days=REFRESH_DAYS)

    def headers(self, company: str) -> dict[str, str]:
        """Of whose books is asked."""
        return {TENANT: company} if company else {}

    def companies(self, http: Http) -> list[Company]:
        """The organisations that the user let us into; practices and other tenants have no such books."""
        found = http.get("/connections").json()
        return [_company(http, one) for one in found if one.get("tenantType") == ORGANISATION]

    def pull(self, http: Http, stream: Stream, position: Position, window: Window) -> Iterator[Page]:
        """The pages after the position."""
        return LISTS[stream.name].pages(http, position, window)

    def keys(self, http: Http, stream: Stream) -> Iterator[str] | None:
        """All keys of a list that has a short form."""
        return LISTS[stream.name].keys(http)

    def one(self, http: Http, stream: Stream, key: str) -> Record | None:
        """One record by its key."""
        return LISTS[stream.name].one(http, key)

    def touches(self, stream: str, payload: Payload) -> Iterable[tuple[str, str]]:
        """Contact and items of a document, template and credit notes of an invoice, the invoices of what settles."""
        if stream in contacts.SALES and payload.get("Type") not in SUPPLIERS:
            yield from ((CLIENT, key) for key in named([payload], "Contact", "ContactID"))
            yield from (("products", key) for key in named(payload.get("LineItems") or (), "", "ItemCode"))
        if stream == "invoices":
            yield from (("templates", key) for key in named([payload], "", "RepeatingInvoiceID"))
            yield from (("credit_notes", key) for key in named(payload.get("CreditNotes") or (), "", "CreditNoteID"))
        if stream == "payments":
            yield from (("invoices", key) for key in named([payload], "Invoice", "InvoiceID"))
        if stream in ("credit_notes", "overpayments", "prepayments"):
            yield from (("invoices", key) for key in named(payload.get("Allocations") or (), "Invoice", "InvoiceID"))

    def facts(self, stream: str, key: str, payload: Payload, context: Context) -> Mapped:
        """What the record becomes. Payments and products become nothing: they tell more of other records."""
        read = MAPS.get(stream)
        return read(key, payload, context) if read else Mapped()


SUPPLIERS = ("ACCPAY", "ACCPAYCREDIT")


def _company(http: Http, tenant: Mapping[str, str]) -> Company:
    key = str(tenant["tenantId"])
    told = http.get(f"{API}/Organisation", headers={TENANT: key}).json()["Organisations"][0]
    return Company(
        key, str(told.get("Name") or tenant.get("tenantName") or key), str(told.get("BaseCurrency") or ""),
        ZONES.get(str(told.get("Timezone")), ""), str(told.get("CountryCode") or ""),
    )  # fmt: skip


XERO = Xero()
