"""Are we too dependent on few clients? The share of the greatest ones and the Herfindahl index, last year's beside.

Beside it the same a year before: the same function on the day 365 days earlier, with what was visible then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import narwhals as nw

from cartera.calendar import add_days
from cartera.errors import PolicyError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import TOTAL, YEAR_DAYS
from cartera.portfolio.measures import measured
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.sales_window import YEAR, window_words
from cartera.tongue import listed, say, say_many

HERFINDAHL = "herfindahl"
NAMED = 3  # so many names fit beside a figure
TYPES: dict[str, Any] = {
    "rank": nw.Int64, "figure": nw.String, "label": nw.String, "client_count": nw.Int64, "amount": TOTAL,
    "value": nw.Float64, "last_year": nw.Float64, "change": nw.Float64, "names": nw.String, "definition": nw.String,
}  # fmt: skip


@dataclass(frozen=True)
class ConcentrationLimits:
    """How many of the greatest clients are taken together; the usual 1, 3 and 10."""

    tops: tuple[int, ...] = (1, 3, 10)

    def __post_init__(self) -> None:
        """Refuse counts that are none or out of order."""
        if not self.tops or self.tops[0] < 1 or list(self.tops) != sorted(set(self.tops)):
            raise PolicyError(f"counts must rise from 1 on: {self.tops}.", fix="A working example: tops=(1, 3, 10).")


@dataclass(frozen=True)
class _Sold:
    """The sales of one year: the greatest clients, and value -> how many clients sold for it."""

    greatest: list[dict[str, Any]]
    counts: dict[Decimal, int]

    @property
    def total(self) -> Fraction:
        return sum((Fraction(value) * count for value, count in self.counts.items()), Fraction(0))

    def share(self, top: int) -> Fraction | None:
        """Of the greatest clients; None when nobody bought."""
        return Fraction(self.amount(top)) / self.total if self.counts else None

    def amount(self, top: int) -> Decimal:
        return sum((row["value"] for row in self.greatest[:top]), Decimal(0))

    def herfindahl(self) -> Fraction | None:
        """The sum of all squared shares; None when nobody bought."""
        squares = (count * Fraction(value) ** 2 for value, count in self.counts.items())
        return sum(squares, Fraction(0)) / self.total**2 if self.counts else None


def concentration(
    facts: Facts, *, day: date, policy: AnyPolicy, window: str = YEAR, limits: ConcentrationLimits | None = None
) -> Frame:
    """One row per figure: top_1, top_3, top_10 and herfindahl, of the clients with net sales above 0 in the window.

    Columns: rank, figure, label, client_count (the clients that the figure is about), amount (their net sales), value
    (their share of all these sales, for herfindahl the sum of all squared shares; 0..1, null when nobody bought),
    last_year (the same 365 days earlier), change, names (the greatest ones), definition. UnknownNameError for another
    window.
    """
    limits = limits or ConcentrationLimits()
    now, before = (
        _sold(facts, on, policy, window, limits.tops[-1]) for on in (day, add_days(day, -YEAR_DAYS))
    )  # fmt: skip
    everybody = sum(now.counts.values())
    rows = [
        _row(f"top_{top}", now.share(top), before.share(top))
        | {"client_count": min(top, everybody), "amount": now.amount(top), "names": _names(now.greatest[:top])}
        for top in limits.tops
    ]
    whole = sum((value * count for value, count in now.counts.items()), Decimal(0))
    rows.append(
        _row(HERFINDAHL, now.herfindahl(), before.herfindahl())
        | {"client_count": everybody, "amount": whole, "names": None}
    )
    told = zip(rows, definitions(limits, window), strict=True)
    rows = [row | {"rank": n, "label": label, "definition": why} for n, (row, (label, why)) in enumerate(told)]
    return facts.room.table({name: [row[name] for row in rows] for name in TYPES}, TYPES)


def _sold(facts: Facts, day: date, policy: AnyPolicy, window: str, most: int) -> _Sold:
    rows = measured(facts, day=day, policy=policy, window=window).filter(nw.col("value") > 0)
    rows = facts.room.keep(rows.select("client_id", "name", "value"))
    greatest = facts.room.rows(rows.sort("value", "client_id", descending=[True, False]).head(most))
    counts = facts.room.rows(rows.group_by("value").agg(count=nw.len()))
    return _Sold(greatest, {row["value"]: row["count"] for row in counts})


def _row(figure: str, value: Fraction | None, before: Fraction | None) -> dict[str, Any]:
    change = None if value is None or before is None else float(value - before)
    shares = (None if share is None else float(share) for share in (value, before))
    return {"figure": figure, "change": change} | dict(zip(("value", "last_year"), shares, strict=True))


def _names(greatest: list[dict[str, Any]]) -> str | None:
    told = listed(row["name"] for row in greatest[:NAMED])
    more = len(greatest) - NAMED
    return (say("{names} and {count} more", names=told, count=more) if more > 0 else told) or None


def definitions(limits: ConcentrationLimits, window: str = YEAR) -> list[tuple[str, str]]:
    """Every figure's label with its sentence, in order."""
    first, *others = limits.tops
    greatest = say_many(
        "the greatest client's share of net sales {window}",
        "the greatest {count} clients' share of net sales {window}",
        count=first, window=window_words(window),
    )  # fmt: skip
    tops = [(say("Top {count}", count=first), greatest)]
    tops += [(say("Top {count}", count=top), say("that of the greatest {count}", count=top)) for top in others]
    meaning = say(
        "the sum of all clients' squared shares: the chance that two cents drawn at random are of the same client"
    )
    return [*tops, (say("Herfindahl index"), meaning)]
