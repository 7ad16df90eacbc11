"""A small system to prove the kit with: clients, invoices and payments of its own, served on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from cartera.sources.kit.contract import (
    Client,
    Company,
    Contact,
    Document,
    Line,
    Mapped,
    Page,
    Position,
    Record,
    Stream,
    Window,
)
from cartera.sources.kit.faults import Fault
from cartera.sources.kit.gate import AUTHORIZE, TOKEN, Gate
from cartera.sources.kit.http import Budget, Http
from cartera.sources.kit.oauth import Grant
from cartera.sources.kit.paging import by_key, by_link
from cartera.sources.kit.parsing import amount, day, elements, moment
from cartera.sources.kit.pretend import Call, Limit, Pretend

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
SIZE = 10
STREAMS = (
    Stream("clients"),
    Stream("invoices", is_dated=True, is_swept=True, volatile=("link",)),
    Stream("payments"),
)


@dataclass(frozen=True)
class Toy:
    """The connector. is_numbered: it pages by number, as nobody should. is_signed: users let it in, else a token."""

    size: int = SIZE
    is_numbered: bool = False
    is_signed: bool = False
    version: int = 1
    name: ClassVar[str] = "toy"
    label: ClassVar[str] = "Toy Books"
    base: ClassVar[str] = ""
    may_train: ClassVar[bool] = True
    hosts: ClassVar[frozenset[str]] = frozenset({"books.toy.example"})
    budget: ClassVar[Budget] = Budget(10_000, per_second=10_000)
    streams: ClassVar[tuple[Stream, ...]] = STREAMS
    settings: ClassVar[dict[str, tuple[str, ...]]] = {}

    def grant_at(self, base: str | None) -> Grant | None:
        return Grant(f"{base}{AUTHORIZE}", f"{base}{TOKEN}", ("books",), has_pkce=True) if self.is_signed else None

    def headers(self, company: str) -> dict[str, str]:
        return {"X-Company": company}

    def companies(self, _http: Http) -> list[Company]:
        return [Company("toy-1", "Toy Ltd", "EUR", "UTC")]

    def pull(self, http: Http, stream: Stream, position: Position, window: Window) -> Iterator[Page]:
        words = {"from": str(window.from_on or ""), "until": str(window.until_on or ""), "size": str(self.size)}
        if self.is_numbered:
            return self._by_number(http, stream, words)

        def ask(since: datetime | None, step: int) -> tuple[list[Record], int | None]:
            asked = words | {"since": since.isoformat() if since else "", "skip": str(step)}
            return _page(http.get(f"/{stream.name}", asked))[:2]

        def follow(link: str) -> tuple[list[Record], str, int | None]:
            since = {"since": position.updated_at.isoformat()} if position.updated_at else {}
            records, count, following = _page(http.get(link or f"/{stream.name}", None if link else words | since))
            return records, following, count

        return by_link(follow, position) if stream.name == "payments" else by_key(ask, position, self.size)

    def _by_number(self, http: Http, stream: Stream, words: dict[str, str]) -> Iterator[Page]:
        skip, count = 0, 1
        while skip < count:
            records, count, _ = _page(http.get(f"/{stream.name}", words | {"skip": str(skip)}))
            skip += self.size
            yield Page(tuple(records), Position(), count)

    def keys(self, http: Http, stream: Stream) -> Iterator[str] | None:
        return iter(http.get(f"/{stream.name}/keys").json()["keys"]) if stream.is_swept else None

    def one(self, http: Http, stream: Stream, key: str) -> Record | None:
        found = _page(http.get(f"/{stream.name}/one", {"id": key}))[0]
        return found[0] if found else None

    def touches(self, stream: str, payload: Any) -> Iterable[tuple[str, str]]:
        return [("invoices", str(payload["invoice"]))] if stream == "payments" else []

    def facts(self, stream: str, key: str, payload: Any, context: Any) -> Mapped:
        if stream == "clients":
            made = Client(payload["name"], created_on=day(payload["created"]), email=payload.get("email"))
            person = payload.get("person")
            return Mapped((made,), (Contact(person, key, email=payload.get("mail", "")),) if person else ())
        return Mapped() if stream == "payments" else Mapped(documents=(_document(stream, key, payload, context),))


def _document(stream: str, key: str, payload: Any, context: Any) -> Document:
    paid = [day(one["paid_on"]) for _, one in context.touching(stream, key, "payments")]
    return Document(
        date.fromisoformat(payload["date"]), amount(payload["net"]), "EUR", payload["client"],
        state="void" if payload.get("void") else "issued", paid_on=max(paid) if paid else None,
        number=payload["number"], lines=(Line(amount(payload["net"]), product="All"),),
    )  # fmt: skip


def _page(answer: Any) -> tuple[list[Record], int, str]:
    value = answer.json()
    rows = [
        Record(str(row["id"]), text, moment(row["updated"]), bool(row.get("deleted")))
        for text, row in elements(answer.text, ["items"])
    ]
    return rows, value["count"], value.get("next") or ""


@dataclass
class Books:
    """What the system holds, and the server that shows it. tick: seconds that pass with every request."""

    rows: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {one.name: {} for one in STREAMS})
    clock: datetime = BEGIN
    tick: float = 0.0
    hidden: set[str] = field(default_factory=set)  # keys that no list shows
    is_generous: bool = False  # a page beyond the end answers the last page

    def put(self, stream: str, key: str, **values: Any) -> None:
        """A row as of now; each edit is ten minutes later than the one before."""
        self.clock += timedelta(minutes=10)
        self.rows[stream][key] = (
            self.rows[stream].get(key, {}) | {"id": key, "updated": self.clock.isoformat()} | values
        )

    def now(self) -> datetime:
        self.clock += timedelta(seconds=self.tick)
        return self.clock

    def served(
        self, *, gate: Gate | None = None, limit: Limit | None = None, faults: tuple[Fault, ...] = ()
    ) -> Pretend:
        """The server of these books."""
        gate = gate or Gate(fixed=("canary-token",))
        routes: dict[str, Callable[[Call], Any]] = {
            "GET /{stream}": self.list, "GET /{stream}/keys": self.keys, "GET /{stream}/one": self.one,
        }  # fmt: skip
        return Pretend(gate.routes | routes, self.now, door=gate.door, limit=limit, times=("updated",), faults=faults)

    def list(self, call: Call) -> Any:
        stream, words = call.parts["stream"], dict(call.words)
        rows = [row for key, row in self.rows[stream].items() if key not in self.hidden]
        rows = [row for row in rows if (row["updated"] or "") >= words.get("since", "")]
        if stream == "invoices":
            rows = [row for row in rows if words.get("from", "") <= row["date"] <= (words.get("until") or "9999")]
        rows.sort(key=lambda row: (row["updated"] or "", row["id"]))
        skip, size = int(words.get("skip") or 0), int(words.get("size") or SIZE)
        if self.is_generous and skip >= len(rows):
            skip = max(len(rows) - size, 0)
        found: dict[str, Any] = {"count": len(rows), "items": rows[skip : skip + size]}
        if stream == "payments" and skip + size < len(rows):
            found["next"] = f"{call.base}/{stream}?{urlencode(words | {'skip': str(skip + size)})}"
        return found

    def keys(self, call: Call) -> Any:
        return {"keys": list(self.rows[call.parts["stream"]])}

    def one(self, call: Call) -> Any:
        found = self.rows[call.parts["stream"]].get(call.words["id"])
        return {"items": [found] if found else [], "count": 1}


def filled(clients: int = 8, invoices: int = 45, *, on: date = date(2026, 3, 1), payments: int = 0) -> Books:
    """Books with clients and invoices, one every twenty days back from a day, the newest ones paid."""
    books = Books()
    for one in range(clients):
        books.put("clients", f"c{one}", name=f"Client {one}", created="2020-01-01")
    for one in range(invoices):
        issued = on - timedelta(days=20 * (one % 200))
        net = Decimal(100 + one).scaleb(-1)
        books.put("invoices", f"i{one}", number=f"N{one}", client=f"c{one % clients}", date=str(issued), net=str(net))
    for one in range(payments):
        books.put("payments", f"p{one}", invoice=f"i{one}", paid_on="2026-03-20")
    return books


def asked(server: Pretend) -> list[str]:
    """Every request so far, as path and query."""
    return [urlsplit(one.path).path + "?" + urlencode(one.words) for one in server.asked]
