"""Which place may a person get in a workspace? A role, what it sees, and what was granted beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from cartera.app.roles import GRANTS, WHOLE
from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import joined, say

if TYPE_CHECKING:
    from cartera.ledger.models import Membership

OWNER, REP = "owner", "rep"
ALL, TEAM, OWN = "all", "team", "own"


@dataclass(frozen=True)
class Given:
    """A place. sees: all, team or own clients. rep: the name in the facts whose clients are this person's own."""

    role: str
    sees: str = ""
    team: str = ""
    rep: str = ""
    grants: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """What of it says anything, for the audit."""
        return {name: ", ".join(one) if name == "grants" else one for name, one in asdict(self).items() if one}


def given(role: str, *, sees: str = "", team: str = "", rep: str = "", grants: Iterable[str] = ()) -> Given:
    """The place that the words mean; without `sees`, own clients for a rep and all for the others.

    UnknownNameError: a role, `sees` or grant that there is not. CarteraError: a team or a rep that must be named, or a
    grant that reaches every client for a person who does not see them all.
    """
    from cartera.ledger.models.people import ROLES, SEES

    known("role", role, ROLES)
    asked = ALL if role == OWNER else sees or (OWN if role == REP else ALL)
    known("sees", asked, SEES)
    wanted = tuple(sorted(set(grants)))
    for one in wanted:
        known("grant", one, GRANTS)
    if role != OWNER and asked != ALL:
        _refuse_whole(wanted)
    if asked == TEAM and not team.strip():
        raise CarteraError(
            say("a person who sees the clients of a team must be in one."), where="team", fix=say("Name the team.")
        )
    if asked == OWN and not rep.strip():
        raise CarteraError(
            say("a person who sees its own clients must be known as a sales rep."),
            where="rep", fix=say("Write the name of the sales rep as it stands in the invoices."),
        )  # fmt: skip
    return Given(role, asked, team.strip(), rep.strip(), () if role == OWNER else wanted)


def _refuse_whole(grants: tuple[str, ...]) -> None:
    too_far = [one for one in grants if one in WHOLE]
    if too_far:
        raise CarteraError(
            say("{grants} would reach clients that this person does not see.", grants=joined(too_far)),
            where="grants", fix=say("Let the person see all clients, or leave it out."),
        )  # fmt: skip


def of(member: Membership) -> Given:
    """The place that a member has."""
    return Given(
        str(member.role), str(member.sees), str(member.team), str(member.rep), tuple(sorted(member.grants or ()))
    )


def known(kind: str, found: str, valid: Iterable[str]) -> None:
    """Nothing for a word that there is. UnknownNameError: it is another, with the nearest."""
    words = tuple(valid)
    if found not in words:
        raise UnknownNameError(kind, found, words, where=kind)
