"""Whose clients does a page show, and what narrows them? Each with how many clients it leaves alone on the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cartera.app.roles import scope_of
from cartera.app.show import Ask, view_called
from cartera.app.workspace.access.narrowing import ALL, ME, TEAM, narrowed, parts_of
from cartera.tongue import say_many, spoken, text
from cartera.web.addresses import address
from cartera.web.asking import day
from cartera.web.labels import label
from cartera.web.policies import policy_of
from cartera.words import segment_said

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.web.door import Visit

NAMES = {ME: text("Me", "scope"), TEAM: text("Team", "scope"), ALL: text("All", "scope")}
WHOSE = {"own": text("your clients"), "team": text("the team's clients"), "all": text("all clients")}
COUNTED = "composition"
Pair = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """A choice in the one control of the scope. count: the clients that it alone leaves. href: with it, or without."""

    name: str
    count: int
    href: str
    value: str = ""
    is_current: bool = False

    @property
    def leaves(self) -> str:
        """The count in words."""
        return say_many("{count} client", "{count} clients", count=self.count)


def parts(visit: Visit) -> list[Part]:
    """Me, the team and all, as far as they differ for whoever looks; nothing where there is nothing to choose."""
    words = parts_of(visit.member)
    if len(words) == 1:
        return []
    whole = scope_of(visit.member, visit.desk.clients_of(visit.member))
    found: list[Part] = []
    for word in reversed(words):
        here = "" if word == ALL else word
        count = clients(visit, narrowed(whole, visit.desk, visit.member, here))
        is_here = visit.asked.scope == here
        if is_here or not found or 0 < count < found[0].count:
            href = address(visit, asked=visit.asked.but(scope=here))
            found.insert(0, Part(named(visit, word), count, href, is_current=is_here))
    return found if len(found) > 1 else []


def named(visit: Visit, word: str) -> str:
    """What a part is called; all that a person sees may be the team's."""
    return spoken(NAMES[TEAM if word == ALL and visit.member.sees == "team" else word], "scope")


def filters(visit: Visit) -> list[Part]:
    """The filters in force, each with the address without it."""
    return [
        Part(
            label(name), clients(visit, visit.scope, ((name, value),)),
            address(visit, asked=visit.asked.without(name, value)), segment_said(value) if name == "segment" else value,
        )
        for name, value in visit.asked.where
    ]  # fmt: skip


def clients(visit: Visit, scope: Scope, where: tuple[Pair, ...] = ()) -> int:
    """How many clients of the scope a filter leaves on the day of the page."""
    asked = Ask(day=day(visit), where=where, policy=policy_of(visit))
    answer = visit.desk.ask(scope, view_called(COUNTED), asked, known=visit.asked.known)
    return sum(answer.rows.column("client_count").to_pylist())


def whose(visit: Visit) -> str:
    """Whose clients are seen, in words."""
    part = {ME: "own", TEAM: "team"}.get(visit.part, str(visit.member.sees))
    return spoken(WHOSE[part])
