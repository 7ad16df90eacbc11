"""Which part of what a person may see is looked at? Me, the team or all: less than the role allows, never more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cartera.errors import CarteraError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.app.scope import Scope
    from cartera.app.workspace.desk import Desk
    from cartera.ledger.models import Membership

ME, TEAM, ALL = "me", "team", "all"
PARTS = (ME, TEAM, ALL)
SEEN_AS = {ME: "own", TEAM: "team"}


def narrowed(scope: Scope, desk: Desk, member: Membership, part: str) -> Scope:
    """The scope, of the clients of the part alone. part: of PARTS, empty for all that the scope has.

    CarteraError: there is no such part for this member.
    """
    check_part(member, part)
    if part not in SEEN_AS:
        return scope
    wanted = desk.clients_of(member, SEEN_AS[part]) or frozenset()
    return replace(scope, clients=wanted if scope.clients is None else scope.clients & wanted)


def check_part(member: Membership, part: str) -> None:
    """Nothing when the member has this part; else an error, since all clients are not what was asked for."""
    if part == ME and not str(member.rep):
        raise CarteraError(
            say("you are no sales rep here, so no clients are yours by name."), where="scope",
            fix=say("Leave it out, or ask an owner to say which sales rep you are."),
        )  # fmt: skip
    if part == TEAM and not str(member.team):
        raise CarteraError(
            say("you are in no team here."), where="scope",
            fix=say("Leave it out, or ask an owner to say in which team you are."),
        )  # fmt: skip


def parts_of(member: Membership) -> tuple[str, ...]:
    """The parts that there are for the member, the narrowest first; the last one is all that it sees."""
    smaller = {"all": (ME, TEAM), "team": (ME,)}.get(str(member.sees), ())
    named = {ME: str(member.rep), TEAM: str(member.team)}
    return (*(one for one in smaller if named[one]), ALL)
