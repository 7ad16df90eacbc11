"""Is every page shown in the documentation, with its question, and are the pictures small?"""

from __future__ import annotations

from tests.web.browser.screens import ALL, ON_A_PHONE, PAGE, SCREENS, screens, written


def test_every_page_is_shown():
    assert PAGE.read_text(encoding="utf-8") == written(), "run: python -m tests.web.browser.screens"
    assert {one.name for one in SCREENS.glob("*.png")} == {ON_A_PHONE, *(one.file for one in screens())}


def test_the_pictures_are_small():
    assert sum(one.stat().st_size for one in SCREENS.glob("*.png")) <= ALL
