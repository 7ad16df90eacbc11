"""By which classes can clients be told apart? Every classification that we ship, by name, with its classes in order.

A cross-table and a rule of your own read this registry; a classification that is not in it cannot be asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import narwhals as nw

from cartera.errors import UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio import volume as volumes
from cartera.portfolio.abc import A, B, C, abc
from cartera.portfolio.activity import standing
from cartera.portfolio.cells import CELLS, UNSCORED
from cartera.portfolio.dimensions import dimension_names, dimensions
from cartera.portfolio.frequency import FREQUENT, NEARLY, NONE, NOT_YET, OCCASIONAL, RECURRING, REGULAR, frequency
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.rfm import rfm
from cartera.portfolio.rhythm import BEYOND, UNKNOWN, WITHIN, rhythm
from cartera.portfolio.status import STATUSES, status
from cartera.portfolio.worth import BEST, LOYAL, SMALL, UNRATED, worth

SEGMENT = "segment"


@dataclass(frozen=True)
class Classification:
    """One way to class every client. ask: facts, day= and policy= -> rows with client_id and `column`.

    classes: the values of `column` in the order in which people say them.
    """

    ask: Callable[..., Frame]
    column: str
    classes: Sequence[str]


def _scored(facts: Facts, *, day: date, policy: AnyPolicy) -> Frame:
    del policy  # scores rest on purchases alone
    return rfm(facts, day=day)


CLASSIFICATIONS: Mapping[str, Classification] = {
    "frequency": Classification(frequency, "frequency", (FREQUENT, REGULAR, OCCASIONAL, NONE)),
    "recurrence": Classification(frequency, "recurrence", (RECURRING, NEARLY, NOT_YET)),
    "status": Classification(status, "status", tuple(one.id for one in STATUSES)),
    "rhythm": Classification(rhythm, "rhythm", (BEYOND, WITHIN, UNKNOWN)),
    "worth": Classification(worth, "worth", (BEST, LOYAL, SMALL, UNRATED)),
    "volume": Classification(
        volumes.volume, "volume", (volumes.VERY_HIGH, volumes.HIGH, volumes.AVERAGE, volumes.LOW, volumes.NONE)
    ),
    "abc": Classification(abc, "abc", (A, B, C)),
    "rfm": Classification(_scored, "cell", (*(cell.name for cell in CELLS), UNSCORED)),
}


def classed(facts: Facts, names: Sequence[str], *, day: date, policy: AnyPolicy) -> Frame:
    """One row per client born by `day`: client_id and its class per name, null where nobody said.

    names: segment, a classification, or a column of the facts; a classification comes before a column of its name.
    UnknownNameError for any other word.
    """
    check_classes(facts, names)
    rows = standing(facts, day=day, policy=policy).select("client_id", SEGMENT)
    for name in names:
        if name != SEGMENT:
            rows = rows.join(_values(facts, name, day, policy), on="client_id", how="left")
    return rows.select("client_id", *names)


def check_classes(facts: Facts, names: Sequence[str]) -> None:
    """Nothing when every name is one that clients can be classed by; else an error that offers the nearest."""
    known = class_names(facts)
    for name in names:
        if name not in known:
            raise UnknownNameError("classification", name, known, where="by")


def class_names(facts: Facts) -> list[str]:
    """Every name that clients of these facts can be classed by."""
    return list(dict.fromkeys([SEGMENT, *CLASSIFICATIONS, *dimension_names(facts)]))


def in_order(name: str, policy: AnyPolicy) -> list[str]:
    """The classes of a name as people say them; none for a column of the facts, whose values are anything."""
    if name == SEGMENT:
        return [segment.id for segment in policy.segments]
    return list(CLASSIFICATIONS[name].classes) if name in CLASSIFICATIONS else []


def _values(facts: Facts, name: str, day: date, policy: AnyPolicy) -> Frame:
    """client_id and one text column called as asked for."""
    known = CLASSIFICATIONS.get(name)
    if known is None:
        return dimensions(facts, [name], day=day)
    rows = known.ask(facts, day=day, policy=policy)
    return rows.select("client_id", nw.col(known.column).alias(name))
