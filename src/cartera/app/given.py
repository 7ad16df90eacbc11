"""How do a user's tables become facts, and an answer the user's kind of table? What all questions in Python share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from cartera.app.restrict import CUSTOM, OPTION, check_columns_only, kept
from cartera.app.rules import rules_of
from cartera.calendar import PERIODS
from cartera.errors import CarteraError, InputError, UnknownNameError
from cartera.facts.tables import Facts, Frame
from cartera.portfolio.amounts import reporting_currency
from cartera.portfolio.kopilot import Kopilot
from cartera.portfolio.policy import AnyPolicy
from cartera.portfolio.salescope import Salescope
from cartera.portfolio.subject import by_subject
from cartera.views.view import Query

KOPILOT = Kopilot()
RULES = "rules"  # beside a custom segment: the file or the dict that says what it is
Where = Mapping[str, Any]  # column, "segment", "custom" or classification -> value or values

P = ParamSpec("P")
R = TypeVar("R")


def checked(question: Callable[P, R]) -> Callable[P, R]:
    """The question, which refuses what is no facts, no day, no policy or no period before anything is computed."""

    @wraps(question)
    def ask(*args: P.args, **named: P.kwargs) -> R:
        facts = args[0] if args else named.get("facts")
        if not isinstance(facts, Facts):
            raise InputError(
                f"facts are a {type(facts).__name__}.", fix="Pass cartera.Facts(invoices=table) or cartera.read(file)."
            )
        for name, value in named.items():
            check_argument(name, value)
        if named.get("limits") is not None:
            check_limits(question, named["limits"])
        since, day = named.get("since"), named.get("day")
        if isinstance(since, date) and isinstance(day, date) and since > day:
            raise InputError(f"since {since} lies after the day {day}.", fix="Give a since on or before the day.")
        from cartera.engine.results import computed

        return computed(lambda: question(*args, **named))

    return ask


def check_limits(question: Callable[..., Any], limits: Any) -> None:
    """Nothing when the limits are those of the question."""
    wanted = str(question.__annotations__["limits"]).partition(" ")[0]
    kind = getattr(question, "__globals__", {})[wanted]
    if not isinstance(limits, kind):
        first = fields(kind)[0]
        fix = f"Pass {wanted} of {kind.__module__}, such as {wanted}({first.name}={first.default!r})."
        raise InputError(f"limits is {limits!r}.", fix=fix)


def check_argument(name: str, value: Any) -> None:
    """Nothing when a named argument of a question is of its kind."""
    if name in ("day", "since") and value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise InputError(f"{name} is {value!r}.", fix="Pass a datetime.date, such as date(2026, 3, 31).")
    if name in ("policy", "against") and not isinstance(value, Kopilot | Salescope):
        fix = "Pass cartera.Policy.kopilot() or cartera.Policy.salescope(), with other numbers if you like."
        raise InputError(f"{name} is {value!r}.", fix=fix)
    if name == "every" and value is not None and value not in PERIODS:
        raise UnknownNameError("period", str(value), PERIODS, where="every")


def opened(
    facts: Facts, where: Where | None, day: date | None, policy: AnyPolicy = KOPILOT, subject: str = "client"
) -> Facts:
    """The facts in their engine, of the clients that the filter leaves on `day`, or of another subject.

    UnknownNameError for a column, segment, class or value that there is not.
    """
    from cartera.engine import open_facts

    found = open_facts(facts)
    if where:
        assert day is not None, "a filter needs the day on which it holds"
        options = {RULES: rules_of(where[RULES])} if names_rules(where) else {}
        with named_as_in_python():
            found = kept(found, Query(day, policy, where=tuple(pairs(where)), options=options))
    return by_subject(found, subject)


def among_all(facts: Facts, where: Where | None, day: date, policy: AnyPolicy = KOPILOT) -> tuple[Facts, Facts | None]:
    """The facts of the clients that the filter leaves, and those of everybody where there is a filter."""
    whole = opened(facts, None, day)
    if not where:
        return whole, None
    found = opened(whole, where, day, policy)
    return replace(found, currency=reporting_currency(whole)), whole


def columns_only(facts: Facts, where: Where | None) -> list[tuple[str, str]]:
    """The filter of a question that follows clients through time, during which only columns of the facts hold."""
    found = pairs(where)
    with named_as_in_python():
        check_columns_only(facts, found)
    return found


@contextmanager
def named_as_in_python() -> Iterator[None]:
    """Errors about a filter name the argument, not the option of the command line."""
    try:
        yield
    except CarteraError as problem:
        if problem.where != OPTION:
            raise
        problem.where = "where"
        problem.args = (problem.sentence,)
        raise


def given(facts: Facts, rows: Frame) -> Any:
    """The rows as the kind of table that the invoices of these opened facts came in."""
    from cartera.engine import give_back

    return give_back(rows, facts)


def pairs(where: Where | None) -> list[tuple[str, str]]:
    """The filter as column and value, one pair per value."""
    found: list[tuple[str, str]] = []
    for name, values in (where or {}).items():
        if name != RULES or not names_rules(where or {}):
            found += [(name, value) for value in ([values] if isinstance(values, str) else values)]
    return found


def names_rules(where: Where) -> bool:
    """Whether the filter brings along the rules of the custom segment that it names."""
    return CUSTOM in where and RULES in where
