"""How does a test meet a page as a person does? A site in a process of its own, and browsers with people in them."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60_000  # milliseconds, on a machine that does other things beside
WIDE, PHONE = 1280, 390


@dataclass(frozen=True)
class Live:
    """A site that is served. word: of its one workspace. keys: person -> the cookie of a sign-in."""

    base: str
    word: str
    cookie: str
    keys: dict[str, str]

    def address(self, path: str) -> str:
        """Of a page of the workspace; from the root where the path begins there."""
        return self.base + (path if path.startswith("/") else f"/{self.word}/{path}")


@contextmanager
def served(folder: Path, *kind: str) -> Iterator[Live]:
    """The site of the folder, made where there is none, until the block ends."""
    command = [sys.executable, "-m", "tests.web.browser.serving", str(folder), *kind]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        assert line, "the server did not start"
        yield Live(**json.loads(line))
    finally:
        server.terminate()
        server.wait(10)


@dataclass
class Tab:
    """A browser's page in which somebody is signed in, and everything in it that no page of ours may do."""

    page: Any
    live: Live
    faults: list[str] = field(default_factory=list)
    requests: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda told: self.faults.append(f"{told.type}: {told.text}"))
        self.page.on("pageerror", lambda problem: self.faults.append(f"error: {problem}"))
        self.page.on("request", self._asked)

    def go(self, path: str, until: str = "networkidle") -> Any:
        """To a page of the workspace, with all that it loads by itself; the page, to go on with."""
        answer = self.page.goto(self.live.address(path), wait_until=until)
        assert answer.status == 200, f"{path}: {answer.status}"
        self.page.wait_for_load_state("load")  # a busy machine's network also rests before the scripts have run
        return self.page

    def path(self) -> str:
        """Where the tab is now, below the workspace, with what is asked."""
        whole = self.page.url.removeprefix(self.live.base)
        return whole.removeprefix(f"/{self.live.word}/")

    def text(self) -> str:
        """What the main part says."""
        return self.page.locator("main").inner_text()

    def _asked(self, request: Any) -> None:
        self.requests.append(request)
        if urlsplit(request.url).netloc != urlsplit(self.live.base).netloc and not request.url.startswith("data:"):
            self.faults.append(f"another host: {request.url}")


def shown(found: Any, text: str = "") -> Any:
    """Wait until the locator's element can be seen and has the text; the locator, to go on with."""
    from playwright.sync_api import expect

    expect(found).to_be_visible(timeout=PATIENCE)
    expect(found).to_contain_text(text, timeout=PATIENCE)
    return found


def context(chromium: Any, live: Live, who: str | None, **options: Any) -> Any:
    """A browser of its own with this person signed in; options as Playwright has them."""
    given = {"viewport": {"width": WIDE, "height": 900}, "reduced_motion": "reduce", "locale": "en-GB"} | options
    made = chromium.new_context(**given)
    if who is not None:
        made.add_cookies([{"name": live.cookie, "value": live.keys[who], "url": live.base}])
    return made
