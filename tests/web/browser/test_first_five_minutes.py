"""Does a newcomer come from an empty workspace to the list of clients, in a real browser, with a file of their own?"""

from __future__ import annotations

import csv
import random
import shutil
from datetime import date, timedelta
from threading import Thread
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60_000  # milliseconds, on a machine that does other things beside
CLIENTS, INVOICES = 40, 12


@pytest.fixture(scope="module")
def page():
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        made = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce").new_page()
        made.set_default_timeout(PATIENCE)
        yield made
        browser.close()


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The one-time address of an empty workspace that is served."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright leaves a loop running in this thread
    import waitress

    from cartera.app.scope import EVERYTHING
    from cartera.app.workspace.start import start
    from cartera.ledger.database import disconnect
    from cartera.web.server import application, opening

    book = start(EVERYTHING, str(tmp_path / "acme"), name="Acme", currency="EUR", time_zone="UTC")
    app = application(str(tmp_path / "acme"), hosts=("127.0.0.1",), static=tmp_path / "static")
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield opening(f"http://127.0.0.1:{server.effective_port}")
    server.close()
    thread.join(5)
    disconnect(book.alias)


@pytest.fixture
def invoices(tmp_path: Path) -> Path:
    """An export of forty clients, each with its own rhythm; the file's own words for its columns."""
    draw, path, today = random.Random(7), tmp_path / "export.csv", date.today()  # noqa: DTZ011
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Invoice No", "Customer", "Invoice Date", "Net Amount"])
        for client in range(CLIENTS):
            gap = draw.randint(14, 70)
            for place in range(INVOICES):
                day = today - timedelta(days=3 + client + gap * place)
                writer.writerow([f"{client:02}-{place:02}", f"Client {client:02}", day, draw.randint(100, 900)])
    return path


@pytest.mark.browser
def test_from_nothing_to_the_list_of_clients(page, address, invoices):
    faults = []
    page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda problem: faults.append(str(problem)))

    page.goto(address)
    page.fill("#email", "ana@acme.example")
    page.fill("#password", "correct horse battery")
    page.click("main button")
    page.wait_for_selector("text=Drop your invoice export here")

    page.set_input_files("#file", str(invoices))
    page.click("text=Show what it holds")
    page.wait_for_selector("h1:has-text('What we understood')")
    assert page.locator("text=40 new clients").count() > 0
    page.click("form.accept button")

    page.wait_for_url("**/data/imports/1*")
    assert page.locator("text=480 new invoices and credit notes, 40 new clients").count() == 1
    page.click("text=Next:")
    page.wait_for_selector("text=Keep the standard")
    page.click("main >> text=See the portfolio")
    page.wait_for_url("**/acme/portfolio*")
    page.click("nav >> text=Clients")
    page.wait_for_selector("text=Client 00")

    page.goto(page.url.partition("/acme/")[0] + "/acme/data/imports/1")
    page.click("text=Undo this import")
    page.wait_for_selector("text=Taken back.")
    assert faults == []
