"""By what does every answer of a workspace go? Currency, time zone, language, fiscal year, roll-up, policy."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.app.clock import now
from cartera.app.policies import STANDARD
from cartera.app.tongues import LANGUAGES
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.ledger.book import Book
    from cartera.ledger.models import Workspace

SETTINGS = "settings"
EARLIER = "earlier"  # what was in force before, kept with the workspace
POLICY, ROLL_UP = "policy", "roll_up"
YES, NO = "yes", "no"
MONTHS = ("january february march april may june july august september october november december").split()


@dataclass(frozen=True)
class Setting:
    """One setting. read: text -> the value to keep; CarteraError when it means nothing. meaning: for the list."""

    name: str
    meaning: str
    read: Callable[[str], Any]


def settings(scope: Scope, book: Book) -> list[tuple[str, str, str]]:
    """Name, value and meaning of every setting."""
    scope.require("show")
    held = book.workspace
    return [(one.name, _shown(held, one.name), one.meaning) for one in SHIPPED]


def set_setting(scope: Scope, book: Book, name: str, value: str, *, by: str) -> tuple[str, str]:
    """The value before and after. UnknownNameError: no such setting. CarteraError: the value means nothing."""
    scope.require(SETTINGS)
    known = {one.name: one for one in SHIPPED}
    if name not in known:
        raise UnknownNameError("setting", name, tuple(known))
    return keep_setting(book, name, known[name].read(value), by=by)


def keep_setting(book: Book, name: str, kept: Any, *, by: str) -> tuple[str, str]:
    """The value before and after, of a setting whose new value was read already."""
    from django.db import transaction

    from cartera.ledger import audit
    from cartera.ledger.entry import locked

    with transaction.atomic(using=book.alias):
        held = locked(book)
        before, at = _shown(held, name), now()
        held.settings = {**held.settings, EARLIER: [*earlier(held), [at.isoformat(), name, _kept(held, name)]]}
        _keep(held, name, kept)
        held.save(using=book.alias, update_fields=sorted({"settings", "settings" if name == ROLL_UP else name}))
        after = _shown(held, name)
        told = {"setting": name, "before": before, "after": after}
        audit.write(book, SETTINGS, at=at, by=by, value=json.dumps(told, sort_keys=True, ensure_ascii=False))
    return before, after


def as_of(held: Workspace, moment: datetime) -> Workspace:
    """The workspace with the settings that were in force at a moment; not to be saved."""
    found = copy(held)
    for at, name, value in reversed(earlier(held)):
        if datetime.fromisoformat(at) > moment:
            _keep(found, name, value)
    return found


def earlier(held: Workspace) -> list[list[Any]]:
    """Every change of a setting, the oldest first: its moment, the name, and what was in force until then."""
    return list(held.settings.get(EARLIER, []))


def _kept(held: Workspace, name: str) -> Any:
    return held.settings.get(ROLL_UP, True) if name == ROLL_UP else getattr(held, name)


def _keep(held: Workspace, name: str, value: Any) -> None:
    if name == ROLL_UP:
        held.settings = {**held.settings, ROLL_UP: value}
    else:
        setattr(held, name, value)


def workspace_policy(held: Workspace) -> Any:
    """The rules in force where nobody names others: the workspace's policy, with its fiscal year."""
    from cartera.app.policies import policy
    from cartera.portfolio.policy import read_policy

    written = held.policy.get("text")
    found = read_policy(written, held.policy["name"]) if written else policy(held.policy.get("name", STANDARD))
    month = int(held.fiscal_year_start[:2])
    return found if written and "fiscal_year_start" in written else replace(found, fiscal_year_start=month)


def _shown(held: Workspace, name: str) -> str:
    if name == POLICY:
        return str(held.policy.get("name", STANDARD))
    if name == ROLL_UP:
        return YES if held.settings.get(ROLL_UP, True) else NO
    return str(getattr(held, name))


def _currency(text: str) -> str:
    from cartera.sources.files.iso4217 import currency_code

    try:
        return currency_code(text)
    except CarteraError as problem:
        raise CarteraError(problem.what, where="currency", fix=problem.fix) from None


def known_zone(text: str, where: str = "time_zone") -> str:
    """A time zone as the IANA database names it. CarteraError: it names none, with the nearest."""
    from zoneinfo import available_timezones

    zones = available_timezones()
    if text in zones:
        return text
    near = get_close_matches(text, zones, n=1, cutoff=0.5)
    hint = say("Did you mean {name}?", name=near[0]) + " " if near else ""
    raise CarteraError(
        say("unknown time zone {text}.", text=repr(text)),
        where=where,
        fix=hint + say("Write one such as Europe/Lisbon or UTC."),
    )


def known_language(text: str, where: str = "") -> str:
    """One of the languages that Cartera speaks. UnknownNameError: it is another."""
    if text not in LANGUAGES:
        raise UnknownNameError("language", text, LANGUAGES, where=where)
    return text


def _month(text: str) -> str:
    """MM-01 of a month named by number, name or as 04-01."""
    found = re.fullmatch(r"0?(\d{1,2})(?:-0?1)?", text.strip(), re.ASCII)
    number = int(found[1]) if found else 0
    if not found:
        number = next((at for at, month in enumerate(MONTHS, 1) if month == text.strip().lower()), 0)
    if not 1 <= number <= len(MONTHS):
        raise CarteraError(
            say("{text} is no first day of a fiscal year.", text=repr(text)), where="fiscal_year_start",
            fix=say("A fiscal year begins with a month: 04-01, 4 or April."),
        )  # fmt: skip
    return f"{number:02}-01"


def _roll_up(text: str) -> bool:
    if text.lower() not in (YES, NO):
        raise UnknownNameError("answer", text, (YES, NO), where=ROLL_UP)
    return text.lower() == YES


def _policy(text: str) -> dict[str, str]:
    """The policy by name, or the text of its file: the workspace does not depend on where the file lies."""
    from cartera.app.policies import policy

    policy(text)
    if not text.lower().endswith(".toml"):
        return {"name": text}
    return {"name": Path(text).name, "text": Path(text).read_text(encoding="utf-8-sig")}


SHIPPED = (
    Setting("currency", "the currency in which sums are told", _currency),
    Setting("time_zone", "where a day begins and ends", known_zone),
    Setting("language", "of pages and mails", known_language),
    Setting("fiscal_year_start", "the first day of the fiscal year", _month),
    Setting(ROLL_UP, "whether children count as their top parent", _roll_up),
    Setting(POLICY, "the rules in force where a command names no others", _policy),
)
