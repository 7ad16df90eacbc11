"""Where does a page stand? Addresses that keep the day and the scope of the page they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from cartera.web.door import Visit
    from cartera.web.query import Asked


class Linker:
    """Addresses of pages that keep the day and the scope of this one; for templates, by the page's path."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def __getitem__(self, path: str) -> str:
        return address(self.visit, path)


def address(visit: Visit, path: str | None = None, *, asked: Asked | None = None) -> str:
    """The address of a page, this one by default, with its day and scope, or with what is asked there."""
    end = visit.asked.onward if asked is None and path is not None else (asked or visit.asked).text()
    return f"/{visit.word}/{quote(visit.route if path is None else path, safe='/')}{end}"
