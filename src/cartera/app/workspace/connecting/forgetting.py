"""Does a source bring back somebody who was erased? What it says of them stays out; amounts and days stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cartera.ledger.book import Book
    from cartera.ledger.landing.pages import Fact, Result
    from cartera.ledger.landing.raw import Arrived, Name

CLIENTS = "clients"  # the stream of clients, in every connector


@dataclass(frozen=True)
class Forgotten:
    """Who of a source was erased. source: the word under which its facts stand."""

    book: Book
    source: str

    @cached_property
    def known(self) -> frozenset[str]:
        """The pseudonyms of everybody who was erased."""
        from cartera.ledger.privacy.subject import masks

        return masks(self.book)

    def mask_of(self, key: str) -> str | None:
        """The pseudonym of a client of the source, by its key there; None for one who was not erased."""
        from cartera.ledger.privacy.subject import mask

        if not self.known or key in self.known:
            return key if self.known else None
        found = mask(self.book, f"{self.source}:{key}")
        return found if found in self.known else None

    def key(self, stream: str, key: str) -> str:
        """Under which a record is kept."""
        return (self.mask_of(key) or key) if stream == CLIENTS else key

    def arrived(self, stream: str, one: Arrived) -> Arrived:
        """A record as it may be kept: of an erased client nothing but that there is one."""
        if not self.known:
            return one
        touches = tuple((to, self.key(to, key)) for to, key in one.touches)
        own = self.mask_of(one.key) if stream == CLIENTS else None
        return replace(one, key=own, payload="", touches=()) if own else replace(one, touches=touches)

    def bare(self, stream: str, records: Sequence[Arrived], results: Mapping[Name, Result]) -> list[Arrived]:
        """The records without what tells about the erased. results: what they and those that they touch become."""
        if not self.known:
            return list(records)
        return [self._bare(stream, one, results) for one in records]

    def _bare(self, stream: str, one: Arrived, results: Mapping[Name, Result]) -> Arrived:
        from cartera.ledger.privacy.payloads import bare, without

        own = results.get((stream, one.key))
        touched = [results[name] for name in one.touches if name in results]
        if not any(found.is_forgotten for found in (own, *touched) if found):
            return replace(one, payload=without(one.payload, own.hidden)) if own and own.hidden else one
        if own and own.hidden:
            return replace(one, payload="")  # a person at them
        return replace(one, payload=bare(one.payload, lambda text: self.mask_of(text) if text else None))

    def forgotten(self, result: Result) -> Result:
        """The same without people who were erased and what tells about them."""
        if not self.known:
            return result
        gone = [one for one in result.facts if self._is_gone(one)]
        hidden = tuple(str(one.values[name]) for one in gone for name in ("name", "email", "phone") if one.values[name])
        kept = tuple(self._without(one) for one in result.facts if one not in gone)
        is_forgotten = any(one.values.get("client_id") in self.known for one in result.facts)
        return replace(result, facts=kept, is_forgotten=is_forgotten, hidden=hidden)

    def _is_gone(self, fact: Fact) -> bool:
        from cartera.ledger.models import Contact
        from cartera.ledger.privacy.payloads import GONE
        from cartera.ledger.privacy.subject import PREFIX, is_contact

        if fact.model is not Contact:
            return False
        row: Any = Contact(**fact.values)
        is_empty = row.name == GONE or PREFIX in row.name
        return is_empty or row.client_id in self.known or is_contact(self.book, row, self.known)

    def _without(self, fact: Fact) -> Fact:
        from cartera.ledger.privacy.facts import nothing
        from cartera.ledger.privacy.tags import personal

        if fact.values.get("client_id") not in self.known:
            return fact
        values = {**fact.values, **{name: nothing(fact.model, name) for name in personal(fact.model)}}
        return replace(fact, values=values, lines=tuple({**line, "more": "{}"} for line in fact.lines))
