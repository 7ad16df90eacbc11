"""The commands `mark`, `note` and `assign`: what people know of a client, and whose it is."""

from __future__ import annotations

from typing import Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import option
from cartera.cli.workspace.deciding import AsJson, Code, Where, Yes, agree, split, tell, whom
from cartera.cli.workspace.options import PANEL, By, Remark, Workspace, book

MARK = Annotated[list[str], typer.Argument(metavar="[CLIENT] lost|cancelled|reactivated", show_default=False)]
NOTE = Annotated[list[str], typer.Argument(metavar="[CLIENT] TEXT", show_default=False)]
ASSIGN = Annotated[list[str] | None, typer.Argument(metavar="[CLIENT] REP", show_default=False)]
On = Annotated[str | None, option("--on", panel=PANEL, metavar="DAY", text="Since when; today if not given.")]
Since = Annotated[str | None, option("--since", panel=PANEL, metavar="DAY", text="Since when; today if not given.")]
Review = Annotated[str | None, option("--review", panel=PANEL, metavar="DAY", text="When to look at it again.")]
Nobody = Annotated[bool, option("--nobody", panel=PANEL, text="Nobody's client, whatever its source says.")]


def mark_command(
    words: MARK,
    *,
    on: On = None,
    reason: Code = "",
    review: Review = None,
    note: Remark = "",
    where: Where = None,
    yes: Yes = False,
    workspace: Workspace = None,
    by: By = None,
    json: AsJson = False,
) -> None:
    """Mark a client lost, cancelled (it never bought) or reactivated (an earlier mark no longer holds)."""
    from cartera.app.day import parse_day
    from cartera.app.workspace.deciding.act import acting
    from cartera.app.workspace.deciding.marking import check_reason, mark, refused
    from cartera.app.workspace.deciding.typed import past_day

    client, (word,) = split(words, where, "MARK", usage=("mark", "Acme", "lost", "--reason", "price"))
    opened = book(workspace)
    act = acting(opened, by, reason, note)
    day = past_day(on, act.day, "--on")
    check_reason(act.reason)
    about = whom(opened, workspace, client, where, act)
    unfit = {} if client else refused(opened, about, word, day)
    about = agree(about, f"mark {{}} as {word}", yes=yes, refused=unfit)
    again = parse_day(review, "--review") if review else None
    tell(mark(EVERYTHING, opened, about, word, act, on=day, review=again), workspace, as_json=json)


def note_command(
    words: NOTE,
    *,
    where: Where = None,
    yes: Yes = False,
    workspace: Workspace = None,
    by: By = None,
    json: AsJson = False,
) -> None:
    """Remember something about a client."""
    from cartera.app.workspace.deciding.act import acting
    from cartera.app.workspace.deciding.saying import note

    client, (text,) = split(words, where, "TEXT", usage=("note", "Acme", "asked for a quote"))
    opened = book(workspace)
    act = acting(opened, by)
    about = agree(whom(opened, workspace, client, where, act), "note it about {}", yes=yes)
    tell(note(EVERYTHING, opened, about, text, act), workspace, as_json=json)


def assign_command(
    words: ASSIGN = None,
    *,
    nobody: Nobody = False,
    since: Since = None,
    where: Where = None,
    yes: Yes = False,
    workspace: Workspace = None,
    by: By = None,
    note: Remark = "",
    json: AsJson = False,
) -> None:
    """Give a client to a rep, whatever its sources say."""
    from cartera.app.workspace.deciding.act import acting
    from cartera.app.workspace.deciding.saying import NOBODY, assign
    from cartera.app.workspace.deciding.typed import past_day

    usage = ("assign", "Acme", "--nobody" if nobody else "Marta Ruiz")
    client, rest = split(words or [], where, *(() if nobody else ("REP",)), usage=usage)
    opened = book(workspace)
    act = acting(opened, by, note=note)
    day, rep = past_day(since, act.day, "--since"), "" if nobody else rest[0]
    about = whom(opened, workspace, client, where, act)
    about = agree(about, f"give {{}} to {rep or NOBODY}", yes=yes)
    tell(assign(EVERYTHING, opened, about, rep, act, since=day), workspace, as_json=json)
