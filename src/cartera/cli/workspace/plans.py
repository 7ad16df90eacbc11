"""The commands `plans` and `reviews`: what is planned, late or to be matched; which marks are to be looked at again."""

from __future__ import annotations

from typing import Annotated

from cartera.app.scope import EVERYTHING
from cartera.cli.options import ASKING, Printing, chosen, option
from cartera.cli.printing import check_format, deliver
from cartera.cli.workspace.deciding import Where
from cartera.cli.workspace.options import Workspace, book

Late = Annotated[bool, option("--late", panel=ASKING, text="Only those whose day has come: issue, move or drop.")]
Broken = Annotated[bool, option("--broken", panel=ASKING, text="Only late ones since which nothing was invoiced.")]
ToMatch = Annotated[bool, option("--to-match", panel=ASKING, text="Instead: the invoices that may have kept a plan.")]
Until = Annotated[
    str | None, option("--until", panel=ASKING, metavar="DATE", text="Due by then; the day if not given.")
]
Day = Annotated[str | None, option("--day", panel=ASKING, metavar="DATE", text="As of which day; today if not given.")]


def plans_command(
    *,
    printing: Printing,
    late: Late = False,
    broken: Broken = False,
    to_match: ToMatch = False,
    day: Day = None,
    where: Where = None,
    workspace: Workspace = None,
) -> None:
    """List what is planned: by hand here, or in a source."""
    from cartera.app.day import parse_day
    from cartera.app.show import Ask
    from cartera.app.sources import open_source
    from cartera.app.workspace.day import day_there
    from cartera.app.workspace.deciding import planned
    from cartera.app.workspace.place import chosen as place

    check_format(printing)
    on = parse_day(day) if day else day_there(book(workspace))
    if to_match:
        deliver(planned.matches(EVERYTHING, book(workspace), day=on), printing)
        return
    states = planned.BROKEN_ONLY if broken else planned.LATE if late else planned.STATES
    opened = open_source(EVERYTHING, place(workspace), day=on)
    ask = Ask(day=on, where=chosen(where))
    deliver(planned.plans(EVERYTHING, opened, ask, states=states), printing)


def reviews_command(
    *, printing: Printing, until: Until = None, day: Day = None, where: Where = None, workspace: Workspace = None
) -> None:
    """List the marked clients at which somebody wanted to look again by now."""
    from cartera.app.day import parse_day
    from cartera.app.show import Ask
    from cartera.app.sources import open_source
    from cartera.app.workspace.day import day_there
    from cartera.app.workspace.deciding.reviewing import reviews
    from cartera.app.workspace.place import chosen as place

    check_format(printing)
    on = parse_day(day) if day else day_there(book(workspace))
    opened = open_source(EVERYTHING, place(workspace), day=on)
    ask = Ask(day=on, where=chosen(where))
    deliver(reviews(EVERYTHING, opened, ask, until=parse_day(until, "--until") if until else on), printing)
