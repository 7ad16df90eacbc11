"""A small system to prove the kit with: clients, invoices and payments of its own, served on this machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from cartera.sources.kit.contract import Client, Company, Document, Line, Mapped, Page, Position, Record, Stream, Window
from cartera.sources.kit.http import Budget, Http
from cartera.sources.kit.paging import by_key
from cartera.sources.kit.parsing import amount, day, elements, moment

SIZE = 10
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
STREAMS = (
    Stream("clients"),
    Stream("invoices", is_dated=True, is_swept=True, volatile=("link",)),
    Stream("payments"),
)


class Toy:
    """The connector."""

    name, label, base, register_at, version, may_train = "toy", "Toy Books", "", "", 1, True
    hosts = frozenset({"books.toy.example"})
    budget = Budget(10_000, per_second=10_000)
    streams = STREAMS
    settings: ClassVar[dict[str, tuple[str, ...]]] = {}

    def grant_at(self, _base: str | None) -> None:
        return None

    def headers(self, company: str) -> dict[str, str]:
        return {"X-Company": company}

    def companies(self, _http: Http) -> list[Company]:
        return [Company("toy-1", "Toy Ltd", "EUR", "UTC")]

    def pull(self, http: Http, stream: Stream, position: Position, window: Window) -> Iterator[Page]:
        def ask(since: datetime | None, step: int) -> tuple[list[Record], int | None]:
            words = {"since": since.isoformat() if since else "", "skip": str(step)}
            words |= {"from": str(window.from_on or ""), "until": str(window.until_on or "")}
            answer = http.get(f"/{stream.name}", words)
            found = [_record(text, value) for text, value in elements(answer.text, ["items"])]
            return found, answer.json()["count"]

        return by_key(ask, position, SIZE)

    def keys(self, http: Http, stream: Stream) -> Iterator[str] | None:
        return iter(http.get(f"/{stream.name}/keys").json()["keys"]) if stream.is_swept else None

    def one(self, http: Http, stream: Stream, key: str) -> Record | None:
        found = list(elements(http.get(f"/{stream.name}/one", {"id": key}).text, ["items"]))
        return _record(*found[0]) if found else None

    def touches(self, stream: str, payload: Any) -> Iterable[tuple[str, str]]:
        return [("invoices", str(payload["invoice"]))] if stream == "payments" else []

    def facts(self, stream: str, key: str, payload: Any, context: Any) -> Mapped:
        if stream == "clients":
            return Mapped(clients=(Client(payload["name"], created_on=day(payload["created"])),))
        if stream == "payments":
            return Mapped()
        paid = [day(one["paid_on"]) for _, one in context.touching(stream, key, "payments")]
        made = Document(
            date.fromisoformat(payload["date"]), amount(payload["net"]), "EUR", payload["client"],
            state="void" if payload.get("void") else "issued", paid_on=max(paid) if paid else None,
            number=payload["number"], lines=(Line(amount(payload["net"]), product="All"),),
        )  # fmt: skip
        return Mapped(documents=(made,))


def _record(text: str, value: Any) -> Record:
    return Record(str(value["id"]), text, moment(value["updated"]), bool(value.get("deleted")))


@dataclass
class Books:
    """What the system holds. asked: every request so far. fault: may answer instead (status, body), by request."""

    rows: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {one.name: {} for one in STREAMS})
    asked: list[str] = field(default_factory=list)
    fault: Callable[[int, str], tuple[int, str] | None] = lambda _count, _path: None
    clock: datetime = BEGIN

    def put(self, stream: str, key: str, **values: Any) -> None:
        """A row as of now; each edit is ten minutes later than the one before."""
        self.clock += timedelta(minutes=10)
        self.rows[stream][key] = (
            self.rows[stream].get(key, {}) | values | {"id": key, "updated": self.clock.isoformat()}
        )

    def answer(self, path: str, words: dict[str, str]) -> dict[str, Any]:
        stream, _, verb = path.strip("/").partition("/")
        rows = list(self.rows[stream].values())
        if verb == "keys":
            return {"keys": [row["id"] for row in rows]}
        if verb == "one":
            return {"items": [row for row in rows if row["id"] == words["id"]], "count": 1}
        rows = [row for row in rows if row["updated"] >= words.get("since", "")]
        if stream == "invoices":
            rows = [row for row in rows if words.get("from", "") <= row["date"] <= (words.get("until") or "9999")]
        rows.sort(key=lambda row: (row["updated"], row["id"]))
        skip = int(words.get("skip", 0))
        return {"count": len(rows), "items": rows[skip : skip + SIZE]}


def filled(clients: int = 8, invoices: int = 45, *, on: date = date(2026, 3, 1)) -> Books:
    """Books with clients and invoices, one every twenty days back from a day."""
    books = Books()
    for one in range(clients):
        books.put("clients", f"c{one}", name=f"Client {one}", created="2020-01-01")
    for one in range(invoices):
        issued = on - timedelta(days=20 * one)
        net = Decimal(100 + one).scaleb(-1)
        books.put("invoices", f"i{one}", number=f"N{one}", client=f"c{one % clients}", date=str(issued), net=str(net))
    return books


@contextmanager
def served(books: Books) -> Iterator[str]:
    """The address of the books."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            words = {name: values[0] for name, values in parse_qs(parts.query).items()}
            books.asked.append(f"{parts.path}?{urlencode(words)}")
            status, body = books.fault(len(books.asked), parts.path) or (
                200,
                json.dumps(books.answer(parts.path, words)),
            )
            self.send_response(status)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def date_time_string(self, _timestamp: float | None = None) -> str:
            return books.clock.strftime("%a, %d %b %Y %H:%M:%S GMT")

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
