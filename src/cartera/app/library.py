"""The questions as a Python user asks them: any kind of table in, the same kind back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cartera.app.given import KOPILOT, Where, checked
from cartera.app.given import among_all as _among_all
from cartera.app.given import columns_only as _columns
from cartera.app.given import given as _given
from cartera.app.given import opened as _opened
from cartera.app.scope import EVERYTHING
from cartera.errors import UnknownNameError
from cartera.facts.checks import problems
from cartera.facts.tables import Facts
from cartera.portfolio import activity as _activity
from cartera.portfolio import backtest as _backtest
from cartera.portfolio import balance as _balance
from cartera.portfolio import bridge as _bridge
from cartera.portfolio import clients as _clients
from cartera.portfolio import cohorts as _cohorts
from cartera.portfolio import coming as _coming
from cartera.portfolio import composition as _composition
from cartera.portfolio import explain as _explain
from cartera.portfolio import figures as _figures
from cartera.portfolio import lifespan as _lifespan
from cartera.portfolio import moves as _moves
from cartera.portfolio import receivables as _receivables
from cartera.portfolio import retention as _retention
from cartera.portfolio import rfm as _rfm
from cartera.portfolio import survival as _survival
from cartera.portfolio import takings as _takings
from cartera.portfolio import timeline as _timeline
from cartera.portfolio import wakeup as _wakeup
from cartera.portfolio import whatif as _whatif
from cartera.portfolio.breaks import Breaks
from cartera.portfolio.explain import Explanation
from cartera.portfolio.figures import FigureLimits
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.receivables import AgeLimits
from cartera.portfolio.wakeup import WakeUpLimits


def read(source: str | Path, *, day: date | None = None, **options: Any) -> Facts:
    """Facts from a file, a folder of fact tables, or "demo" and "demo:distributor" (ending on `day`).

    options: mapping, date_order, decimal, delimiter, encoding, sheet, header_row, amounts, currency, as the command
    line's. Raises Ambiguous with the questions when the file leaves something open, CarteraError when it is unreadable.
    """
    from cartera.app.sources import open_source

    return open_source(EVERYTHING, str(source), day=day, options=options).facts


@checked
def activity(
    facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None, subject: str = "client"
) -> Any:
    """Where every client stands on `day`, since when, why, what comes next: see `portfolio.activity`.

    subject: another column in the clients' place, such as "city" (which cities went quiet?).
    """
    opened = _opened(facts, where, day, policy, subject)
    return _given(opened, _activity.activity(opened, day=day, policy=policy))


@checked
def timeline(facts: Facts, *, policy: AnyPolicy = KOPILOT, subject: str = "client") -> Any:
    """client_id, segment, reason, from_on, until_on of every client, contiguous and half-open, the last one open."""
    opened = _opened(facts, None, None, subject=subject)
    return _given(opened, _timeline.timeline(opened, policy=policy))


@checked
def composition(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    by: str | Sequence[str] = (),
    where: Where | None = None,
    since: date | None = None,
    every: str | None = None,
) -> Any:
    """Clients, share and money per segment on `day`; with `every` (day, week, month ...) at each period's end from
    `since` on. See `portfolio.composition`.
    """
    names = [by] if isinstance(by, str) else list(by)
    if every is None:
        opened = _opened(facts, where, day, policy)
        return _given(opened, _composition.composition(opened, day=day, policy=policy, by=names))
    everybody = _opened(facts, None, day)
    rows = _composition.composition_over_time(
        everybody, since=since or day, day=day, every=every, policy=policy, by=names, where=_columns(everybody, where)
    )  # fmt: skip
    return _given(everybody, rows)


@checked
def moves(facts: Facts, *, since: date, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """How many clients went from which segment to which between two days: see `portfolio.moves`."""
    opened = _opened(facts, where, day, policy)
    return _given(opened, _moves.moves(opened, since=since, day=day, policy=policy))


@checked
def movers(facts: Facts, *, since: date, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """The clients that stand elsewhere than on `since`, with the date and the cause: see `portfolio.moves`."""
    opened = _opened(facts, where, day, policy)
    return _given(opened, _moves.movers(opened, since=since, day=day, policy=policy))


@checked
def balance(
    facts: Facts,
    *,
    since: date,
    day: date,
    policy: AnyPolicy = KOPILOT,
    by: str | None = None,
    where: Where | None = None,
    every: str | None = None,
) -> Any:
    """Size before, every flow, size after, for each period of (since, day]: see `portfolio.balance`."""
    opened = _opened(facts, None, day)
    return _given(
        opened,
        _balance.balance(
            opened, since=since, day=day, policy=policy, by=by, where=_columns(opened, where), every=every
        ),
    )


@checked
def coming(facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """The next change of segment of every client, if nobody acts: see `portfolio.coming`."""
    opened = _opened(facts, where, day, policy)
    return _given(opened, _coming.coming(opened, day=day, policy=policy))


@checked
def clients(facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """The list of clients with their money, rep and contact: see `portfolio.clients`."""
    opened = _opened(facts, where, day, policy)
    return _given(opened, _clients.clients(opened, day=day, policy=policy))


@checked
def whatif(
    facts: Facts, *, day: date, against: AnyPolicy, policy: AnyPolicy = KOPILOT, where: Where | None = None
) -> Any:
    """The clients that stand elsewhere under `against` than under `policy`: see `portfolio.whatif`."""
    opened = _opened(facts, where, day, policy)
    return _given(opened, _whatif.whatif(opened, day=day, policy=policy, against=against))


@checked
def backtest(facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """What the rules announced at past cut-offs and what happened since: see `portfolio.backtest`."""
    opened = _opened(facts, where, day, policy)
    return _given(opened, _backtest.backtest(opened, day=day, policy=policy))


@checked
def rfm(
    facts: Facts,
    *,
    day: date,
    window: str = "365",
    scores: str | Breaks = "quantile",
    frequency: str = "invoices",
    where: Where | None = None,
) -> Any:
    """Recency, frequency, money and scores of every client: see `portfolio.rfm`.

    window: "365" days or "all". scores: "quantile", "r" or `Breaks`. frequency: "invoices" or "dates".
    """
    opened, whole = _among_all(facts, where, day)
    scoring = _rfm.Scoring(window, scores, frequency)
    return _given(opened, _rfm.rfm(opened, day=day, scoring=scoring, whole=whole))


@checked
def rfm_grid(
    facts: Facts,
    *,
    day: date,
    window: str = "365",
    scores: str | Breaks = "quantile",
    frequency: str = "invoices",
    where: Where | None = None,
) -> Any:
    """Clients and money in every cell of recency by frequency and money, asked as `rfm` is."""
    opened, whole = _among_all(facts, where, day)
    scoring = _rfm.Scoring(window, scores, frequency)
    return _given(opened, _rfm.rfm_grid(opened, day=day, scoring=scoring, whole=whole))


@checked
def bridge(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    since: date | None = None,
    by: str | Sequence[str] = (),
    where: Where | None = None,
) -> Any:
    """Why sales changed on the same period a year before, in parts that add up: see `portfolio.bridge`.

    by: columns of the clients, or product and category of the lines.
    """
    opened, names = _opened(facts, where, day, policy), [by] if isinstance(by, str) else list(by)
    return _given(opened, _bridge.bridge(opened, day=day, policy=policy, since=since, by=names))


@checked
def wakeup(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    since: date | None = None,
    where: Where | None = None,
    limits: WakeUpLimits | None = None,
) -> Any:
    """Sales force or portfolio, when sales fall; one row per rep with the verdict: see `portfolio.wakeup`."""
    opened = _opened(facts, where, day, policy)
    return _given(opened, _wakeup.wakeup(opened, day=day, policy=policy, since=since, limits=limits))


@checked
def lifespan(facts: Facts, *, day: date, policy: AnyPolicy = KOPILOT, where: Where | None = None) -> Any:
    """How long every client has been one, how often it left and came back: see `portfolio.lifespan`."""
    opened = _opened(facts, where, day, policy)
    return _given(opened, _lifespan.lifespan(opened, day=day, policy=policy))


@checked
def survival(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    by: str | Sequence[str] = (),
    where: Where | None = None,
) -> Any:
    """The share of lifetimes that last longer than so many days, open ones included: see `portfolio.survival`."""
    opened, names = _opened(facts, where, day, policy), [by] if isinstance(by, str) else list(by)
    return _given(opened, _survival.survival(opened, day=day, policy=policy, by=names))


@checked
def retention(
    facts: Facts,
    *,
    since: date,
    day: date,
    policy: AnyPolicy = KOPILOT,
    every: str | None = None,
    by: str | Sequence[str] = (),
    where: Where | None = None,
) -> Any:
    """Of the clients at the start of each period of (since, day], who is here at its end: see `portfolio.retention`."""
    opened, names = _opened(facts, where, day, policy), [by] if isinstance(by, str) else list(by)
    return _given(
        opened, _retention.retention(opened, since=since, day=day, policy=policy, every=every, by=names)
    )  # fmt: skip


@checked
def cohorts(
    facts: Facts,
    *,
    day: date,
    every: str = "month",
    since: date | None = None,
    by: str | Sequence[str] = (),
    where: Where | None = None,
) -> Any:
    """Clients first invoiced in the same month, quarter or year, in every period since: see `portfolio.cohorts`."""
    opened, names = _opened(facts, where, day), [by] if isinstance(by, str) else list(by)
    return _given(opened, _cohorts.cohorts(opened, day=day, every=every, since=since, by=names))


@checked
def figures(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    every: str | None = None,
    since: date | None = None,
    where: Where | None = None,
    limits: FigureLimits | None = None,
) -> Any:
    """How sales and receivables stand, one row per figure: see `portfolio.figures`; with `every` (day, week, month ...)
    sales period by period: see `portfolio.takings`.
    """
    opened = _opened(facts, where, day, policy)
    if every is None:
        return _given(opened, _figures.figures(opened, day=day, policy=policy, limits=limits))
    return _given(opened, _takings.takings(opened, day=day, every=every, since=since))


@checked
def receivables(
    facts: Facts,
    *,
    day: date,
    policy: AnyPolicy = KOPILOT,
    by: str | None = None,
    where: Where | None = None,
    limits: AgeLimits | None = None,
) -> Any:
    """Who owes how much and since when, one row per client; with `by="invoice_id"` one per open document: see
    `portfolio.receivables`.
    """
    opened = _opened(facts, where, day, policy)
    if by is None:
        return _given(opened, _receivables.receivables(opened, day=day, policy=policy, limits=limits))
    if by != "invoice_id":
        raise UnknownNameError("column", by, ("invoice_id",), where="by")
    return _given(opened, _receivables.open_documents(opened, day=day, limits=limits))


@checked
def explain(facts: Facts, client: str, *, day: date, policy: AnyPolicy = KOPILOT) -> Explanation:
    """Why one client, by id or name, is where it is: the text, what to do, and the rows it rests on."""
    return _explain.explain(_opened(facts, None, day), client, day=day, policy=policy)


@checked
def check(facts: Facts) -> list[Any]:
    """What contradicts itself in the facts, as problems with code, where, column, value, hint."""
    return problems(_opened(facts, None, None))
