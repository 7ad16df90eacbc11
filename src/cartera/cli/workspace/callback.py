"""Where does the browser bring the answer? To a small server on this computer, which takes one address and ends."""

from __future__ import annotations

import webbrowser
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from cartera.errors import CarteraError

PATIENCE = 300.0  # seconds to sign in and allow
SILENCE = 5.0  # seconds that a connection may say nothing: browsers open some ahead and ask nothing on them
DONE = b"<!doctype html><meta charset=utf-8><title>Cartera</title><p>You can close this page and go back to Cartera."


def came_back(port: int, address: str) -> str:
    """The address to which the browser was sent, after `address` was opened. CarteraError: it never came."""
    found: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        """Keeps the address that was asked for."""

        timeout = SILENCE

        def do_GET(self) -> None:
            """Take the answer; anything else that a browser asks for is not there."""
            is_answer = "state=" in self.path
            if is_answer:
                found.append(self.path)
            self.send_response(200 if is_answer else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(DONE if is_answer else b"")

        def log_message(self, *_: Any) -> None:
            """Say nothing: the address holds a code."""

    try:
        server = HTTPServer(("127.0.0.1", port), Handler)
    except OSError as problem:
        raise CarteraError(
            f"port {port} of this computer cannot be used: {problem.strerror}.", fix="Close what listens there."
        ) from None
    with server:
        server.timeout = PATIENCE
        webbrowser.open(address)
        for _ in range(20):
            server.handle_request()
            if found:
                return f"http://localhost:{port}{found[0]}"
            if server.timeout <= 0:
                break
    raise CarteraError("nobody came back from the address.", fix="Try again, or name an address: --redirect URL.")
