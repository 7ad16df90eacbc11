"""Does a newcomer come from an empty workspace to the list of clients, in a real browser, with a file of their own?"""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from tests.web.browser.live import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLIENTS, INVOICES = 40, 12


def violations(page: Any) -> list[str]:
    """What axe has to say about the page."""
    from axe_playwright_python.sync_playwright import Axe

    answer = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in answer["violations"]]


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A tab of a browser in which nobody is signed in."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    made = context.new_page()
    made.set_default_timeout(PATIENCE)
    yield made
    context.close()


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


def test_from_nothing_to_the_list_of_clients(page, address, invoices):
    faults = []
    page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda problem: faults.append(str(problem)))

    page.goto(address)
    page.fill("#email", "ana@acme.example")
    page.fill("#password", "correct horse battery")
    page.click("main button")
    page.wait_for_selector("text=Drop your invoice export here")
    assert violations(page) == []

    page.set_input_files("#file", str(invoices))
    page.click("text=Show what it holds")
    page.wait_for_selector("h1:has-text('What we understood')")
    assert page.locator("text=40 new clients").count() > 0
    assert violations(page) == []
    page.click("form.accept button")

    page.wait_for_url("**/data/imports/1*")
    assert page.locator("text=480 new invoices and credit notes, 40 new clients").count() == 1
    page.click("text=Next:")
    page.wait_for_selector("text=Keep the standard")
    assert violations(page) == []
    page.click("main >> text=See the portfolio")
    page.wait_for_url("**/acme/portfolio*")
    page.click("nav >> text=Clients")
    page.wait_for_selector("text=Client 00")

    page.goto(page.url.partition("/acme/")[0] + "/acme/data/imports/1")
    page.click("text=Undo this import")
    page.wait_for_selector("text=Taken back.")
    assert faults == []


UNCLEAR = "Invoice,Customer,Date,Amount\nB1,Bolt,02/03/2026,10\nB2,Orion,04/05/2026,20\n"
REFUSED = "Invoice,Customer,Date,Amount\nC1,Bolt,2026-03-31,10\nC2,Orion,2026-02-30,20\n"


def test_what_is_asked_and_refused_is_for_everybody(page, address, tmp_path):
    page.goto(address)
    page.fill("#email", "ana@acme.example")
    page.fill("#password", "correct horse battery")
    page.click("main button")
    page.set_viewport_size({"width": 390, "height": 800})
    for content, heading in ((UNCLEAR, "One thing must be said first"), (REFUSED, "What we understood")):
        file = tmp_path / "file.csv"
        file.write_text(content)
        page.goto(page.url.partition("/acme/")[0] + "/acme/data")
        page.set_input_files("#file", str(file))
        page.click("text=Show what it holds")
        page.wait_for_selector(f"h1:has-text('{heading}')")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("form.accept button")
    page.wait_for_selector("text=Answer this first.")
    assert violations(page) == []
