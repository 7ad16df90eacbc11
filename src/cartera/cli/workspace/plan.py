"""The commands `plan`, `plan move`, `plan drop` and `plan match`: what will be invoiced, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cartera.app.scope import EVERYTHING
from cartera.cli.options import option
from cartera.cli.words import one_of, whole
from cartera.cli.workspace.deciding import AsJson, Where, Yes, agree, split, tell, whom
from cartera.cli.workspace.options import By, Remark, Workspace, book
from cartera.errors import CarteraError

if TYPE_CHECKING:
    from cartera.app.workspace.deciding.act import Act
    from cartera.app.workspace.deciding.planning import Planned
    from cartera.app.workspace.deciding.whom import Whom
    from cartera.ledger.book import Book

LAST_YEAR = "last-year"
PANEL = "The plan"
USAGE = ("plan", "Acme", "2026-05-01", "1200")
Words = Annotated[list[str] | None, typer.Argument(metavar="[CLIENT] DAY AMOUNT", show_default=False)]
PlanId = Annotated[str, typer.Argument(metavar="PLAN", help="Its id: cartera plans lists them.", show_default=False)]
Day = Annotated[str, typer.Argument(metavar="DAY", help="A day after today.", show_default=False)]
InvoiceId = Annotated[str, typer.Argument(metavar="INVOICE", help="The invoice's id or number.", show_default=False)]
Every = Annotated[
    str | None,
    option("--every", panel=PANEL, metavar="month|quarter|year", text="A series: again after this time."),
]
Times = Annotated[str | None, option("--times", panel=PANEL, metavar="N", text="A series: how many in all.")]
Like = Annotated[
    str | None,
    option("--like", panel=PANEL, metavar=LAST_YEAR, text="Every invoice of the last twelve months, a year later."),
]
Currency = Annotated[
    str | None, option("--currency", panel=PANEL, metavar="EUR", text="Of the amount; usually the client's own.")
]
Why = Annotated[str, option("--reason", panel=PANEL, metavar="TEXT", text="Why it is dropped.")]


def plan_command(
    words: Words = None,
    *,
    every: Every = None,
    times: Times = None,
    like: Like = None,
    currency: Currency = None,
    where: Where = None,
    yes: Yes = False,
    workspace: Workspace = None,
    by: By = None,
    note: Remark = "",
    json: AsJson = False,
) -> None:
    """Plan an invoice: it counts as coming at once. A series with --every and --times; or --like last-year."""
    from cartera.app.workspace.deciding.act import acting
    from cartera.app.workspace.deciding.planning import like_last_year, plan

    one_of("likeness", like, (LAST_YEAR,), "--like")
    opened = book(workspace)
    act = acting(opened, by, note=note)
    wanted = () if like else ("DAY", "AMOUNT")
    client, rest = split(words or [], where, *wanted, usage=("plan", "Acme", "--like", LAST_YEAR) if like else USAGE)
    if like and (every or times):
        raise CarteraError(f"--like {LAST_YEAR} brings its own days.", fix="Leave --every and --times out.")
    about = whom(opened, workspace, client, where, act)
    planned = like_last_year(opened, about, act) if like else typed(opened, about, rest, (every, times, currency), act)
    about = about.only({one.client_id for one in planned})
    about = agree(about, f"plan {len(planned):,} invoices for {{}}", yes=yes)
    tell(plan(EVERYTHING, opened, about, planned, act), workspace, as_json=json)


def typed(
    opened: Book, about: Whom, words: list[str], how: tuple[str | None, str | None, str | None], act: Act
) -> list[Planned]:
    """What the day, the amount and the series say, for each client."""
    from cartera.app.workspace.deciding import typed as reading
    from cartera.app.workspace.deciding.planning import alike
    from cartera.sources.files.iso4217 import currency_code

    every, times, currency = how
    first = reading.coming_day(words[0], act.day)
    days = reading.series(first, every, None if times is None else whole(times, "--times"))
    amount = reading.amount(words[1])
    return alike(opened, about, days, amount, currency_code(currency) if currency else None)


def move_command(
    plan: PlanId, day: Day, *, workspace: Workspace = None, by: By = None, note: Remark = "", json: AsJson = False
) -> None:
    """Move a plan to another day; it stays known since it was first entered."""
    from cartera.app.workspace.deciding.act import acting
    from cartera.app.workspace.deciding.replanning import move
    from cartera.app.workspace.deciding.typed import coming_day

    opened = book(workspace)
    act = acting(opened, by, note=note)
    tell(move(EVERYTHING, opened, plan, coming_day(day, act.day), act), workspace, as_json=json)


def drop_command(
    plan: PlanId,
    *,
    workspace: Workspace = None,
    by: By = None,
    reason: Why = "",
    note: Remark = "",
    json: AsJson = False,
) -> None:
    """Drop a plan: from today on it counts for nothing."""
    from cartera.app.workspace.deciding.act import acting
    from cartera.app.workspace.deciding.replanning import drop

    opened = book(workspace)
    tell(drop(EVERYTHING, opened, plan, acting(opened, by, reason, note)), workspace, as_json=json)


def match_command(
    plan: PlanId,
    invoice: InvoiceId,
    *,
    workspace: Workspace = None,
    by: By = None,
    note: Remark = "",
    json: AsJson = False,
) -> None:
    """Say which invoice kept a plan; an import does so itself where there is one plan and one invoice like it."""
    from cartera.app.workspace.deciding.act import acting
    from cartera.app.workspace.deciding.matching import match

    opened = book(workspace)
    tell(match(EVERYTHING, opened, plan, invoice, acting(opened, by, note=note)), workspace, as_json=json)
