"""Which client does a person mean? By id, by name, or by the beginning of the name."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from cartera.errors import SOURCE, CarteraError, nearest, suggested
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.facts.tables import Facts

MOST_OFFERED = 5


def client_called(facts: Facts, text: str) -> str:
    """The client_id of the one client with this id or name; an error with the nearest names, or with all that fit."""
    known = everybody(facts)
    if text in known:
        return text
    fits = fitting(known, text.strip().casefold())
    if len(fits) == 1:
        return fits[0]
    if fits:
        some = ", ".join(f"{known[one]} ({one})" for one in fits[:MOST_OFFERED])
        raise CarteraError(
            say("{count} clients fit {text}.", count=len(fits), text=repr(text)),
            fix=say("Give the id: {ids}.", ids=some),
        )
    raise CarteraError(say("there is no client {text}.", text=repr(text)), fix=hint(known, text))


def everybody(facts: Facts) -> dict[str, str]:
    """client_id -> name (the id where there is none) of every client, also of those known by invoices alone."""
    named: list[dict[str, Any]] = facts.room.rows(facts.clients.select("client_id", "name"))
    invoiced = facts.room.rows(facts.invoices.select("client_id").unique())
    names = {row["client_id"]: row["client_id"] for row in invoiced if row["client_id"] is not None}
    return names | {row["client_id"]: row["name"] or row["client_id"] for row in named}


def fitting(known: dict[str, str], wanted: str) -> list[str]:
    """The ids of the clients called so, else so without accents, else of those whose name begins so."""
    exact = [one for one, name in known.items() if wanted in (name.casefold(), one.casefold())]
    exact = exact or [one for one, name in known.items() if folded(wanted) in (folded(name), folded(one))]
    return sorted(exact or [one for one, name in known.items() if wanted and name.casefold().startswith(wanted)])


def folded(text: str) -> str:
    """The text without accents and case, as somebody types it who lacks the keys."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def hint(known: dict[str, str], text: str) -> str:
    """The client with the most similar name or id."""
    words = {name: one for one, name in known.items()} | {one: one for one in known}
    near = nearest(text, list(words))
    if near is None:
        return say("List them with: {command}.", command=suggested("show", "clients", SOURCE))
    return say("Did you mean {name} ({client_id})?", name=repr(known[words[near]]), client_id=words[near])
