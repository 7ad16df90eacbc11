"""The options that several commands share: how to read the source, what to ask, how to print. One dataclass each."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Annotated, Any

import typer

from cartera.app.day import parse_day
from cartera.app.policies import policy
from cartera.app.show import Ask
from cartera.calendar import PERIODS
from cartera.cli.words import one_of, pairs, whole

READING, ASKING, PRINTING = "Reading the source", "The question", "The output"


def option(*names: str, panel: str, text: str, metavar: str | None = None) -> Any:
    """An option of a command; kept short because there are many."""
    return typer.Option(*names, help=text, metavar=metavar, rich_help_panel=panel)


Where = Annotated[
    list[str] | None,
    option(
        "--where",
        panel=ASKING,
        metavar="COLUMN=VALUE",
        text="Only these clients: country=France, segment=leaving. Repeatable.",
    ),
]


Day = Annotated[
    str | None,
    option(
        "--day",
        panel=ASKING,
        metavar="DATE",
        text="As of which day; today, or that of the newest invoice when it is more than 45 days ago.",
    ),
]


@dataclass(frozen=True)
class Reading:
    """How to read the source. Fields are the options of the command line."""

    map: Annotated[
        list[str] | None,
        option("--map", panel=READING, metavar="COLUMN=NAME", text="Which column is what: issued_on=InvoiceDate."),
    ] = None
    encoding: Annotated[str | None, option("--encoding", panel=READING, text="Of a text file: cp1252, utf-16.")] = None
    date_order: Annotated[
        str | None, option("--date-order", panel=READING, metavar="dmy|mdy|ymd", text="How 03/04/2026 is read.")
    ] = None
    decimal: Annotated[
        str | None, option("--decimal", panel=READING, metavar="comma|point", text="What 1.000 means.")
    ] = None
    delimiter: Annotated[str | None, option("--delimiter", panel=READING, text="Of a text file: ; or tab.")] = None
    sheet: Annotated[str | None, option("--sheet", panel=READING, text="The sheet of a workbook.")] = None
    header_row: Annotated[
        str | None, option("--header-row", panel=READING, metavar="N", text="The row with the column names, from 1.")
    ] = None
    currency: Annotated[
        str | None, option("--currency", panel=READING, metavar="EUR", text="The currency to report in.")
    ] = None
    amounts: Annotated[
        str | None,
        option(
            "--amounts",
            panel=READING,
            metavar="net|gross:20|per-line|per-invoice",
            text="What amounts are: net, with 20 % tax in them, a total per line, or the total per invoice repeated.",
        ),
    ] = None

    @property
    def given(self) -> dict[str, Any]:
        """The options that were given, by the reader's names."""
        told = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "map"}
        if self.header_row is not None:
            told["header_row"] = whole(self.header_row, "--header-row")
        mapping = {"mapping": dict(pairs(self.map, "--map", "issued_on=InvoiceDate"))} if self.map else {}
        return {name: value for name, value in told.items() if value is not None} | mapping


@dataclass(frozen=True)
class Standing:
    """As of which day and by which rules. Fields are the options of the command line."""

    day: Day = None
    policy: Annotated[
        str | None,
        option(
            "--policy",
            panel=ASKING,
            metavar="kopilot|salescope|FILE.toml",
            text="The rules in force; the workspace's, else kopilot.",
        ),
    ] = None

    def ask(self) -> Ask:
        """The question."""
        return Ask(policy(self.policy) if self.policy else None, day=parse_day(self.day) if self.day else None)


@dataclass(frozen=True)
class Choosing(Standing):
    """About which clients, too."""

    where: Where = None

    def ask(self) -> Ask:
        """The question."""
        return replace(super().ask(), where=chosen(self.where))


@dataclass(frozen=True)
class Asking(Choosing):
    """Everything that a view may be asked."""

    since: Annotated[
        str | None, option("--since", panel=ASKING, metavar="DATE", text="Compare with, or begin on, this day.")
    ] = None
    by: Annotated[
        list[str] | None, option("--by", panel=ASKING, metavar="DIM", text="Split by: rep, city, country. Repeatable.")
    ] = None
    every: Annotated[
        str | None,
        option("--every", panel=ASKING, metavar="|".join(PERIODS), text="One answer per period since --since."),
    ] = None
    against: Annotated[
        str | None, option("--against", panel=ASKING, metavar="POLICY", text="For whatif: the other policy.")
    ] = None

    def ask(self) -> Ask:
        """The question."""
        one_of("period", self.every, PERIODS, "--every")
        return replace(
            super().ask(),
            against=policy(self.against) if self.against else None,
            since=parse_day(self.since, "--since") if self.since else None,
            by=tuple(self.by or ()),
            every=self.every,
        )


def chosen(where: list[str] | None) -> tuple[tuple[str, str], ...]:
    """The filters as columns and values."""
    return tuple(pairs(where, "--where", "country=France"))


@dataclass(frozen=True)
class Printing:
    """How to print. Fields are the options of the command line."""

    format: Annotated[
        str | None,
        option(
            "--format",
            "-f",
            panel=PRINTING,
            metavar="table|json|csv|xlsx|parquet|svg",
            text="The usual: table, or what FILE ends in.",
        ),
    ] = None
    output: Annotated[
        str | None, option("--output", "-o", panel=PRINTING, metavar="FILE", text="Write there instead.")
    ] = None
    raw: Annotated[
        bool, option("--raw", panel=PRINTING, text="CSV: leave text alone that a spreadsheet would run.")
    ] = False
    limit: Annotated[
        str, option("--limit", panel=PRINTING, metavar="N", text="Rows of a table on screen; 0 for all.")
    ] = "40"

    @property
    def most_rows(self) -> int:
        """How many rows a table may have, 0 for all."""
        return whole(self.limit, "--limit")
