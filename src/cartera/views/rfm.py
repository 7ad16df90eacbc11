"""View `rfm`: recency, frequency and money of every client, its scores and what they make it."""

from __future__ import annotations

from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import YEAR_DAYS
from cartera.portfolio.breaks import Breaks
from cartera.portfolio.purchases import DATES
from cartera.portfolio.rfm import Scoring, rfm, rfm_cuts
from cartera.portfolio.sales_window import ALL, window_start, window_words
from cartera.portfolio.scores import HIGHEST
from cartera.views import left_out, phrasing
from cartera.views.view import Column, Query, View

TAKES = frozenset({"window", "scores", "frequency"})
SCORES = {"r_score": "recency", "f_score": "frequency", "m_score": "money"}


def scoring(query: Query) -> Scoring:
    """What the options of the query ask for."""
    return Scoring(**{name: query.options[name] for name in TAKES if name in query.options})


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.rfm`."""
    return rfm(facts, day=query.day, scoring=scoring(query), whole=query.whole)


def columns(query: Query) -> tuple[Column, ...]:
    """The client, its scores, and the three figures that they come from."""
    return (
        Column("client_id", "Id", link="client_id", minor=True),
        Column("name", "Client", link="client_id"),
        Column("rfm_score", "RFM", "count"),
        Column("r_score", "R", "count", minor=True),
        Column("f_score", "F", "count", minor=True),
        Column("m_score", "M", "count", minor=True),
        Column("cell", "Which makes it"),
        Column("recency_days", "Days since last", "days"),
        Column("frequency", "Dates" if scoring(query).frequency == DATES else "Invoices", "count", total=True),
        Column("monetary", money_label(query), "money", total=True),
        Column("average_amount", "Average invoice", "money"),
    )


def money_label(query: Query) -> str:
    """What the sum of the window is called."""
    return "All time" if scoring(query).window == ALL else f"Last {YEAR_DAYS} days"


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How many bought, what the best of them bring, and when too few or too equal clients blur the scores."""
    window = window_words(scoring(query).window)
    scored = [row for row in rows if row["rfm_score"] is not None]
    if not scored:
        return f"Nobody bought {window}, so nobody is scored." if rows else "No client yet."
    best = [row for row in scored if row["cell"] == scoring(query).cells[0].name]
    total = phrasing.total(scored, "monetary")
    share = phrasing.total(best, "monetary") / total if total > 0 else None
    name = scoring(query).cells[0].name
    are = f"is called {name!r}" if len(best) == 1 else f"are {name}"  # a name may be a plural
    money = f"{len(best):,} of them {are}, with {tongue.share(share)} of the money"
    told = money if best else f"none of them is called {name!r}"
    head = f"{phrasing.clients(len(scored))} bought {window}"
    return (f"{head}." if len(scored) == 1 else f"{head}; {told}.") + blurred(scored, query)


def blurred(scored: list[dict[str, Any]], query: Query) -> str:
    """What the scores cannot say: of fewer clients than scores, and where equal clients leave scores empty."""
    if query.whole:  # the scores are of all clients, of whom these are some
        return ""
    if len(scored) == 1:
        return " One client alone cannot be compared: its scores say nothing."
    used = {said: len({row[name] for row in scored}) for name, said in SCORES.items()}
    short = [f"{count} for {said}" for said, count in used.items() if count < HIGHEST]
    if not short:
        return ""
    fixed = isinstance(scoring(query).scores, Breaks)
    why = "nobody lies between some of the breaks" if fixed else "equal clients are never split"
    few = f"there are fewer than {HIGHEST} clients" if len(scored) < HIGHEST else why
    return f" Of {HIGHEST} scores only {', '.join(short)} occur, because {few}."


def notes(facts: Facts, query: Query) -> list[str]:
    """What divides the scores, and what the amounts leave out."""
    asked = scoring(query)
    cuts = rfm_cuts(query.whole or facts, day=query.day, scoring=asked)
    side = "below" if all(one.is_upper for one in cuts.values()) else "above"
    equal = f"A value equal to a cut lies {side} it; the fewest days score {HIGHEST}"
    told = [f"Scores: {'; '.join(map(str, cuts.values()))}. {equal}."] if cuts else []
    return [
        *told,
        *phrasing.among_all(query),
        *left_out.notes(facts, after=window_start(asked.window, query.day), day=query.day),
    ]


VIEW = View(
    "rfm",
    "Who bought lately, often and for much, and who did not?",
    answer,
    columns,
    lambda _: ("-rfm_score", "-monetary", "client_id"),
    sentence=sentence,
    notes=notes,
    example="cartera show rfm demo --window all",
    takes=TAKES,
    is_among_all=True,
)
