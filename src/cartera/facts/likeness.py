"""Could two clients be one? Scored field by field; a person decides, because no similarity of names tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz import fuzz, process

from cartera.facts.traits import Traits, traits
from cartera.tongue import say

ALIKE = 90  # of 100, of names without legal form and in any order of words
MOST_SHARING = 20  # a telephone number that more clients share is a placeholder, or an agency's
CONTACTS = ("phone", "email", "website")


@dataclass(frozen=True)
class Reason:
    """What one field says. verdict: agrees, differs, or hint for what proves nothing alone."""

    field: str
    verdict: str
    text: str


@dataclass(frozen=True)
class Pair:
    """Two clients that could be one. first comes before second in the order given. score: of their names, 0 to 100."""

    first: str
    second: str
    score: int
    reasons: tuple[Reason, ...]


@dataclass
class _Found:
    clients: Sequence[Traits]
    seen: set[tuple[int, int]] = field(default_factory=set)

    def add(self, one: int, other: int) -> None:
        self.seen.add((min(one, other), max(one, other)))


def suggestions(clients: Sequence[Mapping[str, str | None]]) -> list[Pair]:
    """Pairs that could be one client, the likeliest first: names alike and a postcode, phone, mail or website equal.

    Also pairs with one tax number. Pairs whose tax numbers differ are left out. clients: client_id, name and what else
    is known of each, as text.
    """
    known = [traits(client) for client in clients]
    found = _Found(known)
    for one, other in _sharing(known):
        found.add(one, other)
    for one, other in _neighbours(known):
        found.add(one, other)
    pairs = [pair for one, other in sorted(found.seen) if (pair := compared(known[one], known[other]))]
    return sorted(pairs, key=lambda pair: (-len(_agreeing(pair)), -pair.score, pair.first, pair.second))


def compared(one: Traits, other: Traits) -> Pair | None:
    """The pair with its reasons; None when it is none to suggest."""
    taxes = [Reason(name, *_same(one.taxes[name], other.taxes[name])) for name in one.taxes if name in other.taxes]
    if any(reason.verdict == "differs" for reason in taxes):
        return None
    score = likeness(one, other)
    reasons = [_named(one, other, score), *taxes, *_contacts(one, other), *_hints(one, other)]
    is_alike = score >= ALIKE and any(reason.verdict == "agrees" for reason in reasons[1:])
    return Pair(one.client_id, other.client_id, score, tuple(reasons)) if is_alike or taxes else None


def likeness(one: Traits, other: Traits) -> int:
    """How alike the names are, 0 to 100; 0 where they hold different numbers (Building 12, Building 13)."""
    if not one.name or not other.name or one.numbers != other.numbers:
        return 0
    return int(fuzz.token_sort_ratio(one.name, other.name))


def _named(one: Traits, other: Traits, score: int) -> Reason:
    if one.name == other.name and one.name:
        return Reason(
            "name",
            "agrees",
            say("{one} and {other}: equal without case, accents, legal form", one=one.written, other=other.written),
        )
    verdict = "agrees" if score >= ALIKE else "differs"
    return Reason(
        "name",
        verdict,
        say("{one} and {other}: {score} of 100 alike", one=one.written, other=other.written, score=score),
    )


def _contacts(one: Traits, other: Traits) -> Iterator[Reason]:
    for name in (*CONTACTS, "postcode"):
        mine, yours = getattr(one, name), getattr(other, name)
        if mine and yours:
            yield Reason(name, *_same(mine, yours))


def _hints(one: Traits, other: Traits) -> Iterator[Reason]:
    if one.domain and one.domain == other.domain and one.email != other.email:
        yield Reason("mail domain", "hint", one.domain)


def _same(mine: str, yours: str) -> tuple[str, str]:
    return ("agrees", mine) if mine == yours else ("differs", say("{one} and {other}", one=mine, other=yours))


def _agreeing(pair: Pair) -> list[Reason]:
    return [reason for reason in pair.reasons if reason.verdict == "agrees"]


def _sharing(known: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """Clients with one telephone, mail address, website or tax number."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, client in enumerate(known):
        for name in CONTACTS:
            groups[name, getattr(client, name)].append(place)
        for name, number in client.taxes.items():
            groups[name, number].append(place)
    for (_, value), places in groups.items():
        if value and len(places) <= MOST_SHARING:
            yield from combinations(places, 2)


def _neighbours(known: Sequence[Traits]) -> Iterator[tuple[int, int]]:
    """Clients of one postcode whose names are alike: every name there is compared with every other, in C."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, client in enumerate(known):
        if client.postcode and client.name:
            groups[client.postcode, client.numbers].append(place)
    for places in groups.values():
        names = {place: " ".join(sorted(known[place].name.split())) for place in places}
        for at, place in enumerate(places):
            later = {other: names[other] for other in places[at + 1 :]}
            for _, _, other in process.extract(
                names[place], later, scorer=fuzz.ratio, processor=None, score_cutoff=ALIKE, limit=None
            ):
                yield place, other
