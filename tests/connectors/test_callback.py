"""Does the answer arrive that a browser brings, whatever else the browser opens before?"""

from __future__ import annotations

import contextlib
import socket
import threading
import urllib.request
import webbrowser

from cartera.cli.workspace import callback


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_a_connection_that_says_nothing_keeps_nobody_waiting(monkeypatch):
    monkeypatch.setattr(callback, "SILENCE", 0.1)
    monkeypatch.setattr(callback, "PATIENCE", 0.1)
    port, told = free_port(), []

    def answer(silent):
        with silent, contextlib.suppress(OSError), urllib.request.urlopen(f"{at}?code=7&state=s", timeout=2) as page:
            told.append(page.status)

    at = f"http://127.0.0.1:{port}/callback"
    threads = []

    def opened(_address):
        silent = socket.create_connection(("127.0.0.1", port))
        threads.append(threading.Thread(target=answer, args=(silent,)))
        threads[0].start()

    monkeypatch.setattr(webbrowser, "open", opened)
    assert callback.came_back(port, "http://books.example/") == f"http://localhost:{port}/callback?code=7&state=s"
    threads[0].join()
    assert told == [200], "it waited for the one that says nothing"
