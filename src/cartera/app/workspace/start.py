"""Make a workspace: a folder with its ledger and its key, and what every answer in it goes by."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from cartera.app.workspace.place import create
from cartera.errors import CarteraError

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
    zone = _zone(time_zone) if time_zone else _zone_here()
    return create(
        folder, (name or _called(folder)).strip(), currency=money, time_zone=zone, language=_language(language)
    )


def _called(folder: str) -> str:
    """What the folder, or the database, is called."""
    return Path(folder.partition("?")[0]).absolute().name or "workspace"


def _zone(text: str) -> str:
    if text in available_timezones():
        return ZoneInfo(text).key
    near = get_close_matches(text, available_timezones(), n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise CarteraError(f"unknown time zone {text!r}.", where="--time-zone", fix=f"{hint}For example Europe/Brussels.")


def _zone_here() -> str:
    """The time zone of this computer, UTC where it does not say."""
    try:
        found = str(ZONE_LINK.readlink()).partition(ZONES)[2]
    except OSError:
        found = ""
    return found if found in available_timezones() else "UTC"


def _language(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", text):
        raise CarteraError(f"{text!r} is no language.", where="--language", fix="Write two letters: en, fr, nl.")
    return text
