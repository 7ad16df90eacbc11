"""How long does one answer take inside the server? python -m benchmarks.answering FOLDER says it as JSON."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

ROUNDS = 7
FRAGMENT = {"HX-Request": "true"}
EMPTY, LIST, QUERIES, WHAT_IF, SNAPSHOT, FILTER, DECISION = (
    "empty", "list", "queries", "whatif", "snapshot", "filter", "decision",
)  # fmt: skip


def main(folder: Path) -> None:
    """One line of JSON: what -> median milliseconds of wall clock and of processor, each answer asked for first."""
    from cartera.web.accounts import first
    from cartera.web.server import application
    from cartera.web.site import served

    with TemporaryDirectory() as static:
        application(str(folder), hosts=("testserver",), static=Path(static))
        if not first.has_owner(served()):
            first.own(served(), "owner@bench.example", "Owner", None)
        print(json.dumps({name: timed(work) for name, work in works().items()}), flush=True)


def works() -> dict[str, Callable[[int], object]]:
    """What -> how it is asked for the n-th time; no answer is one that was given before."""
    from cartera.app.scope import EVERYTHING
    from cartera.app.show import Ask, view_called
    from cartera.web.site import served

    site, browser = served(), signed_in()
    word, workspace = next(iter(site.workspaces().items()))
    desk = site.desk(workspace)
    today = desk.usual_day()[0]
    ids = desk.ask(EVERYTHING, view_called("clients"), Ask()).rows.column("client_id").to_pylist()

    def page(path: str) -> None:
        answer = browser.get(f"/{word}/{path}", headers=FRAGMENT if "rules" in path else {})
        assert answer.status_code == 200, path

    def ask(view: str, after: int) -> None:
        desk.ask(EVERYTHING, view_called(view), Ask(day=today + timedelta(days=after)))

    return {
        EMPTY: lambda _: browser.get("/account"),
        LIST: lambda n: page(f"clients?day={today + timedelta(days=1 + n)}"),
        QUERIES: lambda n: ask("clients", 100 + n),
        WHAT_IF: lambda n: page(f"rules?lifespan_days={390 - n}"),
        SNAPSHOT: lambda n: ask("segments", 100 + n),
        FILTER: lambda n: page(f"clients?q=c00000{n}"),
        DECISION: lambda n: decided(browser, word, ids[n]),
    }


def signed_in() -> Any:
    """The owner's browser."""
    from django.test import Client

    from cartera.ledger.models import User
    from cartera.web.site import served

    made = Client()
    made.force_login(User.objects.using(served().alias).get(email="owner@bench.example"))
    return made


def decided(browser: Any, word: str, client_id: str) -> None:
    """A note on a row of the list, from the sent form to the row and the toast."""
    address = f"/{word}/do/note?from=clients&client={client_id}"
    form = browser.get(address, headers=FRAGMENT).content.decode()
    told = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)}
    begun = Clock()
    answer = browser.post(address, told | {"text": "asked for a price"}, headers=FRAGMENT)
    begun.stop()
    assert answer.status_code == 200
    assert b"toast" in answer.content


class Clock:
    """Milliseconds of wall clock and of processor; what was stopped inside counts instead of the whole."""

    stopped: list[float] | None = None

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def stop(self) -> None:
        """Keep how long it has been."""
        Clock.stopped = self.now()

    def now(self) -> list[float]:
        """How long it has been."""
        return [1000 * (time.perf_counter() - self._wall), 1000 * (time.process_time() - self._cpu)]


def timed(work: Callable[[int], object]) -> list[float]:
    """The medians of some rounds, of which the first one counts for nothing: it loads libraries."""
    found = []
    for number in range(ROUNDS + 1):
        Clock.stopped, clock = None, Clock()
        work(number)
        found.append(Clock.stopped or clock.now())
    walls, cpus = zip(*found[1:], strict=True)
    return [median(walls), median(cpus)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
