"""Make a workspace: a folder with its ledger and its key, and what every answer in it goes by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from cartera.app.workspace.place import create
from cartera.app.workspace.settings import known_language, known_zone

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book

INIT = "init"
ZONE_LINK, ZONES = Path("/etc/localtime"), "zoneinfo/"


def start(
    scope: Scope,
    folder: str,
    *,
    name: str | None = None,
    currency: str | None = None,
    time_zone: str | None = None,
    language: str = "en",
) -> Book:
    """A new, empty workspace. name: else the folder's; time_zone: else this computer's.

    CarteraError: a word that means nothing, a workspace that is there already, or a folder that cannot be written.
    """
    from cartera.sources.files.iso4217 import currency_code

    scope.require(INIT)
    money = currency_code(currency) if currency else ""
    zone = known_zone(time_zone, "--time-zone") if time_zone else _zone_here()
    return create(
        folder,
        (name or _called(folder)).strip(),
        currency=money,
        time_zone=zone,
        language=known_language(language, "--language"),
    )


def _called(folder: str) -> str:
    """What the folder, or the database, is called."""
    return Path(folder.partition("?")[0]).absolute().name or "workspace"


def _zone_here() -> str:
    """The time zone of this computer, UTC where it does not say."""
    try:
        found = str(ZONE_LINK.readlink()).partition(ZONES)[2]
    except OSError:
        found = ""
    return found if found in available_timezones() else "UTC"
