"""A real browser (Debian's chromium) before a served sample company; skipped, saying why, where there is none."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.browser.live import Live, Tab, context, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests with a browser run apart: Playwright leaves a loop running in its thread, and Django minds."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The sample company, for tests that only read."""
    with served(tmp_path_factory.mktemp("browser") / "site") as found:
        yield found


@pytest.fixture
def own_live(tmp_path: Path) -> Iterator[Live]:
    """A sample company of the test's own, for tests that write."""
    with served(tmp_path / "site") as found:
        yield found


@pytest.fixture
def open_tab(chromium: Any) -> Iterator[Callable[..., Tab]]:
    """A tab of a browser of its own; in the end none of them may have complained or asked another host."""
    tabs: list[Tab] = []

    def opened(where: Live, who: str | None = "owner", **options: Any) -> Tab:
        tabs.append(Tab(context(chromium, where, who, **options).new_page(), where))
        return tabs[-1]

    yield opened
    for tab in tabs:
        tab.page.context.close()
    assert [fault for tab in tabs for fault in tab.faults] == []


@pytest.fixture
def tab(open_tab: Callable[..., Tab], live: Live) -> Tab:
    """The owner's tab, 1280 pixels wide."""
    return open_tab(live)
