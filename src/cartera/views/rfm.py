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
from cartera.tongue import Value, say, say_in, say_many, spoken, text
from cartera.views import left_out, phrasing
from cartera.views.view import Column, Query, View

TAKES = frozenset({"window", "scores", "frequency"})
SCORES = {"r_score": text("recency", "score"), "f_score": text("frequency", "score"), "m_score": text("money", "score")}


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
        Column("cell", "Which makes it", is_worded=True),
        Column("recency_days", "Days since last", "days"),
        Column("frequency", "Dates" if scoring(query).frequency == DATES else "Invoices", "count", total=True),
        Column("monetary", money_label(query), "money", total=True),
        Column("average_amount", "Average invoice", "money"),
    )


def money_label(query: Query) -> str:
    """What the sum of the window is called."""
    return say_in("column", "All time") if scoring(query).window == ALL else say("Last {days} days", days=YEAR_DAYS)


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """How many bought, what the best of them bring, and when too few or too equal clients blur the scores."""
    window = window_words(scoring(query).window)
    scored = [row for row in rows if row["rfm_score"] is not None]
    if not scored:
        return say("Nobody bought {window}, so nobody is scored.", window=window) if rows else phrasing.no_client()
    best = [row for row in scored if row["cell"] == scoring(query).cells[0].name]
    total = phrasing.total(scored, "monetary")
    share = phrasing.total(best, "monetary") / total if total > 0 else None
    head = {"window": window, "clients": phrasing.clients(len(scored))}
    return _best(len(best), scoring(query).cells[0].name, share, head, alone=len(scored) == 1) + blurred(scored, query)


def _best(count: int, name: str, share: Any, head: dict[str, str], *, alone: bool) -> str:
    """How many of those who bought have the best name; of a single client nothing is to be said."""
    if alone:
        return say("{clients} bought {window}.", **head)
    if not count:
        return say("{clients} bought {window}; none of them is called {name}.", name=repr(phrasing.word(name)), **head)
    # A name may be a plural, so that one client is called it and many are it.
    called = repr(phrasing.word(name)) if count == 1 else phrasing.word(name)
    return say_many(
        "{clients} bought {window}; {count} of them is called {name}, with {share} of the money.",
        "{clients} bought {window}; {count} of them are {name}, with {share} of the money.",
        count=count, name=called, share=tongue.share(share), **head,
    )  # fmt: skip


def blurred(scored: list[dict[str, Any]], query: Query) -> str:
    """What the scores cannot say: of fewer clients than scores, and where equal clients leave scores empty."""
    if query.whole:  # the scores are of all clients, of whom these are some
        return ""
    if len(scored) == 1:
        return " " + say("One client alone cannot be compared: its scores say nothing.")
    used = {said: len({row[name] for row in scored}) for name, said in SCORES.items()}
    short = [
        say("{count} for {score}", count=count, score=spoken(said, "score"))
        for said, count in used.items()
        if count < HIGHEST
    ]
    if not short:
        return ""
    fixed = isinstance(scoring(query).scores, Breaks)
    told: dict[str, Value] = {"highest": HIGHEST, "scores": tongue.listed(short)}
    if len(scored) < HIGHEST:
        return " " + say(
            "Of {highest} scores only {scores} occur, because there are fewer than {highest} clients.", **told
        )
    if fixed:
        return " " + say(
            "Of {highest} scores only {scores} occur, because nobody lies between some of the breaks.", **told
        )
    return " " + say("Of {highest} scores only {scores} occur, because equal clients are never split.", **told)


def notes(facts: Facts, query: Query) -> list[str]:
    """What divides the scores, and what the amounts leave out."""
    asked = scoring(query)
    cuts = rfm_cuts(query.whole or facts, day=query.day, scoring=asked)
    equal = say("A value equal to a cut lies above it; the fewest days score {highest}.", highest=HIGHEST)
    if all(one.is_upper for one in cuts.values()):
        equal = say("A value equal to a cut lies below it; the fewest days score {highest}.", highest=HIGHEST)
    if query.hides_others and not isinstance(asked.scores, Breaks):
        cuts = {}  # quantiles of all clients tell what those bring whom nobody here may see
    told = [f"{say('Scores: {cuts}.', cuts='; '.join(map(str, cuts.values())))} {equal}"] if cuts else []
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
