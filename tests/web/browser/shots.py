"""What does it look like? Pictures of every page in build/shots, a sheet of them per theme, small ones in docs/screens.

python -m tests.web.browser.shots [PAGE ...]
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from tests.web.browser.live import PHONE, ROOT, WIDE, Live, Tab, context, served
from tests.web.browser.pages import STATES, menu, named
from tests.web.browser.screens import take

SHOTS = ROOT / "build" / "shots"
PEOPLE = ("owner", "rep")
LANGUAGES = ("en", "pt-BR")
MORE = ("clients/C001", "find?q=a", "data/imports/1", "settings/people", "settings/keys", "do/plan?client=C001")
OWNERS_ONLY = ("data", "settings/people")
STILL = ".bottom, .side, thead th, tfoot > * { position: static !important }"  # a picture of a whole page has no bottom
LOOKS = [("light", WIDE), ("dark", WIDE), ("light", PHONE), ("dark", PHONE)]


def main(asked: list[str]) -> None:
    """Take them all, or those of some pages."""
    from playwright.sync_api import sync_playwright

    SHOTS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place, served(Path(place) / "site") as live, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for who in PEOPLE:
            for language in LANGUAGES:
                taken(browser, live, who, language, asked or [*menu(), *STATES, *MORE])
        if not asked:
            take(browser, live)
        browser.close()
    for theme in ("light", "dark"):
        sheet(theme)


def taken(browser: Any, live: Live, who: str, language: str, addresses: list[str]) -> None:
    """Every page as one person sees it in one language, in every look."""
    tab = Tab(context(browser, live, who, locale=language, bypass_csp=True).new_page(), live)
    for address in addresses:
        if who != "owner" and address.startswith(OWNERS_ONLY):
            continue
        tab.go(address)
        for theme, width in LOOKS:
            look(tab.page, theme, width)
            path = SHOTS / f"{named(address)}-{theme}-{width}-{who}-{language}.png"
            tab.page.screenshot(path=path, full_page=True, animations="disabled", style=STILL)
        print(address, who, language, *tab.faults)
    tab.page.context.close()


def look(page: Any, theme: str, width: int) -> None:
    """Turn to a theme and a width."""
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})


def sheet(theme: str) -> None:
    """All pictures of a theme beside each other, small, as build/shots/sheet-THEME.png."""
    paths = sorted(one for one in SHOTS.glob(f"*-{theme}-*.png") if not one.name.startswith("sheet-"))
    tiles = [tile(one) for one in paths]
    columns, wide, tall = 8, 240, 320
    whole = Image.new("RGB", (columns * wide, -(-len(tiles) // columns) * tall), "grey")
    for place, one in enumerate(tiles):
        whole.paste(one, (place % columns * wide + 4, place // columns * tall + 4))
    whole.save(SHOTS / f"sheet-{theme}.png")


def tile(path: Path) -> Image.Image:
    """The top of a picture, small."""
    whole = Image.open(path).convert("RGB")
    width = 232 if whole.width > PHONE else 150
    small_one = whole.resize((width, whole.height * width // whole.width))
    return small_one.crop((0, 0, width, min(small_one.height, 312)))


if __name__ == "__main__":
    main(sys.argv[1:])
