"""The options of the questions about value: how far back, by which scores, what is counted, what is summed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from cartera.cli.options import ASKING, option
from cartera.cli.words import one_of

MEASURES = ("amount", "profit", "quantity", "invoices")
PLANNED = ("counted", "ignored")


@dataclass(frozen=True)
class Measuring:
    """How value is measured. Fields are the options of the command line."""

    window: Annotated[
        str | None,
        option("--window", panel=ASKING, metavar="365|all", text="Sum the last 365 days, or the whole history."),
    ] = None
    scores: Annotated[
        str | None,
        option("--scores", panel=ASKING, metavar="quantile|r|FILE.toml", text="What makes a score from 1 to 5."),
    ] = None
    frequency: Annotated[
        str | None,
        option("--frequency", panel=ASKING, metavar="invoices|dates", text="What is counted: invoices or their dates."),
    ] = None
    measure: Annotated[
        str | None, option("--measure", panel=ASKING, metavar="|".join(MEASURES), text="What clients are ranked by.")
    ] = None
    suppose: Annotated[
        str | None, option("--suppose", panel=ASKING, metavar="ID,ID", text="Clients that are supposed to buy again.")
    ] = None
    planned: Annotated[
        str | None,
        option("--planned", panel=ASKING, metavar="counted|ignored", text="Whether plans are taken to come."),
    ] = None

    def options(self) -> dict[str, Any]:
        """The options that were given, by name; a word that is none of the valid ones is refused with the nearest."""
        from cartera.app.scorings import scores
        from cartera.portfolio.purchases import FREQUENCIES
        from cartera.portfolio.sales_window import WINDOWS

        one_of("window", self.window, WINDOWS, "--window")
        one_of("frequency", self.frequency, FREQUENCIES, "--frequency")
        one_of("measure", self.measure, MEASURES, "--measure")
        one_of("planned", self.planned, PLANNED, "--planned")
        given = {
            "window": self.window,
            "scores": scores(self.scores) if self.scores is not None else None,
            "frequency": self.frequency,
            "measure": self.measure,
            "suppose": self.suppose,
            "planned": self.planned,
        }
        return {name: value for name, value in given.items() if value is not None}
