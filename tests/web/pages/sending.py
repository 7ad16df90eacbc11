"""A browser that sends files and waits for what becomes of them, as a person does."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

if TYPE_CHECKING:
    from django.test import Client as Browser

PATIENCE = 60  # seconds


@dataclass
class Sender:
    """A signed-in browser on the data pages of Acme."""

    browser: Browser

    def get(self, path: str) -> Any:
        """A page."""
        return self.browser.get(path)

    def post(self, path: str, **fields: str) -> Any:
        """A form."""
        return self.browser.post(path, fields)

    def upload(self, name: str, content: bytes | str) -> str:
        """The address of the upload, once it was looked at."""
        data = content.encode() if isinstance(content, str) else content
        sent = self.browser.post("/acme/data/upload", {"file": SimpleUploadedFile(name, data)})
        assert sent.status_code == 302, sent.content.decode()
        self.settled(sent["Location"])
        return str(sent["Location"])

    def settled(self, address: str) -> str:
        """The page of the upload when nobody is at work on it any more; of the import when it is one by then."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            page = self.browser.get(address)
            if page.status_code == 302:
                return self.settled(page["Location"])
            html = page.content.decode()
            if "hx-trigger" not in main(html):
                return html
            time.sleep(0.05)
        raise AssertionError("it takes too long")

    def imported(self, address: str, **answers: str) -> str:
        """The page of the import that was ordered."""
        sent = self.post(f"{address}/import", **answers)
        assert sent.status_code == 302, sent.content.decode()
        return self.settled(address)


def main(html: str) -> str:
    """The page without its frame."""
    return html.partition("<main")[2].partition("</main>")[0]


def hidden(html: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None, name
    return found[1]
