"""Which pictures of the app stand in the documentation? One of every page, with the question that it answers.

python -m tests.web.browser.screens takes them anew into docs/screens and writes the page that shows them.
"""

from __future__ import annotations

import inspect
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from tests.web.browser.live import PHONE, ROOT, WIDE, Live, Tab, context, served
from tests.web.browser.pages import FILES, path

SCREENS = ROOT / "docs" / "screens"
PAGE = SCREENS / "README.md"
MOST, ALL, COLOURS = 65_000, 1_500_000, 64  # bytes of one picture, of all of them
UNDRAWN, TRIES = ".drawing[hx-get] > svg[aria-hidden]", 4  # a picture that a busy machine did not draw in time
PLAIN = 24  # colours that are kept as they are: those of which there is most
ON_A_PHONE = "app-phone.png"
HEAD = """# Every page of the app

Each page answers one question. These are pictures of the sample company that `cartera demo --serve` opens. `make shots`
takes them anew, and many more into `build/shots`: light and dark, on a screen and on a phone, of an owner and of a
sales rep, in two languages.
"""


@dataclass(frozen=True)
class Screen:
    """A page to be shown. place: where it is under a workspace. example: an address that has something to show."""

    name: str
    place: str
    example: str
    question: str

    @property
    def file(self) -> str:
        """The name of its picture."""
        return f"app-{self.name}.png"


def screens() -> list[Screen]:
    """Every page that answers a question of its own, in the order of the menu."""
    from cartera.web.routes import ROUTES

    found: dict[str, Screen] = {}
    for one in ROUTES:
        if "GET" in one.methods and one.name not in FILES and path(one):
            asked = question(one.view)
            found.setdefault(asked, Screen(one.name.replace("/", "-"), place(one), path(one), asked))
    return list(found.values())


def place(route: Any) -> str:
    """Where the page is, its parts in braces."""
    return re.sub(r"<\w+:(\w+)>", r"{\1}", route.path)


def question(view: Any) -> str:
    """What the page asks: the first words of the module that makes it."""
    module = inspect.getmodule(getattr(view, "func", view))
    told = " ".join((getattr(module, "__doc__", "") or "").split())
    return told[: told.rindex("?") + 1]


def written() -> str:
    """The page that shows them all."""
    shown = [
        f"## {one.question}\n\n`/{{workspace}}/{one.place}`\n\n![{one.question}]({one.file})\n" for one in screens()
    ]
    return "\n".join([HEAD, *shown, f"## And on a phone?\n\n![Whom to call today, on a phone]({ON_A_PHONE})\n"])


def take(browser: Any, live: Live) -> None:
    """All pictures anew, and the page."""
    SCREENS.mkdir(exist_ok=True)
    tab = Tab(context(browser, live, "owner", bypass_csp=True).new_page(), live)
    looks = [(one.file, one.example, WIDE) for one in screens()]
    for file, address, width in [*looks, (ON_A_PHONE, "today", PHONE)]:
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.go(address)
        for _ in range(TRIES):
            if tab.page.locator(UNDRAWN).count():
                tab.go(address)
        tab.page.screenshot(path=SCREENS / file, animations="disabled")
        small(SCREENS / file)
    tab.page.context.close()
    PAGE.write_text(written(), encoding="utf-8")


def small(path: Path) -> None:
    """The picture in few colours, and narrower where that is not enough."""
    whole = Image.open(path).convert("RGB")
    for share in (1, 0.8, 0.65, 0.5):
        size = (int(whole.width * share), int(whole.height * share))
        few(whole.resize(size, Image.Resampling.LANCZOS)).save(path, optimize=True)
        if path.stat().st_size <= MOST:
            return


def few(whole: Image.Image) -> Image.Image:
    """The picture in few colours, its paper and its ink as they are."""
    made = whole.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    most = sorted(whole.getcolors(whole.width * whole.height) or [], key=lambda pair: pair[0], reverse=True)[:PLAIN]
    colours, taken = made.getpalette() or [], set()
    for _, colour in most:
        place = Image.new("RGB", (1, 1), colour).quantize(palette=made).getpixel((0, 0))
        if place not in taken:
            taken.add(place)
            colours[3 * place : 3 * place + 3] = colour
    made.putpalette(colours)
    return made


def main() -> None:
    """Serve the sample company and take them."""
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as place, served(Path(place) / "site") as live, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        take(browser, live)
        browser.close()


if __name__ == "__main__":
    main()
