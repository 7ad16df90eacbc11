"""What do pretended books hold, and what do they answer to a query of QuickBooks' language, or about changes?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Los_Angeles")  # QuickBooks writes its moments in Pacific time, summer and winter
ENTITIES = (
    "Customer", "Item", "Invoice", "SalesReceipt", "CreditMemo", "RefundReceipt", "Payment", "Estimate",
    "RecurringTransaction", "CompanyInfo", "Preferences",
)  # fmt: skip
WITH_INACTIVE = ("Customer", "Item")
USUAL, MOST = 100, 1000  # records of an answer where nothing is said, and at most
LOOK_BACK = timedelta(days=30)
QUERY = re.compile(
    r"SELECT (?P<what>\*|Id|COUNT\(\*\)) FROM (?P<entity>\w+)(?: WHERE (?P<where>.+?))?"
    r"(?: ORDER BY (?P<order>[\w.]+) ASC)?(?: STARTPOSITION (?P<start>\d+))?(?: MAXRESULTS (?P<most>\d+))?"
)
CONDITION = re.compile(r"(?P<name>[\w.]+) (?P<sign>=|>=|<=) '(?P<value>[^']*)'")
ACTIVE = "Active IN (true, false)"
Row = dict[str, Any]


class InvalidError(Exception):
    """A query that QuickBooks would refuse; the text says why."""


@dataclass
class Books:
    """The rows of each entity by their id. clock: what time it is there. most: objects that one answer holds."""

    clock: datetime
    rows: dict[str, dict[str, Row]] = field(default_factory=lambda: {name: {} for name in ENTITIES})
    gone: dict[tuple[str, str], datetime] = field(default_factory=dict)
    most: int = MOST

    def put(
        self, entity: str, row: Mapping[str, Any], *, at: datetime | None = None, made: datetime | None = None
    ) -> None:
        """A row as it is since a moment, now if none is given, in place of the one with its id."""
        moment = at or self.clock
        before = self.rows[entity].get(str(row["Id"]), {}).get("MetaData", {})
        times = {"CreateTime": written(made) if made else before.get("CreateTime", written(moment))}
        self.rows[entity][str(row["Id"])] = {**row, "MetaData": times | {"LastUpdatedTime": written(moment)}}

    def drop(self, entity: str, key: str) -> None:
        """A row is deleted now."""
        del self.rows[entity][key]
        self.gone[entity, key] = self.clock

    def query(self, text: str) -> Row:
        """The QueryResponse to a query. InvalidError: it is none."""
        asked = QUERY.fullmatch(" ".join(text.split()))
        if asked is None:
            raise InvalidError("Invalid query")
        entity = asked["entity"]
        if entity not in self.rows:
            raise InvalidError(f"invalid context declaration: {entity}")
        found = [
            row for row in self.rows[entity].values() if all(one(row) for one in _conditions(asked["where"], entity))
        ]
        if asked["what"].startswith("COUNT"):
            return {"totalCount": len(found)}
        found.sort(key=lambda row: _sorted_by(row, asked["order"]))
        start, most = int(asked["start"] or 1), int(asked["most"] or USUAL)
        if most > MOST:
            raise InvalidError(f"value {most} is too large. Max allowed value is {MOST}")
        part = found[start - 1 : start - 1 + most]
        if asked["what"] == "Id":
            part = [{"Id": row["Id"]} for row in part]
        if entity == "RecurringTransaction":
            part = [{row.get("_kind", "Invoice"): _without(row, "_kind")} for row in part]
        return {entity: part, "startPosition": start, "maxResults": len(part)} if part else {}

    def changed(self, entities: list[str], since: datetime) -> list[Row]:
        """One QueryResponse for each entity, empty ones too. InvalidError: that is too long ago."""
        if self.clock - since > LOOK_BACK:
            raise InvalidError("The changedSince is more than 30 days ago")
        left, found = self.most, []
        for entity in entities:
            rows = [row for row in self.rows[entity].values() if _moment(row) >= since]
            rows += [_tombstone(key, at) for (of, key), at in self.gone.items() if of == entity and at >= since]
            part = rows[:left]
            left -= len(part)
            found.append({entity: part, "startPosition": 1, "maxResults": len(part)} if part else {})
        return found


def written(at: datetime) -> str:
    """A moment as QuickBooks writes it."""
    return at.astimezone(ZONE).isoformat(timespec="seconds")


def _moment(row: Row) -> datetime:
    return datetime.fromisoformat(row["MetaData"]["LastUpdatedTime"])


def _sorted_by(row: Row, order: str | None) -> tuple[Any, int]:
    key = int(row["Id"])
    return (_moment(row) if order and order.endswith("LastUpdatedTime") else 0, key)


def _tombstone(key: str, at: datetime) -> Row:
    return {"domain": "QBO", "status": "Deleted", "Id": key, "MetaData": {"LastUpdatedTime": written(at)}}


def _without(row: Row, name: str) -> Row:
    return {one: value for one, value in row.items() if one != name}


def _conditions(text: str | None, entity: str) -> list[Callable[[Row], bool]]:
    """What a row must fulfil: an inactive one is hidden unless the query says otherwise."""
    parts = text.split(" AND ") if text else []
    hides = entity in WITH_INACTIVE and ACTIVE not in parts
    found: list[Callable[[Row], bool]] = [lambda row: bool(row.get("Active", True))] if hides else []
    return found + [_condition(one) for one in parts if one != ACTIVE]


def _condition(text: str) -> Callable[[Row], bool]:
    match = CONDITION.fullmatch(text)
    if match is None:
        raise InvalidError(f"Encountered {text!r}")
    name, sign, value = match["name"].rpartition(".")[2], match["sign"], match["value"]
    if name == "LastUpdatedTime":
        since = datetime.fromisoformat(value)
        return lambda row: _moment(row) >= since
    signs: dict[str, Callable[[str, str], bool]] = {
        "=": lambda own, other: own == other, ">=": lambda own, other: own >= other,
        "<=": lambda own, other: own <= other,
    }  # fmt: skip
    return lambda row: signs[sign](str(row.get(name, "")), value)
