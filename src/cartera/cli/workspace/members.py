"""The commands `people`: who may come into a workspace, as what; for the person who keeps the server as well."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import PRINTING, option
from cartera.cli.workspace.done import write_json
from cartera.cli.workspace.options import PANEL, By, Workspace, book

if TYPE_CHECKING:
    from cartera.app.workspace.access.people import Person
    from cartera.app.workspace.access.place_given import Given

people_app = typer.Typer(no_args_is_help=True, help="Who may come in, and as what.")
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="The person's address.", show_default=False)]
RoleName = Annotated[str, typer.Argument(metavar="ROLE", help="owner, manager, rep or viewer.", show_default=False)]
Sees = Annotated[str, option("--sees", panel=PANEL, metavar="WHOM", text="all, team or own clients.")]
Team = Annotated[str, option("--team", panel=PANEL, metavar="TEAM", text="The team; one word, one team.")]
Rep = Annotated[str, option("--rep", panel=PANEL, metavar="NAME", text="The sales rep's name in the invoices.")]
Grant = Annotated[
    list[str] | None,
    option("--grant", panel=PANEL, metavar="VERB", text="What is allowed beside the role: import, export ..."),
]
AsJson = Annotated[bool, option("--json", panel=PRINTING, text="For a program.")]
Url = Annotated[
    str | None, option("--url", panel=PANEL, metavar="URL", text="The address people type; else CARTERA_URL.")
]


@people_app.command("list", epilog="Example: cartera people list")
def list_command(*, workspace: Workspace = None, json: AsJson = False) -> None:
    """Everybody with a place in the workspace."""
    from cartera.app.workspace.access.people import people

    found = people(EVERYTHING, book(workspace))
    if json:
        write_json([told(one) for one in found])
        return
    if not found:
        sys.stdout.write("Nobody yet: cartera serve prints the link for the first owner.\n")
    width = max((len(one.email) for one in found), default=0)
    for one in found:
        off = "" if one.is_active else "  disabled"
        sys.stdout.write(f"{one.email:<{width}}  {said(one.place)}{off}\n")


@people_app.command("invite", epilog="Example: cartera people invite ana@acme.com rep --rep Ana")
def invite_command(
    email: Email,
    role: RoleName,
    *,
    sees: Sees = "",
    team: Team = "",
    rep: Rep = "",
    grant: Grant = None,
    url: Url = None,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Make a link with which a person joins; it is good once and for a week."""
    from cartera.app.workspace.access.invitations import invite
    from cartera.app.workspace.author import author

    made = invite(
        EVERYTHING, book(workspace), email, by=author(by), role=role, sees=sees, team=team, rep=rep, grants=grant or ()
    )
    hand_on(made.invitation.email, made.path, url, "It is good once and for seven days.")


@people_app.command("role", epilog="Example: cartera people role ana@acme.com manager --sees team --team north")
def role_command(
    email: Email,
    role: RoleName,
    *,
    sees: Sees = "",
    team: Team = "",
    rep: Rep = "",
    grant: Grant = None,
    workspace: Workspace = None,
    by: By = None,
) -> None:
    """Give a person another role, what it sees, its team and what it may beside; what is not named is not kept."""
    from cartera.app.workspace.access.people import change

    number, opened = member(email, workspace)
    made = change(EVERYTHING, opened, number, by=who(by), role=role, sees=sees, team=team, rep=rep, grants=grant or ())
    sys.stdout.write(f"{made.email} is {said(made.place)} from now on.\n")


@people_app.command("disable", epilog="Example: cartera people disable ana@acme.com")
def disable_command(email: Email, *, workspace: Workspace = None, by: By = None) -> None:
    """Let a person in no more; what it did stays. Its sign-ins end."""
    from cartera.app.workspace.access.people import disable

    act(disable, email, workspace, by, "may not come in any more")


@people_app.command("enable", epilog="Example: cartera people enable ana@acme.com")
def enable_command(email: Email, *, workspace: Workspace = None, by: By = None) -> None:
    """Let a person in again."""
    from cartera.app.workspace.access.people import enable

    act(enable, email, workspace, by, "may come in again")


@people_app.command("remove", epilog="Example: cartera people remove ana@acme.com")
def remove_command(email: Email, *, workspace: Workspace = None, by: By = None) -> None:
    """Take a person's place away; to come back it must be invited."""
    from cartera.app.workspace.access.people import remove

    act(remove, email, workspace, by, "has no place here any more")


@people_app.command("reset", epilog="Example: cartera people reset olga@acme.com")
def reset_command(email: Email, *, url: Url = None, workspace: Workspace = None, by: By = None) -> None:
    """Make a link with which a person sets a new password, for whoever is locked out; it is good once and for a day."""
    from cartera.app.workspace.access.passwords import reset_path
    from cartera.app.workspace.place import chosen, server_key

    number, opened = member(email, workspace)
    secret = server_key(chosen(workspace))[1]
    path = reset_path(EVERYTHING, opened, secret, number, by=who(by), is_keeper=True)
    hand_on(email, path, url, "It is good once and for a day.")


def member(email: str, workspace: str | None) -> tuple[int, Any]:
    """The person's number, and the workspace."""
    from cartera.app.workspace.access.people import member_called

    opened = book(workspace)
    return member_called(EVERYTHING, opened, email), opened


def act(done: Any, email: str, workspace: str | None, by: str | None, words: str) -> None:
    """Do it, and tell it."""
    number, opened = member(email, workspace)
    person = done(EVERYTHING, opened, number, by=who(by))
    sys.stdout.write(f"{person.email} {words}.\n")


def who(by: str | None) -> str:
    """Who does it."""
    from cartera.app.workspace.author import author

    return author(by)


def hand_on(email: str, path: str, url: str | None, lasts: str) -> None:
    """Write a link to be handed on."""
    from cartera.app.workspace.address import public_address
    from cartera.cli.serve import LOCAL, PORT

    base = public_address(url) or f"http://{LOCAL}:{PORT}"
    sys.stdout.write(f"Hand this link to {email}: {base}{path}\n{lasts} The app must run: cartera serve.\n")


def said(place: Given) -> str:
    """A place on one line: rep, own clients as Ana, team north, export."""
    sees = {"all": "all clients", "team": "the team's clients", "own": "own clients"}[place.sees]
    parts = [place.role, sees + (f" as {place.rep}" if place.rep else ""), f"team {place.team}" if place.team else ""]
    return ", ".join(one for one in (*parts, *place.grants) if one)


def told(one: Person) -> dict[str, Any]:
    """A person for a program."""
    place = one.place
    return {
        "email": one.email, "name": one.name, "role": place.role, "sees": place.sees, "team": place.team,
        "rep": place.rep, "grants": list(place.grants), "is_active": one.is_active,
        "seen_at": None if one.seen_at is None else one.seen_at.isoformat(timespec="seconds"),
    }  # fmt: skip
