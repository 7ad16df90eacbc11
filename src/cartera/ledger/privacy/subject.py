"""Whom is it about? The ids under which a person stands, the words that give them away, and the pseudonym."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cartera.ledger.audit import keyed
from cartera.ledger.book import Book
from cartera.ledger.fields import NAME, REACH
from cartera.ledger.models import Client, Contact, Erasure, Source
from cartera.ledger.privacy.tags import personal

PREFIX, DIGITS = "erased-", 16
SHORTEST = 4  # letters: a shorter word stands in many texts that are not about this person
SEPARATOR = "\x1f"
CLIENT_IDS = ("client_id", "to_id", "subject")
STREET, MORE = "street", "more"
CLIENTS, PART = "clients", "#"  # the stream of clients in connected systems; what tells parts of a record apart


@dataclass(frozen=True)
class Subject:
    """A client, or a contact at one. ids: client ids that are theirs, none for a contact. tokens: ids and keys -> mask.

    words: what gives the person away in a text, the longest first. contacts: primary keys of their contact rows.
    keys: source and key of their records in connected systems -> mask.
    """

    book: Book
    ids: tuple[str, ...]
    tokens: dict[str, str]
    words: tuple[str, ...]
    contacts: tuple[int, ...] = ()
    keys: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def mask(self) -> str:
        """The pseudonym under which the person's facts stand from now on."""
        return next(iter(self.tokens.values()))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        whole = "|".join(map(re.escape, self.words))
        return re.compile(rf"(?<!\w)(?:{whole})(?!\w)" if whole else r"(?!)", re.IGNORECASE)

    def mentions(self, text: str) -> bool:
        """Whether the text gives the person away."""
        return self._pattern.search(text) is not None

    def cleaned(self, text: str) -> str:
        """The text with the pseudonym in the place of every word that gives the person away."""
        return self._pattern.sub(self.mask, text)

    def renamed(self, client: str) -> str:
        """The id or key of a client, which may be as short as 1, as it is from now on."""
        return self.tokens.get(folded(client)) or self.cleaned(client)

    def cleaned_json(self, value: Any, *, is_client: bool = False) -> Any:
        """The same of every text in a JSON value, names of members included. is_client: it is the id of a client."""
        if isinstance(value, str):
            return self.renamed(value) if is_client else self.cleaned(value)
        if isinstance(value, list):
            return [self.cleaned_json(one, is_client=is_client) for one in value]
        if isinstance(value, dict):
            return {
                self.cleaned(name): self.cleaned_json(one, is_client=name in CLIENT_IDS) for name, one in value.items()
            }
        return value


def client_subject(book: Book, ids: Iterable[str]) -> Subject:
    """The client with these ids, and the people at it."""
    own = tuple(sorted(set(ids)))
    rows = list(versions(book, Client).filter(client_id__in=own))
    people = list(versions(book, Contact).filter(client_id__in=own))
    tokens: dict[str, str] = {}
    records: dict[tuple[str, str], str] = {}
    connected = _connected(book)
    for client_id in own:
        mine = [row for row in rows if row.client_id == client_id]
        keys = [row.key for row in mine if row.source not in connected]
        made = mask(book, keys[0] if keys else client_id)
        tokens |= {folded(one): made for one in (client_id, *keys)}
        records |= {(row.source, record_of(row.key)): made for row in mine if row.source in connected}
    tags = [name for name, tag in personal(Client).items() if (tag in (NAME, REACH) or name == STREET) and name != MORE]
    said = [getattr(row, name) for row in rows for name in tags]
    ids = [one for one in (*own, *(row.key for row in rows)) if not one.isdigit()]
    return Subject(book, own, tokens, telling([*said, *ids, *_said(people)]), keys=records)


def record_of(key: str) -> str:
    """The key of a source's record of a fact's key."""
    return key.partition(PART)[0].replace("%23", PART).replace("%25", "%")


def _connected(book: Book) -> frozenset[str]:
    """The words of the connected systems: their keys are too short to be anybody's name."""
    rows = Source.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    return frozenset(rows.values_list("name", flat=True))


def contact_subject(book: Book, found: Any) -> Subject:
    """One contact of a client: every version of it."""
    rows = list(versions(book, Contact).filter(key=found.key))
    names = {name for row in rows for name in (contact_name(row.client_id, row.name), row.email) if name}
    tokens = {folded(name): mask(book, name) for name in sorted(names)}
    return Subject(book, (), tokens, telling(_said(rows)), tuple(row.pk for row in rows))


def contact_name(client_id: str, name: str) -> str:
    """Under which a contact is remembered as erased: their name at this client."""
    return f"{client_id}{SEPARATOR}{name}"


def is_contact(book: Book, row: Any, known: frozenset[str]) -> bool:
    """Whether a contact is one of those who were erased: by name at this client, or by mail address anywhere."""
    names = (contact_name(row.client_id, row.name), row.email)
    return bool(known) and any(mask(book, name) in known for name in names if name)


def mask(book: Book, text: str) -> str:
    """The pseudonym of an id or a name; only the holder of the workspace's key can make it."""
    return PREFIX + keyed(book, folded(text))[:DIGITS]


def masks(book: Book) -> frozenset[str]:
    """The pseudonyms of everybody who was erased."""
    rows = Erasure.objects.using(book.alias).filter(workspace_id=book.workspace_id)
    return frozenset(rows.values_list("mask", flat=True))


def folded(text: str) -> str:
    """Neither case nor inner blanks tell two spellings of an id apart."""
    return " ".join(text.split()).casefold() if text else ""


def versions(book: Book, model: Any) -> Any:
    """Every version of a fact that there ever was."""
    return model._default_manager.using(book.alias).filter(workspace_id=book.workspace_id)


def _said(people: Iterable[Any]) -> list[str]:
    return [getattr(row, name) for row in people for name in personal(Contact)]


def telling(words: Iterable[str | None]) -> tuple[str, ...]:
    """Words long enough to be this person's; a number alone needs more digits than a house or a year has."""
    kept = {word.strip() for word in words if word and len(word.strip()) >= SHORTEST}
    kept = {word for word in kept if not word.isdigit() or len(word) > SHORTEST + 1}
    return tuple(sorted(kept, key=lambda word: (-len(word), word)))
