"""View `rfm_grid`: clients and money in the 25 cells of recency by frequency and money."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from cartera import tongue
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.cells import UNSCORED
from cartera.portfolio.rfm import rfm_grid
from cartera.portfolio.sales_window import window_words
from cartera.tongue import number, say, say_many
from cartera.views import phrasing
from cartera.views.rfm import TAKES, money_label, notes, scoring
from cartera.views.view import Column, Picture, Query, View


def answer(facts: Facts, query: Query) -> Frame:
    """The rows of `portfolio.rfm_grid`."""
    return rfm_grid(facts, day=query.day, scoring=scoring(query), whole=query.whole)


def columns(query: Query) -> tuple[Column, ...]:
    """The cell, then its clients and their money."""
    return (
        Column("r_score", "R", "count"),
        Column("fm_score", "F and M", "count"),
        Column("cell", "Called", is_worded=True),
        Column("client_count", "Clients", "count", total=True),
        Column("client_share", "Share of clients", "share"),
        Column("amount", money_label(query), "money", total=True),
    )


def sentence(rows: list[dict[str, Any]], query: Query) -> str:
    """Which name brings the most money, with how many clients, and how many bought nothing."""
    window = window_words(scoring(query).window)
    scored = [row for row in rows if row["cell"] != UNSCORED]
    bought = phrasing.total(scored, "client_count")
    silent = phrasing.total(rows, "client_count") - bought
    if not bought:
        return say("Nobody bought {window}, so the grid is empty.", window=window)
    money: dict[str, Decimal] = {}
    for row in scored:
        money[row["cell"]] = money.get(row["cell"], Decimal(0)) + row["amount"]
    first = max(money, key=lambda name: money[name])
    count = sum(row["client_count"] for row in scored if row["cell"] == first)
    total = phrasing.total(scored, "amount")
    share = tongue.share(money[first] / total if total > 0 else None)
    return say_many(
        "Of {clients} that bought {window}, {count} called {name} bring most, {share} of the money;"
        " {silent} bought nothing.",
        "Of {clients} that bought {window}, {count} called {name} bring most, {share} of the money;"
        " {silent} bought nothing.",
        count=count, clients=phrasing.clients(bought), window=window, name=repr(phrasing.word(first)), share=share,
        silent=phrasing.clients(silent),
    )  # fmt: skip


def cells(rows: list[dict[str, Any]], query: Query) -> list[dict[str, Any]]:
    """A cell per pair of scores, tinted by its clients against those of the fullest one."""
    scored = [row for row in rows if row["cell"] != UNSCORED]
    most = max((row["client_count"] for row in scored), default=0) or 1
    return [
        {
            "x": f"F+M {row['fm_score']}", "y": f"R {row['r_score']}", "share": row["client_count"] / most,
            "text": f"{number(row['client_count'])} · {short(row['amount'])}" if row["client_count"] else "0",
            "label": say(
                "{name}, R {recency}, F and M {worth}: {clients}, {amount} {window}",
                name=phrasing.head(row["cell"]), recency=row["r_score"], worth=row["fm_score"],
                clients=phrasing.clients(row["client_count"]), amount=tongue.money(row["amount"]),
                window=window_words(scoring(query).window),
            ),
        }
        for row in scored
    ]  # fmt: skip


def short(amount: Decimal) -> str:
    """An amount that fits a cell: 950, 34k, 1.2M."""
    if abs(amount) >= 999_500:
        return f"{number(amount / 1_000_000, 1)}M"
    return f"{number(amount / 1_000)}k" if abs(amount) >= 1_000 else number(amount)


VIEW = View(
    "rfm_grid",
    "How many clients, with how much money, buy lately, often and for much?",
    answer,
    columns,
    lambda _: ("-r_score", "fm_score", "cell"),
    picture=Picture("grid", cells),
    sentence=sentence,
    notes=notes,
    example="cartera show rfm_grid demo --window all",
    takes=TAKES,
    is_among_all=True,
)
