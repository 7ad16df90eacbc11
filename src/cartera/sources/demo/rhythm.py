"""On which days was a client invoiced? Ages in days before today, counted back from the last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cartera.sources.demo.stories import ACTIVE, LONG_AGO, Span, Story
from cartera.sources.demo.trades import RHYTHMS

if TYPE_CHECKING:
    from random import Random

    from cartera.sources.demo.clients import Client


def invoice_ages(client: Client) -> list[int]:
    """The ages of the client's invoices, newest first; empty for a client that was never invoiced."""
    story, rng = client.story, client.rng
    if story.last is None:
        return []
    last = rng.randint(*_last(story.last, RHYTHMS[client.rhythm]))
    first = max(last, rng.randint(*_first(rng, story, last)))
    ages = [last]
    while (age := ages[-1] + _gap(rng, client.rhythm)) <= first:
        ages.append(age)
    return _silenced(rng, story, ages)


def _last(last: Span, gap: int) -> Span:
    """Who keeps its rhythm was invoiced less than one gap ago."""
    low, high = last
    if last != ACTIVE:
        return last
    return low, max(low, min(high, gap))


def _first(rng: Random, story: Story, last: int) -> Span:
    if story.first:
        return story.first
    if rng.random() < 0.3:
        return LONG_AGO
    return min(last + 90, LONG_AGO[0]), LONG_AGO[1]


def _gap(rng: Random, rhythm: str) -> int:
    days = RHYTHMS[rhythm]
    if rhythm == "irregular":
        return min(200, 6 + int(rng.expovariate(1 / days)))
    return max(1, round(days * rng.uniform(0.88, 1.12)))


def _silenced(rng: Random, story: Story, ages: list[int]) -> list[int]:
    if story.silence is None:
        return ages
    resumed = ages[0] + rng.randint(*story.resumed)
    before = resumed + rng.randint(*story.silence)
    kept = [age for age in ages if age <= resumed]
    return [*kept, before, *(age for age in ages if age > before + RHYTHMS["monthly"])]
