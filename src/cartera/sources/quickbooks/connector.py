"""The connector of QuickBooks Online: its lists, how they are read, and which map each record goes through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from cartera.sources.kit.contract import Company, Context, Mapped, Page, Payload, Position, Record, Stream, Window
from cartera.sources.kit.gate import AUTHORIZE, TOKEN
from cartera.sources.kit.http import Budget, Http
from cartera.sources.kit.oauth import Grant
from cartera.sources.quickbooks import asking
from cartera.sources.quickbooks.clients import client
from cartera.sources.quickbooks.credits import INVOICE, MEMO, paid
from cartera.sources.quickbooks.documents import CREDITS, INVOICES, PAYMENTS, RECEIPTS, REFUNDS, document
from cartera.sources.quickbooks.estimates import ESTIMATE, estimate
from cartera.sources.quickbooks.fields import links, ref, words
from cartera.sources.quickbooks.lines import items
from cartera.sources.quickbooks.templates import inside, template

CLIENTS, PRODUCTS, ESTIMATES, TEMPLATES, CHANGES = "clients", "products", "estimates", "templates", "changes"
# Balances move with every document, and a client is none the other for it.
MOVING = ("SyncToken", "LastUpdatedTime", "Balance", "BalanceWithJobs")
STREAMS = (
    Stream(CHANGES),
    Stream(CLIENTS, is_swept=True, volatile=MOVING),
    Stream(PRODUCTS, is_swept=True, is_looked_up=True),
    Stream(INVOICES, is_dated=True, is_swept=True),
    Stream(RECEIPTS, is_dated=True, is_swept=True),
    Stream(CREDITS, is_dated=True, is_swept=True),
    Stream(REFUNDS, is_dated=True, is_swept=True),
    Stream(PAYMENTS, is_dated=True, is_swept=True),
    Stream(ESTIMATES, is_dated=True, is_swept=True),
    Stream(TEMPLATES, is_whole=True, is_daily=True),
)
GRANT = Grant(
    authorize="https://appcenter.intuit.com/connect/oauth2",
    token="https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer",  # noqa: S106 - an address
    scopes=("com.intuit.quickbooks.accounting",),
    is_local=False,  # apps in production send people to https addresses only
    company="realmId",
    refresh_days=100,
)
ADDRESS = "/v3/company/{company}"
LIVE, SANDBOX = "quickbooks.api.intuit.com", "sandbox-quickbooks.api.intuit.com"
BUDGET = Budget(450, per_second=8, busy=60.0)  # below 500 a minute and 10 a second; a refusal lasts a minute
DOCUMENTS = (INVOICES, RECEIPTS, CREDITS, REFUNDS)


@dataclass(frozen=True)
class QuickBooks:
    """One of Intuit's two services: that of companies, or that of developers' sandboxes. size: records of a page."""

    name: str = "quickbooks"
    label: str = "QuickBooks Online"
    host: str = LIVE
    register_at: str = "https://developer.intuit.com/app/developer/dashboard"
    version: int = 1
    budget: Budget = BUDGET
    streams: tuple[Stream, ...] = STREAMS
    settings: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: {"rep": (), "estimates": ("accepted", "none")}
    )
    may_train: bool = True
    size: int = 1000

    @property
    def base(self) -> str:
        """Where requests about a company begin."""
        return f"https://{self.host}{ADDRESS}"

    @property
    def hosts(self) -> frozenset[str]:
        """The service, and where its tokens are given."""
        return frozenset({self.host, str(urlsplit(GRANT.token).hostname)})

    def grant_at(self, base: str | None) -> Grant:
        """Intuit's sign-in; of a server on this machine, its own."""
        if base is None:
            return replace(GRANT, is_local=self.host == SANDBOX)  # apps in development may send people to this machine
        root = "{0.scheme}://{0.netloc}".format(urlsplit(base))
        return replace(GRANT, authorize=f"{root}{AUTHORIZE}", token=f"{root}{TOKEN}")

    def headers(self, _company: str) -> dict[str, str]:
        """Nothing: the company stands in the address."""
        return {}

    def companies(self, http: Http) -> list[Company]:
        """The one company that the sign-in named, whose key stands at the end of the base."""
        info = asking.query(http, "SELECT * FROM CompanyInfo").json()["QueryResponse"]["CompanyInfo"][0]
        wishes = asking.query(http, "SELECT * FROM Preferences").json()["QueryResponse"].get("Preferences") or [{}]
        money = wishes[0].get("CurrencyPrefs") or {}
        key = urlsplit(http.base).path.rpartition("/")[2]
        currency = ref(money, "HomeCurrency") or ""
        return [Company(key, words(info, "CompanyName") or key, currency, country=words(info, "Country") or "")]

    def pull(self, http: Http, stream: Stream, position: Position, window: Window) -> Iterator[Page]:
        """The pages of a list; deletions of all lists are told by the first."""
        if stream.name == CHANGES:
            return asking.changes(http, position)
        if stream.is_whole:
            return asking.whole(http, stream.name, self.size)
        return asking.pages(http, stream.name, position, window, self.size)

    def keys(self, http: Http, stream: Stream) -> Iterator[str] | None:
        """The keys of all that is there."""
        return None if stream.name == CHANGES else asking.keys(http, stream.name, self.size)

    def one(self, http: Http, stream: Stream, key: str) -> Record | None:
        """The record as it is now, None when it is gone."""
        return asking.one(http, stream.name, key)

    def touches(self, stream: str, payload: Payload) -> Iterable[tuple[str, str]]:
        """A payment touches what it settles; a document what it sells, its client, what it was made from."""
        if stream == PAYMENTS:
            settled = {INVOICE: INVOICES, MEMO: CREDITS}
            return [(settled[kind], key) for kind, key, _ in paid(payload)]
        if stream not in (*DOCUMENTS, ESTIMATES, TEMPLATES):
            return []
        body = inside(payload)[1] if stream == TEMPLATES else payload
        sells = [(PRODUCTS, key) for key in items(body)]
        return [*sells, *_made_from(body)] if stream in (INVOICES, RECEIPTS) else sells

    def facts(self, stream: str, key: str, payload: Payload, context: Context) -> Mapped:
        """What the record becomes."""
        maps = {CLIENTS: client, ESTIMATES: estimate, TEMPLATES: template}
        if stream in DOCUMENTS:
            return document(stream, key, payload, context)
        return maps[stream](key, payload, context) if stream in maps else Mapped()


def _made_from(payload: Payload) -> Iterator[tuple[str, str]]:
    """The client, whose templates look for what they made; the template and the estimates that it names."""
    for other, key in ((CLIENTS, ref(payload, "CustomerRef")), (TEMPLATES, ref(payload, "RecurDataRef"))):
        if key:
            yield other, key
    yield from ((ESTIMATES, key) for key in links(payload, ESTIMATE))


QUICKBOOKS = QuickBooks()
TRIAL = QuickBooks(name="quickbooks-sandbox", label="QuickBooks Online (sandbox)", host=SANDBOX)
