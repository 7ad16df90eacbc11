"""How does an answer reach the caller? As it is: whole, byte by byte, half, late, or not at all."""

from __future__ import annotations

import os
import struct
import time
from datetime import datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from socket import SO_LINGER, SOL_SOCKET
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from cartera.sources.kit.replies import Call, Reply


class Answering(Protocol):
    """Who answers."""

    base: str
    is_ending: bool

    def now(self) -> datetime:
        """The server's clock."""

    def answer(self, call: Call) -> Reply:
        """What is sent back."""


class Handler(BaseHTTPRequestHandler):
    """One line to one caller."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # headers and body leave together; apart, the second waits for the first to be acknowledged
    server_version, sys_version = "pretend", ""

    def do_GET(self) -> None:
        """An answer to a question."""
        self._send(self._pretend.answer(self._call()))

    def do_POST(self) -> None:
        """An answer to a form."""
        self._send(self._pretend.answer(self._call()))

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    @property
    def _pretend(self) -> Answering:
        found: Answering = self.server.pretend  # type: ignore[attr-defined]
        return found

    def _call(self) -> Call:
        parts, length = urlsplit(self.path), int(self.headers.get("Content-Length") or 0)
        form = self.rfile.read(length).decode() if length else ""
        return Call(
            self.command, parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()}, dict(parse_qsl(form)), self._pretend.now(),
            self._pretend.base,
        )  # fmt: skip

    def _send(self, reply: Reply) -> None:
        if reply.is_reset:
            self._cut()
            return
        self._wait(reply.late)
        body = reply.body.encode()
        self.send_response_only(reply.status)
        told = {"Content-Type": "application/json", **reply.headers, "Content-Length": str(len(body))}
        at = self._pretend.now() + timedelta(seconds=reply.clock)
        for name, value in {**told, "Date": format_datetime(at, usegmt=True)}.items():
            self.send_header(name, value)
        self.end_headers()
        self._body(body, reply)

    def _body(self, body: bytes, reply: Reply) -> None:
        if reply.drip:
            for place in range(len(body)):
                self.wfile.write(body[place : place + 1])
                self.wfile.flush()
                self._wait(reply.drip)
        else:
            self.wfile.write(body[: int(len(body) * reply.sent)])
        self.close_connection = self.close_connection or reply.sent < 1

    def _wait(self, seconds: float) -> None:
        ends = time.monotonic() + seconds
        while seconds and not self._pretend.is_ending and (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, 0.05))

    def _cut(self) -> None:
        """The line ends without a word, as if somebody had pulled it."""
        self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        os.close(self.connection.detach())
        self.close_connection = True
