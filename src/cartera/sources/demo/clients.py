"""Who are the clients: name, place, contact, rep, size, and which life does each lead?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from operator import itemgetter
from random import Random
from typing import TYPE_CHECKING

from cartera.sources.demo import names, places
from cartera.sources.demo.stories import STORIES, Story
from cartera.sources.demo.trades import TRADES, Trade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cartera.sources.demo.catalogue import Product

# Marta Ruiz has as many of the cooling clients as all others together: the finding that the demo is there to show.
COOLING_REPS = tuple(names.REPS[i] for i in (4, 1, 4, 3, 4, 0, 4, 2, 4, 5))
REP_WEIGHTS = (24, 20, 18, 16, 12, 10)


@dataclass(frozen=True)
class Client:
    """One client and everything about it that does not depend on the day. size: of a usual invoice, in cents."""

    client_id: str
    name: str
    industry: str
    place: places.Place
    street: str
    email: str
    phone: str | None
    website: str
    rep: str | None
    story: Story
    rhythm: str
    size: float
    growth: float
    days_to_pay: int
    favourites: tuple[Product, ...]
    rng: Random


def clients(company: str) -> Iterator[Client]:
    """Every client of the company, in the order of their ids; the same ones each time."""
    rng = Random(f"clients of the {company}")  # noqa: S311 - an invented company keeps no secret
    stems, cooling_reps = names.company_stems(rng), cycle(COOLING_REPS)
    stories = [story for story in STORIES for _ in range(getattr(story, company))]
    ids = list(range(1, len(stories) + 1))
    rng.shuffle(ids)
    for number, stem, story in sorted(zip(ids, stems, stories, strict=False), key=itemgetter(0)):
        rep = next(cooling_reps) if story.is_cooling else None
        yield _client(f"{company} {number}", f"C{number:03d}", stem, story, TRADES[company], rep=rep)


def _client(seed: str, client_id: str, stem: str, story: Story, trade: Trade, *, rep: str | None) -> Client:
    rng = Random(seed)  # noqa: S311 - as above
    industry, endings = rng.choice(names.INDUSTRIES)
    name = f"{stem} {rng.choice(endings)}"
    site = name.lower().replace(" ", "-") + ".example"
    place = places.pick(rng, trade.countries)
    rhythm = _rhythm(rng, story, trade)
    return Client(
        client_id=client_id,
        name=name,
        industry=industry,
        place=place,
        street=places.street(rng, place),
        email=names.person(rng).lower().replace(" ", ".") + "@" + site,
        phone=place.number(rng),
        website=f"https://www.{site}",
        rep=_rep(rng, story, rep),
        story=story,
        rhythm=rhythm,
        size=_size(rng, story, trade, rhythm),
        growth=rng.uniform(-0.25, 0.0) if story.is_cooling else rng.uniform(0.02, 0.32),
        days_to_pay=rng.choice((15, 30, 30, 30, 45, 60)),
        favourites=tuple(rng.sample(trade.products, rng.randint(3, min(8, len(trade.products) // 2)))),
        rng=rng,
    )


def _rhythm(rng: Random, story: Story, trade: Trade) -> str:
    if story.is_late_for_its_rhythm:
        return rng.choice(("fortnightly", "monthly"))
    return rng.choices(list(trade.rhythms), list(trade.rhythms.values()))[0]


def _size(rng: Random, story: Story, trade: Trade, rhythm: str) -> float:
    rare = {"weekly": 0.7, "fortnightly": 0.85, "yearly": 2.4, "twice a year": 1.8, "quarterly": 1.3}.get(rhythm, 1.0)
    return trade.usual * 100 * story.size * rare * rng.lognormvariate(0, trade.spread)


def _rep(rng: Random, story: Story, cooling_rep: str | None) -> str | None:
    rep = rng.choices(names.REPS, REP_WEIGHTS)[0]
    if story.last is None and rng.random() < 0.3:  # nobody looks after some of those who never bought
        return None
    return cooling_rep or rep
