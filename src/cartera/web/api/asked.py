"""What does a call ask? The same words as the address of a page, each with its type for the OpenAPI file."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Schema

from cartera.web.api.bodies import MOST
from cartera.web.query import Asked, parsed

Format = Literal["json", "csv", "xlsx", "parquet", "svg"]


class Standing(Schema):
    """About which day, by which rules."""

    day: Annotated[date | None, Field(description="As of which day; the usual one if left out.")] = None
    known: Annotated[date | None, Field(description="With the facts as they were recorded by the end of this day.")] = (
        None
    )
    policy: Annotated[str, Field(description="kopilot, salescope or a version of the rules; the workspace's else.")] = (
        ""
    )


class Choosing(Standing):
    """And about which clients."""

    scope: Annotated[
        Literal["me", "team", "all"] | None, Field(description="A part of what the caller sees; all of it if left out.")
    ] = None
    where: Annotated[
        list[str], Field(default_factory=list, description="column:value, several of one column are either-or.")
    ]
    segment: Annotated[str, Field(description="Ids of segments, with commas.")] = ""


class Asking(Choosing):
    """Everything that a view may be asked."""

    since: Annotated[date | None, Field(description="Compare with, or begin on, this day.")] = None
    by: Annotated[list[str], Field(default_factory=list, description="Split by: rep, city, country.")]
    every: Annotated[
        Literal["day", "week", "month", "quarter", "year"] | None, Field(description="One answer per period.")
    ] = None
    sort: Annotated[str, Field(description="A column, - in front for downwards.")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST, description="How many rows at most.")] = 1_000
    cursor: Annotated[str, Field(description="The `next` of an earlier answer.")] = ""
    format: Annotated[Format | None, Field(description="Else by the header Accept; json if nothing is said.")] = None
    window: Annotated[Literal["365", "all"] | None, Field(description="Sum the last 365 days, or everything.")] = None
    scores: Annotated[Literal["quantile", "r"] | None, Field(description="What makes a score from 1 to 5.")] = None
    frequency: Annotated[Literal["invoices", "dates"] | None, Field(description="What is counted.")] = None
    measure: Annotated[
        Literal["amount", "profit", "quantity", "invoices"] | None, Field(description="What clients are ranked by.")
    ] = None


def address(asking: Standing) -> Asked:
    """The call as the address of a page. CarteraError: a filter that is none."""
    given = asking.model_dump(exclude={"limit", "cursor", "format", "window", "scores", "frequency", "measure"})
    return parsed((name, text) for name, value in given.items() for text in texts(value))


def options(asking: Asking) -> dict[str, str]:
    """The options of the questions about value that were given."""
    given = asking.model_dump(include={"window", "scores", "frequency", "measure"})
    return {name: value for name, value in given.items() if value is not None}


def texts(value: Any) -> list[str]:
    """A value as it stands in an address."""
    values = value if isinstance(value, list) else [value]
    return [one.isoformat() if isinstance(one, date) else str(one) for one in values if one not in (None, "")]


ANSWERED: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The question, its answer, the columns and the rows.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}},
        }
    }
}
"""What an answer looks like, for the OpenAPI file."""
MADE_LATER: dict[int, Any] = {
    202: {
        "description": "A file of very many rows is being made.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Job"}}},
    }
}
"""What is answered instead of a file that would keep its caller waiting."""
