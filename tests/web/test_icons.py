"""Is every icon that a page shows in the file of icons, and no other?"""

from __future__ import annotations

import re
from pathlib import Path

import cartera.web
from cartera.web import acts, icons
from cartera.web.menu import MENU

WEB = Path(cartera.web.__file__).parent


def used() -> set[str]:
    found = set(icons.SEGMENTS.values()) | {one.icon for one in MENU} | {"circle"}
    found |= {one.icon for one in vars(acts).values() if isinstance(one, acts.Offer)}
    for page in WEB.rglob("*.html"):
        found |= set(re.findall(r'{% icon "([a-z0-9-]+)"', page.read_text()))
    return found


def test_the_file_holds_what_pages_show_and_nothing_else():
    assert used() == set(icons.NAMES)


def test_it_is_small():
    assert len(icons.sheet()) < 20_000
